import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError, toErrorShape } from '../../../shared/error'
import { providers } from '../../../shared/providers'
import { DownloadFailure } from '../../downloads/failure'
import { isDiskFull, isErrno } from '../../files/exists'
import type { Book } from '../book'
import { isUnreadable } from './delivery'
import type { JobRow } from '../job-row'
import type { PartFiles } from './part-files'
import type { JobTable } from '../store/table'

/** What judging a failure needs of the outside. */
export interface DeliveryFailureDeps {
  readonly book: Book
  readonly table: Pick<JobTable, 'get'>
  readonly parts: PartFiles
  readonly freeBytes: (folder: string) => Promise<number>
  readonly onLowDisk: (free: number | null) => void
  /** Asks the platform about the job again, for a fresh link. */
  readonly askAgain: (job: JobRow) => Promise<void>
  /** Whether the library's folder is there: a disk may be unplugged. */
  readonly isLibraryThere: () => Promise<boolean>
  readonly logError: (what: string, error: unknown) => void
}

/** What becomes of a clip that could not be fetched. */
export interface DeliveryFailures {
  /** Writes down what the failure means; the pause before the next try, milliseconds, or null when there is none. */
  readonly judge: (id: string, error: unknown) => Promise<number | null>
  /** It went well: what went wrong before no longer counts. */
  readonly forget: (id: string) => void
}

/** First and longest pause after a failed try, milliseconds; doubled each time. */
const firstPauseMs = 2_000
const maxPauseMs = 120_000
/** Longest pause that a result host may ask for, milliseconds; more is a mistake in its header. */
const maxAskedPauseMs = 3_600_000
/** Pause after a failure that nobody foresaw, or of the disk, milliseconds. */
export const troublePauseMs = 30_000
/** Cuts in a row without a new byte before the platform is asked for a fresh link, and before the user is told. */
const cutsBeforeAsking = 4
const maxCuts = 20
/** Tries of links that fail before the user is told; each asked the platform for a fresh one. */
const maxLinkTries = 5

/** Makes the judge of failures. */
export function createDeliveryFailures(deps: DeliveryFailureDeps): DeliveryFailures {
  const { book, table, parts } = deps
  const { isHere, pathOf, keep } = parts
  /** Cuts in a row without a new byte, and the bytes that were here at the last: a bad line says nothing of a link. */
  const cutsById = new Map<string, { readonly cuts: number; readonly bytes: number }>()

  async function judge(id: string, error: unknown): Promise<number | null> {
    const job = table.get(id)
    if (!job || job.state !== 'downloading') return null
    if (isErrno(error, 'ENOENT') || (error instanceof AppError && error.code === 'not-found')) {
      if (isHere(job) && !(await deps.isLibraryThere())) return troublePauseMs
      book.apply(id, { kind: 'lost' }, toErrorShape(error).message)
      return firstPauseMs
    }
    if (isDiskFull(error) || (error instanceof DownloadFailure && error.kind === 'disk-full')) {
      deps.onLowDisk(await deps.freeBytes(dirname(pathOf(job))))
      return troublePauseMs
    }
    if (error instanceof DownloadFailure && (error.kind === 'network' || error.kind === 'stopped')) {
      return cut(job, error)
    }
    return failedLink(job, error)
  }

  /** The link may be old: the platform gives a fresh one, and the bytes that are here stay. */
  async function failedLink(job: JobRow, error: unknown): Promise<number | null> {
    const { id } = job
    const tries = (job.result?.tries ?? 0) + 1
    const isDamaged = isUnreadable(error)
    // Once more from its first byte; the same again is what there is.
    keep(id, isDamaged ? { tries, fetched: null, resume: null } : { tries, fetched: null })
    // The last one is kept: a damaged clip may still be of use to who paid for it.
    if (isDamaged && tries < maxLinkTries) await rm(pathOf(job), { force: true })
    else if (!isDamaged && !(error instanceof DownloadFailure)) deps.logError(`saving ${id}`, error)
    await deps.askAgain(job)
    if (table.get(id)?.state !== 'downloading') {
      keep(id, { doubtful: null })
      return null
    }
    if (tries < maxLinkTries) return pauseFor(error, tries)
    undelivered(job, error, tries)
    return null
  }

  async function cut(job: JobRow, error: DownloadFailure): Promise<number | null> {
    const bytes = (await parts.sizeOf(job)) ?? 0
    const before = cutsById.get(job.id)
    const cuts = before && bytes <= before.bytes ? before.cuts + 1 : 1
    cutsById.set(job.id, { cuts, bytes })
    if (cuts % cutsBeforeAsking === 0) await deps.askAgain(job)
    if (table.get(job.id)?.state !== 'downloading') return null
    if (cuts < maxCuts) return pauseFor(error, cuts)
    cutsById.delete(job.id)
    undelivered(job, error, cuts)
    return null
  }

  function undelivered(job: JobRow, error: unknown, tries: number): void {
    const { name } = providers[job.provider]
    const message = `Finished at ${name}, but the clip cannot be fetched. ${tries} tries were made; what is here of it is kept.`
    const details = error instanceof Error ? error.message : String(error)
    // Only what came damaged to the last is left to the user's word; the poller goes by this.
    if (!isUnreadable(error)) keep(job.id, { doubtful: null })
    book.apply(job.id, {
      kind: 'undelivered',
      charged: null,
      error: { code: 'link-failed', message, details },
    })
  }

  return { judge, forget: (id) => void cutsById.delete(id) }
}

/** Longer after each try, and as long as the host asks for. */
function pauseFor(error: unknown, tries: number): number {
  const own = Math.min(maxPauseMs, firstPauseMs * 2 ** Math.min(tries - 1, 10))
  const asked = error instanceof DownloadFailure ? (error.retryAfterMs ?? 0) : 0
  return Math.min(maxAskedPauseMs, Math.max(own, asked))
}
