import { AppError } from '../../shared/error'
import { Unreachable } from '../providers/provider'
import type { Bucket } from './bucket'

/** Life of the link of a test, seconds: four times the difference of clocks that S3 lets pass (15 minutes). */
const linkLifetimeS = 3600

/** Puts a few bytes into the bucket, opens them by a link alone, and deletes them. Throws AppError for what fails. */
export async function tryOut(
  deps: Pick<Bucket, 'host' | 'newName' | 'put' | 'presign' | 'remove'> & {
    /** The text behind a link. */
    readonly open: (name: string, link: string) => Promise<string>
    readonly random: () => string
  },
): Promise<void> {
  const { host } = deps
  const name = deps.newName('txt')
  const text = `Inbetween tested this bucket. ${deps.random()}\n`
  try {
    await deps.put(name, new Blob([text]), 'text/plain')
    await openOrCleanUp()
    await deps.remove(name)
  } catch (error) {
    throw error instanceof Unreachable ? unreachable(error) : error
  }

  async function openOrCleanUp(): Promise<void> {
    try {
      const opened = await deps.open(name, await deps.presign(name, linkLifetimeS))
      if (opened !== text) throw otherBytes(host)
    } catch (error) {
      const isGone = await deps.remove(name).then(
        () => true,
        () => false,
      )
      throw isGone ? error : withLeftOver(error, name)
    }
  }
}

function unreachable({ message }: Unreachable): AppError {
  return new AppError('provider-down', `${message} Check the endpoint and your connection, and try again.`)
}

function otherBytes(host: string): AppError {
  const message = `${host} gave back another file than was put there; check that the endpoint is that of the store itself.`
  return new AppError('damaged', message)
}

/** The first failure is the one to mend; the file is told of because nobody else will delete it. */
function withLeftOver(error: unknown, name: string): unknown {
  const left = `The test’s small file ${name} is still in the bucket.`
  if (error instanceof AppError) return new AppError(error.code, `${error.message} ${left}`, error.details)
  if (error instanceof Unreachable) return new Unreachable(`${error.message} ${left}`, error.isUnsent)
  return error
}
