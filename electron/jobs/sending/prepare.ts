import { AppError, toErrorShape, type ErrorCode } from '../../../shared/error'
import type { RemoteProviderId } from '../../../shared/provider'
import type { Known } from '../../../shared/validate/objection'
import { blockers, validate } from '../../../shared/validate/validate'
import { newId } from '../../files/ids'
import { Unreachable, type RemoteProvider } from '../../providers/provider'
import type { Book } from '../book'
import { has, type Intent, type JobRow } from '../job-row'
import type { Ledger } from '../money/ledger'
import type { Pricing } from '../money/pricing'
import type { Connection } from '../platforms/connections'
import type { HealthBoard } from '../platforms/health'
import { cleanError } from '../platforms/problem-words'
import type { HandOver } from './hand-over'

/** What preparing a submit needs of the outside. */
export interface PrepareDeps {
  readonly book: Book
  readonly ledger: Pick<Ledger, 'over'>
  readonly pricing: Pick<Pricing, 'isCurrent' | 'standing'>
  readonly handOver: HandOver
  readonly health: HealthBoard
  readonly onKeyRefused: (provider: RemoteProviderId, print: string) => void
  readonly platformNow: (provider: RemoteProviderId) => number | null
  readonly now: () => number
  /** The whole queue; the user may press it while pictures are handed over. */
  readonly isPaused: () => boolean
  readonly isCurrent: (provider: RemoteProviderId, print: string) => boolean
  readonly isStopped: () => boolean
  readonly known: Known
}

/** What a hand-over may end with and waiting can mend. */
const waitableCodes: ReadonlySet<ErrorCode> = new Set([
  'key-refused',
  'out-of-credit',
  'rate-limited',
  'provider-down',
  'bucket-down',
  'library-unavailable',
])

/**
 * Brings a waiting job to the brink of its submit: pictures handed over, the exact bytes made, the money reserved.
 * Settles with undefined when the job went back to the queue or to its end; never rejects for what others do.
 */
export type Prepare = (
  waiting: JobRow,
  provider: RemoteProvider,
  connection: Connection,
) => Promise<JobRow | undefined>

/** Makes what prepares submits. */
export function createPrepare(deps: PrepareDeps): Prepare {
  const { book, ledger, pricing, handOver, health, now, isStopped } = deps

  /** The platform's clock, by which the age of an idempotent submit is counted: the user's may be wrong, or be set. */
  async function platformTime(
    provider: RemoteProvider,
    connection: Connection,
    body: string,
  ): Promise<number | null> {
    const known = deps.platformNow(provider.id)
    if (known !== null || provider.idempotentMs(body) === null) return known
    try {
      await provider.testKey(connection.send)
    } catch {
      // The submit itself will tell.
    }
    return deps.platformNow(provider.id)
  }

  /** Nothing was sent: the job goes back to the queue when waiting can help, and fails when it cannot. */
  function handedBack(job: JobRow, provider: RemoteProvider, connection: Connection, thrown: unknown): void {
    const error = cleanError(toErrorShape(thrown), connection.clean)
    const back = () => void book.apply(job.id, { kind: 'handed-back' }, error.message)
    if (thrown instanceof Unreachable) {
      health.failed(provider.id)
      return back()
    }
    if (!waitableCodes.has(error.code)) return void book.apply(job.id, { kind: 'rejected', error })
    if (error.code === 'key-refused') deps.onKeyRefused(provider.id, connection.print)
    else if (error.code === 'out-of-credit') health.outOfCredit(provider.id)
    else if (error.code !== 'library-unavailable' && error.code !== 'bucket-down') {
      health.limited(provider.id, undefined)
    }
    back()
  }

  return async (waiting, provider, connection) => {
    const job = book.apply(waiting.id, { kind: 'handing-over' })
    if (!job) return undefined
    const id = `${job.id}-${newId()}`
    let body: string
    try {
      // Since Generate its dialect or the bucket may have changed: nothing of the recipe is dropped in silence.
      const [objection] = blockers(validate(job.recipe, provider, deps.known))
      if (objection) throw new AppError('invalid-recipe', `${objection.reason} Nothing was sent.`)
      body = provider.body(job.recipe, await handOver.urls(job.recipe, provider, connection), id)
    } catch (error) {
      if (isStopped()) return undefined
      handedBack(job, provider, connection, error)
      return undefined
    }
    const platformAt = await platformTime(provider, connection, body)
    if (isStopped()) return undefined
    const at = now()
    const intent: Intent = {
      id,
      body,
      keyPrint: connection.print,
      at,
      platformAt,
    }
    // In the transaction that reserves the money: two jobs must not both find the last dollar.
    const mayPass = (row: JobRow) =>
      !deps.isPaused() &&
      // A key that was taken away meanwhile is not used once more.
      deps.isCurrent(provider.id, connection.print) &&
      !has(row, 'paused') &&
      !has(row, 'cancel') &&
      // The dialect or the address may have been changed meanwhile, and the price with it.
      pricing.isCurrent(row) &&
      pricing.standing(row) === 'agreed' &&
      (has(row, 'allowed') || !ledger.over(row))
    const submitting = book.apply(job.id, { kind: 'submitting', intent }, '', mayPass)
    if (!submitting) book.apply(job.id, { kind: 'handed-back' })
    return submitting
  }
}
