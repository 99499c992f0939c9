import type { LookupFunction } from 'node:net'
import { dirname } from 'node:path'
import { Agent, type Dispatcher } from 'undici'
import { createConnector, type DownloadPolicy } from './address'
import { DownloadFailure, toFailure } from './failure'
import { sampleBytes, sniffClip, type ClipExtension } from './first-bytes'
import { createHasher, type Hasher } from './hasher'
import { openPart, type Part } from './part'
import { receive } from './receive'
import { get } from './request'
import { planAnswer, type Plan, type Resume } from './response'
import { createSpaceCheck } from './space'

export { DownloadFailure } from './failure'
export type { Resume } from './response'

/** One clip to fetch. */
export interface DownloadOrder {
  readonly url: string
  /** The part file, on the library's own volume; its folder exists. Bytes kept by an earlier download are used. */
  readonly part: string
  /** What `onResume` told when the part file was begun; null makes it start over. */
  readonly resume: Resume | null
}

/** What the caller hears. */
export interface DownloadHooks {
  /** A clip is begun from its first byte; called before any byte of it is kept. Save it: only then can it be resumed. */
  readonly onResume: (resume: Resume) => void
  /** Bytes in the part file, and of the whole clip (null: unknown); at most five times a second. */
  readonly onProgress: (done: number, total: number | null) => void
  /** Stops the download; the bytes are kept. */
  readonly signal: AbortSignal
}

/** A finished part file. It is whole by its length, but not fsynced, and not known to be playable. */
export interface Downloaded {
  readonly bytes: number
  /** 64 hex digits. */
  readonly sha256: string
  readonly extension: ClipExtension
}

/** What a downloader needs of the outside. */
export interface DownloaderDeps {
  readonly policy: DownloadPolicy
  /** Bytes free for this user on the volume of the folder. */
  readonly freeBytes: (folder: string) => Promise<number>
  /** Default: the system's. */
  readonly lookup?: LookupFunction
  /** A clock that never goes back, ms. Default: the process's own. */
  readonly now?: () => number
  /** Longest silence of a server, ms. Default {@link defaultStallMs}. */
  readonly stallMs?: number
}

/** Fetches clips; several at once is fine. */
export interface Downloader {
  /**
   * Fetches a clip into its part file, or the rest of it.
   *
   * @throws DownloadFailure; errors of the file system other than a full disk as they are.
   */
  readonly download: (order: DownloadOrder, hooks: DownloadHooks) => Promise<Downloaded>
  /** Stops all downloads; resolves when their files are closed. */
  readonly close: () => Promise<void>
}

/** A minute without a byte: slow lines and busy stores pause for seconds, a line that is gone never says so. */
const defaultStallMs = 60_000

/** A downloader of result files; see reliability.md, "Downloads". Never given a key, so it cannot leak one. */
export function createDownloader(deps: DownloaderDeps): Downloader {
  const { policy, stallMs = defaultStallMs } = deps
  const agent = new Agent({
    connect: createConnector(policy, deps.lookup),
    // A connection each: none is found dead when it is used again, and every one has been checked.
    pipelining: 0,
    headersTimeout: stallMs,
    bodyTimeout: stallMs,
  })
  const hasher = createHasher()
  const closing = new AbortController()
  const running = new Set<Promise<unknown>>()
  return {
    download: async (order, hooks) => {
      const signal = AbortSignal.any([hooks.signal, closing.signal])
      const run = download(deps, agent, hasher, order, { ...hooks, signal })
      running.add(run)
      try {
        return await run
      } catch (error) {
        throw toFailure(error, signal)
      } finally {
        running.delete(run)
      }
    },
    close: async () => {
      closing.abort()
      await Promise.allSettled(running)
      await agent.destroy()
      await hasher.close()
    },
  }
}

/** One running download. */
interface Run extends DownloadHooks {
  readonly order: DownloadOrder
  readonly deps: DownloaderDeps
  readonly agent: Dispatcher
  readonly part: Part
}

async function download(
  deps: DownloaderDeps,
  agent: Dispatcher,
  hasher: Hasher,
  order: DownloadOrder,
  hooks: DownloadHooks,
): Promise<Downloaded> {
  hooks.signal.throwIfAborted()
  const part = await openPart(order.part, hasher)
  try {
    const from = await usableBytes(part, order.resume)
    if (from > 0) await part.keep(from, hooks.signal)
    await fetchFrom(from, { ...hooks, deps, agent, order, part })
    const extension = await sniffClip(await part.head(sampleBytes))
    return { bytes: part.length(), sha256: await part.digest(), extension }
  } finally {
    await part.close()
  }
}

/** How much of the part file the server can be asked to go on from. */
async function usableBytes(part: Part, resume: Resume | null): Promise<number> {
  if (!resume?.validator || part.length() < sampleBytes) return 0
  try {
    await sniffClip(await part.head(sampleBytes))
  } catch (error) {
    if (error instanceof DownloadFailure) return 0
    throw error
  }
  if (resume.total === null || part.length() < resume.total) return part.length()
  // The last byte is asked for again: so the server confirms a part that only looks whole.
  return part.length() === resume.total ? resume.total - 1 : 0
}

async function fetchFrom(from: number, run: Run): Promise<void> {
  const { deps, agent, order, part, signal } = run
  const range = { range: `bytes=${from}-`, 'if-range': order.resume?.validator ?? '' }
  const answer = await get(agent, deps.policy, order.url, from > 0 ? range : {}, signal)
  let plan: Plan
  try {
    plan = planAnswer(answer, from, order.resume)
    const space = createSpaceCheck(dirname(order.part), deps.freeBytes)
    const now = deps.now ?? (() => performance.now())
    if (plan.kind !== 'start-over') await receive(answer, plan, { ...run, part, space, now })
  } finally {
    answer.drop()
  }
  // Ends: when everything was asked for, no plan is to start over.
  if (plan.kind === 'start-over') await fetchFrom(0, run)
}
