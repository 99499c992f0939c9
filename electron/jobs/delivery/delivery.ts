import { dirname, join } from 'node:path'
import type { Clip, ClipMedia } from '../../../shared/clip-schema'
import { AppError } from '../../../shared/error'
import { outputSize } from '../../../shared/recipe'
import type { Recipe } from '../../../shared/recipe-schema'
import { DownloadFailure, type Downloader } from '../../downloads/fetch'
import { promote } from '../../downloads/promote'
import type { Clips } from '../../library/clips'
import type { Library } from '../../library/open'
import type { Book } from '../book'
import type { Ledger } from '../money/ledger'
import type { JobRow, RemoteResult } from '../job-row'
import { madeClip } from './made-clip'
import type { PartFiles } from './part-files'
import type { SubmitLog } from '../store/submit-log'
import type { JobTable } from '../store/table'

/** What fetching one clip needs of the outside. */
export interface DeliveryDeps {
  readonly book: Book
  readonly table: Pick<JobTable, 'get'>
  readonly parts: PartFiles
  readonly log: Pick<SubmitLog, 'append'>
  readonly ledger: Pick<Ledger, 'of'>
  readonly library: Pick<Library, 'paths'>
  readonly clips: Pick<Clips, 'put' | 'get'>
  readonly downloader: Pick<Downloader, 'download'>
  /** Reads the file and proves that its last packet is there. @throws AppError `damaged` or `not-decodable`. */
  readonly inspect: (part: string) => Promise<ClipMedia>
  readonly freeBytes: (folder: string) => Promise<number>
  readonly onLowDisk: (free: number | null) => void
  readonly onProgress: (job: JobRow, done: number, total: number | null) => void
  readonly onClip: (clip: Clip) => void
  readonly isStopped: () => boolean
  readonly now: () => number
  readonly logError: (what: string, error: unknown) => void
}

type Fetched = NonNullable<RemoteResult['fetched']>

interface Read {
  readonly media: ClipMedia
  readonly remark?: string
}

/** Less room than this and downloads wait, bytes: a system with a full disk fails in ways that are hard to mend. */
const lowDiskBytes = 1_000_000_000

/**
 * Makes the one function that fetches a finished clip, proves it and saves it in the library; each step is written down,
 * so that it goes on where it was left. It throws whatever stands in the way.
 */
export function createDelivery(deps: DeliveryDeps): (job: JobRow, signal: AbortSignal) => Promise<void> {
  const { book, table, parts, library, clips, isStopped, now } = deps
  const { isHere, pathOf, keep } = parts

  async function fetchPart(job: JobRow, signal: AbortSignal): Promise<Fetched> {
    const { result } = job
    const part = pathOf(job)
    if (result?.fetched && (await parts.sizeOf(job)) === result.fetched.bytes) return result.fetched
    if (!result?.url) throw new DownloadFailure('link', 'The platform gave no link.')
    await roomFor(part)
    const fetched = await deps.downloader.download(
      { url: result.url, part, resume: result.resume },
      {
        onResume: (resume) => keep(job.id, { resume }),
        onProgress: (done, total) => deps.onProgress(job, done, total),
        signal,
      },
    )
    keep(job.id, { fetched })
    return fetched
  }

  async function roomFor(part: string): Promise<void> {
    const free = await deps.freeBytes(dirname(part))
    deps.onLowDisk(free < lowDiskBytes ? free : null)
    if (free < lowDiskBytes) throw new DownloadFailure('disk-full', `${free} bytes are left on this disk.`)
  }

  /** What the file says; of one that came twice the same in a codec that is not known here, what the recipe says. */
  async function mediaOf(job: JobRow, { sha256 }: Fetched): Promise<Read> {
    try {
      return { media: await deps.inspect(pathOf(job)) }
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

  async function save(job: JobRow, planned: Clip): Promise<void> {
    const savePlan = (clip: Clip) => {
      // Its first place was written down with the clip.
      if (clip.file !== planned.file) book.apply(job.id, { kind: 'planned', clip })
    }
    const part = join(library.paths.partial, `${job.id}.part`)
    const clip = await promote({ paths: library.paths, savePlan }, { part, clip: planned })
    if (isStopped()) return
    clips.put(clip)
    deps.onClip(clip)
    saved(job.id)
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

  return async (job, signal) => {
    // A row made again from submits.log may be of a clip that was saved long ago.
    const known = isHere(job) && !job.clip ? clips.get(job.id) : undefined
    if (known && book.apply(job.id, { kind: 'made', clip: known })) return saved(job.id)
    if (job.clip) return save(job, job.clip)
    await parts.unpark(job)
    const fetched = await fetchPart(job, signal)
    if (isStopped() || !isHere(job)) return
    const read = await mediaOf(job, fetched)
    const made = book.apply(job.id, { kind: 'made', clip: clipOf(job, fetched, read) })
    if (made?.clip) await save(made, made.clip)
  }
}

/** Whether the file itself is to blame. */
export function isUnreadable(error: unknown): error is AppError {
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
