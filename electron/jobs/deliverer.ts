import { rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Clip, ClipMedia } from '../../shared/clip-schema'
import { AppError, toErrorShape } from '../../shared/error'
import { providers } from '../../shared/providers'
import { outputSize } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import { DownloadFailure, type Downloader } from '../downloads/fetch'
import { promote } from '../downloads/promote'
import { isDiskFull, isErrno } from '../files/exists'
import { moveInto } from '../files/move-into'
import type { Clips } from '../library/clips'
import type { Library } from '../library/open'
import type { Book } from './book'
import { guarded } from './guarded'
import type { JobRow, RemoteResult } from './machine'
import type { Ledger } from './ledger'
import { madeClip } from './made-clip'
import type { SubmitLog } from './submit-log'
import type { JobTable } from './table'

/** What fetching finished clips needs of the outside. */
export interface DelivererDeps {
  readonly book: Book
  readonly table: Pick<JobTable, 'get' | 'unfinished'>
  readonly log: Pick<SubmitLog, 'append'>
  readonly ledger: Pick<Ledger, 'of'>
  readonly library: Pick<Library, 'id' | 'paths'>
  readonly clips: Pick<Clips, 'put' | 'get'>
  readonly downloader: Pick<Downloader, 'download'>
  /** Reads the file and proves that its last packet is there. @throws AppError `damaged` or `not-decodable`. */
  readonly inspect: (part: string) => Promise<ClipMedia>
  /** Where finished clips of libraries that are not open wait: a folder of this computer. */
  readonly parked: string
  readonly freeBytes: (folder: string) => Promise<number>
  readonly onLowDisk: (free: number | null) => void
  readonly onProgress: (job: JobRow, done: number, total: number | null) => void
  readonly onClip: (clip: Clip) => void
  /** Asks the platform about the job again, for a fresh link. */
  readonly askAgain: (job: JobRow) => Promise<void>
  readonly isOffline: () => boolean
  /** Whether the library's folder is there: a disk may be unplugged. */
  readonly isLibraryThere: () => Promise<boolean>
  readonly now: () => number
  /** Milliseconds of a clock that nobody can set: pauses go by it. */
  readonly uptime: () => number
  readonly after: (ms: number, run: () => void) => () => void
  readonly logError: (what: string, error: unknown) => void
}

type Fetched = NonNullable<RemoteResult['fetched']>

interface Read {
  readonly media: ClipMedia
  readonly remark?: string
}

/** Fetches and saves finished clips, a few at a time. */
export interface Deliverer {
  readonly wake: () => void
  readonly stop: () => void
}

/** More at once only share the same line. */
const atOnce = 4
/** Less room than this and downloads wait, bytes: a system with a full disk fails in ways that are hard to mend. */
export const lowDiskBytes = 1_000_000_000
/** First and longest pause after a failed try, milliseconds; doubled each time. */
const firstPauseMs = 2_000
const maxPauseMs = 120_000
/** Longest pause that a result host may ask for, milliseconds; more is a mistake in its header. */
const maxAskedPauseMs = 3_600_000
/** Pause after a failure that nobody foresaw, or of the disk, milliseconds. */
const troublePauseMs = 30_000
/** Cuts in a row without a new byte before the platform is asked for a fresh link, and before the user is told. */
const cutsBeforeAsking = 4
const maxCuts = 20
/** Tries of links that fail before the user is told; each asked the platform for a fresh one. */
const maxLinkTries = 5

/** Makes the deliverer. */
export function createDeliverer(deps: DelivererDeps): Deliverer {
  const { book, table, library, clips, now, uptime } = deps
  /** Cuts in a row without a new byte, and the bytes that were here at the last: a bad line says nothing of a link. */
  const cutsById = new Map<string, { readonly cuts: number; readonly bytes: number }>()
  const running = new Map<string, AbortController>()
  const pausedUntil = new Map<string, number>()
  let cancelTimer: (() => void) | undefined
  let isStopped = false

  const isHere = (job: JobRow) => job.library === library.id
  const partOf = (job: JobRow) => join(isHere(job) ? library.paths.partial : deps.parked, `${job.id}.part`)

  const wake = guarded('downloads', look, deps)

  function look(): void {
    if (isStopped) return
    const waiting = table
      .unfinished()
      .filter(
        (job) =>
          job.state === 'downloading' &&
          !running.has(job.id) &&
          (isHere(job) || !job.result?.fetched) &&
          !(deps.isOffline() && isAtThePlatform(job)),
      )
      // Links that were given first die first.
      .toSorted((a, b) => (a.result?.at ?? 0) - (b.result?.at ?? 0))
    // Once: what is not ready by one time must not be past by the next, for nobody would come back for it.
    const time = uptime()
    const ready = waiting.filter(({ id }) => (pausedUntil.get(id) ?? 0) <= time)
    for (const job of ready.slice(0, atOnce - running.size)) {
      running.set(job.id, new AbortController())
      void deliver(job.id)
    }
    cancelTimer?.()
    const next = Math.min(...waiting.map(({ id }) => pausedUntil.get(id) ?? 0).filter((at) => at > time))
    if (Number.isFinite(next)) cancelTimer = deps.after(next - time, wake)
  }

  async function deliver(id: string): Promise<void> {
    try {
      const job = table.get(id)
      pausedUntil.delete(id)
      if (job?.state === 'downloading') await fetchAndSave(job)
      cutsById.delete(id)
    } catch (error) {
      if (!isStopped) await failed(id, error).catch((second: unknown) => trouble(id, second))
    } finally {
      running.delete(id)
      wake()
    }
  }

  /** Not even the failure could be written down. */
  function trouble(id: string, error: unknown): void {
    deps.logError(`fetching ${id}`, error)
    pause(id, troublePauseMs)
  }

  async function fetchAndSave(job: JobRow): Promise<void> {
    if (isHere(job) && !(await deps.isLibraryThere())) return pause(job.id, troublePauseMs)
    // A row made again from submits.log may be of a clip that was saved long ago.
    const known = isHere(job) && !job.clip ? clips.get(job.id) : undefined
    if (known && book.apply(job.id, { kind: 'made', clip: known })) return saved(job.id)
    if (job.clip) return save(job.id, job.clip)
    await unpark(job)
    const fetched = await fetchPart(job)
    if (isStopped || !isHere(job)) return
    const read = await mediaOf(job, fetched)
    const made = book.apply(job.id, { kind: 'made', clip: clipOf(job, fetched, read) })
    if (made?.clip) await save(made.id, made.clip)
  }

  /** What was fetched while the library was away moves in. */
  async function unpark(job: JobRow): Promise<void> {
    if (!isHere(job)) return
    await moveInto(join(deps.parked, `${job.id}.part`), partOf(job))
  }

  async function fetchPart(job: JobRow): Promise<Fetched> {
    const { result } = job
    const part = partOf(job)
    if (result?.fetched && (await sizeOf(part)) === result.fetched.bytes) return result.fetched
    if (!result?.url) throw new DownloadFailure('link', 'The platform gave no link.')
    await roomFor(part)
    const fetched = await deps.downloader.download(
      { url: result.url, part, resume: result.resume },
      {
        onResume: (resume) => keep(job.id, { resume }),
        onProgress: (done, total) => deps.onProgress(job, done, total),
        signal: running.get(job.id)?.signal ?? AbortSignal.abort(),
      },
    )
    keep(job.id, { fetched })
    return fetched
  }

  function keep(id: string, change: Partial<RemoteResult>): void {
    const result = table.get(id)?.result
    if (result) book.apply(id, { kind: 'result', result: { ...result, ...change } })
  }

  async function roomFor(part: string): Promise<void> {
    const free = await deps.freeBytes(dirname(part))
    deps.onLowDisk(free < lowDiskBytes ? free : null)
    if (free < lowDiskBytes) throw new DownloadFailure('disk-full', `${free} bytes are left on this disk.`)
  }

  /** What the file says; of one that came twice the same in a codec that is not known here, what the recipe says. */
  async function mediaOf(job: JobRow, { sha256 }: Fetched): Promise<Read> {
    try {
      return { media: await deps.inspect(partOf(job)) }
    } catch (error) {
      if (!isUnreadable(error)) throw error
      const isSame = table.get(job.id)?.result?.doubtful === sha256
      if (isSame && error.code === 'not-decodable') {
        return { media: mediaByRecipe(job.recipe), remark: unreadableRemark }
      }
      keep(job.id, { doubtful: sha256 })
      throw error
    }
  }

  function clipOf(job: JobRow, fetched: Fetched, read: Read): Clip {
    const tookMs = Math.max(0, (job.result?.at ?? now()) - (job.submittedAt ?? job.createdAt))
    return madeClip(job, { ...fetched, ...read, tookMs, charged: deps.ledger.of(job.id).charged }, now())
  }

  async function save(id: string, planned: Clip): Promise<void> {
    const savePlan = (clip: Clip) => {
      // Its first place was written down with the clip.
      if (clip.file !== planned.file) book.apply(id, { kind: 'planned', clip })
    }
    const part = join(library.paths.partial, `${id}.part`)
    const clip = await promote({ paths: library.paths, savePlan }, { part, clip: planned })
    if (isStopped) return
    clips.put(clip)
    deps.onClip(clip)
    saved(id)
  }

  function saved(id: string): void {
    const job = book.apply(id, { kind: 'saved' })
    if (!job?.intent) return
    try {
      deps.log.append({ kind: 'closed', at: now(), intent: job.intent.id, how: 'done' })
    } catch (error) {
      // The row says it; without the line a restored database finds the clip in the library.
      deps.logError('submits.log', error)
    }
  }

  async function failed(id: string, error: unknown): Promise<void> {
    const job = table.get(id)
    if (!job || job.state !== 'downloading') return
    if (isErrno(error, 'ENOENT') || (error instanceof AppError && error.code === 'not-found')) {
      if (isHere(job) && !(await deps.isLibraryThere())) return pause(id, troublePauseMs)
      book.apply(id, { kind: 'lost' }, toErrorShape(error).message)
      return pause(id, firstPauseMs)
    }
    if (isDiskFull(error) || (error instanceof DownloadFailure && error.kind === 'disk-full')) {
      deps.onLowDisk(await deps.freeBytes(dirname(partOf(job))))
      return pause(id, troublePauseMs)
    }
    if (error instanceof DownloadFailure && (error.kind === 'network' || error.kind === 'stopped')) {
      return cut(job, error)
    }
    const tries = (job.result?.tries ?? 0) + 1
    const isDamaged = isUnreadable(error)
    // Once more from its first byte; the same again is what there is.
    keep(id, isDamaged ? { tries, fetched: null, resume: null } : { tries, fetched: null })
    // The last one is kept: a damaged clip may still be of use to who paid for it.
    if (isDamaged && tries < maxLinkTries) await rm(partOf(job), { force: true })
    else if (!isDamaged && !(error instanceof DownloadFailure)) deps.logError(`saving ${id}`, error)
    // The link may be old: the platform gives a fresh one, and the bytes that are here stay.
    await deps.askAgain(job)
    if (table.get(id)?.state !== 'downloading') return keep(id, { doubtful: null })
    if (tries < maxLinkTries) return pause(id, pauseFor(error, tries))
    undelivered(job, error, tries)
  }

  async function cut(job: JobRow, error: DownloadFailure): Promise<void> {
    const bytes = (await sizeOf(partOf(job))) ?? 0
    const before = cutsById.get(job.id)
    const cuts = before && bytes <= before.bytes ? before.cuts + 1 : 1
    cutsById.set(job.id, { cuts, bytes })
    if (cuts % cutsBeforeAsking === 0) await deps.askAgain(job)
    if (table.get(job.id)?.state !== 'downloading') return
    if (cuts < maxCuts) return pause(job.id, pauseFor(error, cuts))
    cutsById.delete(job.id)
    undelivered(job, error, cuts)
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

  function pause(id: string, ms: number): void {
    pausedUntil.set(id, uptime() + ms)
  }

  return {
    wake,
    stop() {
      isStopped = true
      cancelTimer?.()
      for (const abort of running.values()) abort.abort()
    },
  }
}

/** Its bytes are not all here yet. */
function isAtThePlatform({ result, clip }: JobRow): boolean {
  return result !== null && result.fetched === null && clip === null
}

/** Longer after each try, and as long as the host asks for. */
function pauseFor(error: unknown, tries: number): number {
  const own = Math.min(maxPauseMs, firstPauseMs * 2 ** Math.min(tries - 1, 10))
  const asked = error instanceof DownloadFailure ? (error.retryAfterMs ?? 0) : 0
  return Math.min(maxAskedPauseMs, Math.max(own, asked))
}

function isUnreadable(error: unknown): error is AppError {
  return error instanceof AppError && (error.code === 'damaged' || error.code === 'not-decodable')
}

/** What was asked for, where the file itself cannot be read. */
function mediaByRecipe(recipe: Recipe): ClipMedia {
  return {
    durationS: recipe.durationS,
    ...outputSize(recipe),
    fps: 24,
    codec: 'unknown',
    hasAudio: recipe.audio,
  }
}

const unreadableRemark =
  'Inbetween cannot play this file. It came twice the same from the platform, so it is kept as it is.'

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null
    throw error
  }
}
