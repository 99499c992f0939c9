// Our downloader in a process of its own, which is warm like the application's: one order, one answer, again and again.
import { statfs } from 'node:fs/promises'
import { createDownloader } from '../../electron/downloads/fetch'
import { fsyncPath } from '../../electron/files/durable'

/** Clips to fetch at once. */
export interface Order {
  readonly clips: readonly { readonly url: string; readonly part: string }[]
  /** Watching the memory costs time, so it is not done where time is measured. */
  readonly isMemoryWatched: boolean
}

/** How it went: wall time with each file fsynced; the process's memory before, and the most seen of it, in MB. */
export interface Outcome {
  readonly ms: number
  readonly rssBeforeMb: number
  readonly rssPeakMb: number
}

/** A small clip takes about 50 ms. */
const sampleEveryMs = 5

const downloader = createDownloader({
  policy: { allowHttpLoopback: true },
  freeBytes: async (folder) => {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  },
})

async function fetchAll({ clips, isMemoryWatched }: Order): Promise<Outcome> {
  const rssBeforeMb = process.memoryUsage.rss() / 1e6
  let rssPeakMb = rssBeforeMb
  const sample = () => (rssPeakMb = Math.max(rssPeakMb, process.memoryUsage.rss() / 1e6))
  // The kernel's own high-water mark would be no use: a new process inherits its parent's.
  const sampler = isMemoryWatched ? setInterval(sample, sampleEveryMs) : undefined
  const from = performance.now()
  const hooks = { onResume: () => {}, onProgress: () => {}, signal: new AbortController().signal }
  await Promise.all(
    clips.map(async ({ url, part }) => {
      await downloader.download({ url, part, resume: null }, hooks)

      await fsyncPath(part)
    }),
  )
  const ms = performance.now() - from
  clearInterval(sampler)
  sample()
  return { ms, rssBeforeMb, rssPeakMb }
}

process.on('message', (order: Order) => {
  void fetchAll(order).then((outcome) => process.send?.(outcome))
})
process.send?.('ready')
// A bench that was cut off leaves nothing behind.
process.on('disconnect', () => process.exit())
