import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clip } from '../../shared/clip-schema'
import { toErrorShape } from '../../shared/error'
import { explain } from '../files/explain'
import { hashFile } from '../files/hash'
import type { Library } from '../library/open'
import type { LocalProvider } from '../providers/local'
import type { Book } from './book'
import type { JobRow } from './job-row'
import { madeClip } from './delivery/made-clip'
import type { JobTable } from './store/table'
import { titleOf } from './title'

/** What running local jobs needs of the outside. */
export interface LocalRunnerDeps {
  readonly book: Book
  readonly table: Pick<JobTable, 'get' | 'unfinished'>
  readonly library: Pick<Library, 'id' | 'paths'>
  readonly provider: LocalProvider
  readonly mayRun: (job: JobRow) => boolean
  readonly onProgress: (job: JobRow, fraction: number) => void
  readonly now: () => number
  readonly logError: (what: string, error: unknown) => void
}

/** Makes the clips of the open library's local jobs, one at a time; saving them is the deliverer's. */
export interface LocalRunner {
  readonly wake: () => void
  /** Ends the work on a job that was cancelled. */
  readonly abort: (id: string) => void
  /** The next start goes on from the rows. */
  readonly stop: () => void
}

/** Makes the runner. */
export function createLocalRunner(deps: LocalRunnerDeps): LocalRunner {
  const { book, table, library, provider, now, logError } = deps
  let running: { readonly id: string; readonly abort: AbortController } | undefined
  let isBusy = false
  let isStopped = false

  const partOf = (id: string) => join(library.paths.partial, `${id}.part`)

  /** Calling it while it runs is harmless, for the loop looks again after every job. */
  async function advance(): Promise<void> {
    if (isBusy) return
    isBusy = true
    try {
      for (let job = next(); job; job = next()) await run(job)
    } catch (error) {
      // The table itself cannot be read or written; the next press of Generate, or the next start, tries again.
      if (!isStopped) logError('job queue', error)
    } finally {
      isBusy = false
    }
  }

  function next(): JobRow | undefined {
    if (isStopped) return undefined
    return table
      .unfinished()
      .find(
        (job) =>
          job.state === 'waiting' &&
          job.provider === provider.id &&
          job.library === library.id &&
          deps.mayRun(job),
      )
  }

  async function run(waiting: JobRow): Promise<void> {
    const job = book.apply(waiting.id, { kind: 'started' })
    if (!job) return
    const abort = new AbortController()
    running = { id: job.id, abort }
    try {
      const clip = await make(job, abort.signal)
      if (isStopped) return
      // Cancelled meanwhile: nobody comes back for its part.
      if (!book.apply(job.id, { kind: 'made', clip })) await rm(partOf(job.id), { force: true })
    } catch (error) {
      // A stopped runner leaves the row as it is: that row says where to go on.
      if (isStopped) return
      const shape = toErrorShape(
        explain(error, titleOf(job.recipe), 'Nothing was charged; please run it again.'),
      )
      if (shape.code === 'internal') logError(`job ${job.id}`, error)
      if (shape.code !== 'cancelled') book.apply(job.id, { kind: 'failed', error: shape })
      await rm(partOf(job.id), { force: true })
    } finally {
      running = undefined
    }
  }

  async function make(job: JobRow, signal: AbortSignal): Promise<Clip> {
    const startedAt = now()
    const onProgress = (fraction: number) => {
      // A provider may still speak of a job that was cancelled.
      if (table.get(job.id)?.state === 'running') deps.onProgress(job, fraction)
    }
    const made = await provider.make(job.recipe, partOf(job.id), onProgress, signal)
    const tookMs = now() - startedAt
    return madeClip(job, { ...made, tookMs, ...(await hashFile(partOf(job.id))) }, now())
  }

  return {
    wake: () => void advance(),
    abort: (id) => {
      if (running?.id === id) running.abort.abort()
    },
    stop() {
      if (running) book.apply(running.id, { kind: 'stopped' })
      isStopped = true
      running?.abort.abort()
    },
  }
}
