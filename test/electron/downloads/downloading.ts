import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import {
  createDownloader,
  DownloadFailure,
  type DownloaderDeps,
  type DownloadHooks,
  type Resume,
} from '../../../electron/downloads/fetch'
import { createClock } from '../../platforms/clock'
import { createRecord } from '../../platforms/record'
import { createResultHost, type ResultHostOptions } from '../../platforms/result-host'
import { temporaryFolder } from '../../support/folder'

const fixtures = join(import.meta.dirname, '../../fixtures')

/** A clip of so many bytes: a real beginning, then noise. */
export function clipOf(bytes: number): Buffer {
  return Buffer.concat([
    readFileSync(join(fixtures, 'clip.mp4')).subarray(0, 5000),
    randomBytes(bytes - 5000),
  ])
}

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** A result host with one clip, a part file that is not there yet, and what a downloader did with it. */
export async function downloading(
  clip = clipOf(3_000_000),
  options: Partial<ResultHostOptions> = {},
  changes: Partial<DownloaderDeps> = {},
) {
  const record = createRecord()
  const host = await createResultHost({ clock: createClock(), record, keys: () => [], ...options })
  onTestFinished(() => host.close())
  const id = host.add({
    name: 'clip.mp4',
    contentType: 'video/mp4',
    source: clip,
    linkTtlMs: null,
    purgeAt: null,
    decoy: false,
  })
  const part = join(temporaryFolder(), 'job.part')
  const resumes: Resume[] = []
  const progress: (readonly [number, number | null])[] = []

  /** A downloader of its own, as after a new start. */
  const make = (more: Partial<DownloaderDeps> = {}) => {
    const downloader = createDownloader({
      policy: { allowHttpLoopback: true },
      freeBytes: async () => 1e12,
      ...changes,
      ...more,
    })
    onTestFinished(() => downloader.close())
    return downloader
  }
  const run = (
    resume: Resume | null = null,
    {
      downloader = make(),
      url = host.link(id),
      hooks = {},
    }: {
      downloader?: ReturnType<typeof make>
      url?: string
      hooks?: Partial<DownloadHooks>
    } = {},
  ) =>
    downloader.download(
      { url, part, resume },
      {
        onResume: (begun) => resumes.push(begun),
        onProgress: (...told) => progress.push(told),
        signal: new AbortController().signal,
        ...hooks,
      },
    )
  return {
    clip,
    host,
    id,
    part,
    record,
    resumes,
    progress,
    make,
    run,
    /** What lies in the part file. */
    kept: () => readFileSync(part),
    /** Leaves so many bytes there, as an earlier download would. */
    leave: (bytes: Uint8Array) => writeFileSync(part, bytes),
    /** What a downloader told about the clip as it is now. */
    resume: (change: Partial<Resume> = {}): Resume => ({
      validator: `"${createHash('sha1').update(clip).digest('hex')}"`,
      total: clip.length,
      type: 'video/mp4',
      ...change,
    }),
    /** `Range` headers asked for, in order. */
    ranges: () => record.hostRequests.map(({ headers }) => headers['range']),
  }
}

/** The failure of a download; any other end of it fails the test. */
export async function failure(work: Promise<unknown>): Promise<DownloadFailure> {
  try {
    await work
  } catch (error) {
    if (error instanceof DownloadFailure) return error
    throw error
  }
  throw new Error('the download did not fail')
}
