import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { until } from '../../support/until'
import { clipOf, downloading, failure, sha256 } from './downloading'

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures', name))

test.each([
  ['clip.mp4', '.mp4'],
  ['clip.webm', '.webm'],
  ['clip.mov', '.mov'],
])('a whole clip: %s', async (name, extension) => {
  const clip = fixture(name)
  const { run, kept, resumes, resume, progress, record } = await downloading(clip)
  expect(await run()).toEqual({ bytes: clip.length, sha256: sha256(clip), extension })
  expect(kept().equals(clip)).toBe(true)
  expect(resumes).toEqual([resume()])
  expect(progress[0]).toEqual([expect.any(Number), clip.length])
  expect(record.violations).toEqual([])
  expect(Object.keys(record.hostRequests[0]?.headers ?? {}).toSorted()).toEqual([
    'accept',
    'accept-encoding',
    'connection',
    'host',
    'user-agent',
  ])
})

test('a clip in tiny pieces, larger than the buffers, of an odd length', async () => {
  const clip = clipOf(2 * 1024 ** 2 + 12_345)
  const { run, host, kept } = await downloading(clip)
  host.faults.add({ kind: 'trickle', pieceBytes: 3001 })
  expect(await run()).toMatchObject({ bytes: clip.length, sha256: sha256(clip) })
  expect(kept().equals(clip)).toBe(true)
})

test('a clip smaller than the sample that is looked at', async () => {
  const clip = fixture('clip.mp4').subarray(0, 700)
  const { run, kept } = await downloading(clip)
  expect(await run()).toMatchObject({ bytes: 700, sha256: sha256(clip), extension: '.mp4' })
  expect(kept().equals(clip)).toBe(true)
})

test('what is needed to resume is told before any byte is kept', async () => {
  const { run, part } = await downloading()
  let size = -1
  await run(null, { hooks: { onResume: () => (size = readFileSync(part).length) } })
  expect(size).toBe(0)
})

test('progress is told at most five times a second, and only of bytes in the file', async () => {
  let ms = 0
  const { run, progress, clip, kept } = await downloading(undefined, {}, { now: () => (ms += 50) })
  const sizes: number[] = []
  const onProgress = (done: number, total: number | null) => {
    progress.push([done, total])
    sizes.push(kept().length)
  }
  await run(null, { hooks: { onProgress } })
  // By this clock each look at it takes 50 ms.
  expect(progress.length).toBeGreaterThan(2)
  expect(progress.length).toBeLessThan(ms / 200 + 1)
  expect(progress.map(([done]) => done)).toEqual(sizes)
  expect(progress.every(([, total]) => total === clip.length)).toBe(true)
})

test('a cut keeps what came, and the next download goes on from there', async () => {
  const { run, host, clip, kept, resumes, ranges, record } = await downloading()
  host.faults.add({ kind: 'cut', afterBytes: 1_234_567 })
  expect((await failure(run())).kind).toBe('network')
  expect(kept().equals(clip.subarray(0, 1_234_567))).toBe(true)
  expect(await run(resumes[0])).toEqual({ bytes: clip.length, sha256: sha256(clip), extension: '.mp4' })
  expect(kept().equals(clip)).toBe(true)
  expect(ranges()).toEqual([undefined, 'bytes=1234567-'])
  expect(record.hostRequests[1]?.headers['if-range']).toBe(resumes[0]?.validator)
  expect(record.hostRequests.map(({ status }) => status)).toEqual([null, 206])
  expect(resumes).toHaveLength(1)
})

test('a cut before the clip could be told keeps nothing', async () => {
  const { run, host, kept, resumes } = await downloading()
  host.faults.add({ kind: 'cut', afterBytes: 1000 })
  expect((await failure(run())).kind).toBe('network')
  expect(kept()).toHaveLength(0)
  expect(resumes).toEqual([])
})

test('a server that falls silent: what came is kept, and the rest fetched later', async () => {
  const { run, host, clip, kept, resumes } = await downloading(undefined, {}, { stallMs: 100 })
  const { promise: never } = Promise.withResolvers<void>()
  host.faults.add({ kind: 'stall', afterBytes: 2_000_000, until: never })
  expect((await failure(run())).kind).toBe('network')
  expect(kept().equals(clip.subarray(0, 2_000_000))).toBe(true)
  expect(await run(resumes[0])).toMatchObject({ sha256: sha256(clip) })
})

test('a downloader closed in the middle, and a second one that goes on', async () => {
  const { run, host, make, clip, kept, resumes, ranges } = await downloading()
  const { promise: never } = Promise.withResolvers<void>()
  host.faults.add({ kind: 'stall', afterBytes: 1_500_000, until: never })
  const first = make({ now: everLater() })
  const stopped = failure(run(null, { downloader: first }))
  await until(() => expect(kept()).toHaveLength(1_500_000))
  await first.close()
  expect((await stopped).kind).toBe('stopped')
  expect(kept().equals(clip.subarray(0, 1_500_000))).toBe(true)
  expect(await run(resumes[0], { downloader: make() })).toMatchObject({ sha256: sha256(clip) })
  expect(ranges()).toEqual([undefined, 'bytes=1500000-'])
  expect((await failure(run(null, { downloader: first }))).kind).toBe('stopped')
})

test('stopping one leaves the others alone', async () => {
  const { run, host, make, kept, clip } = await downloading()
  const other = await downloading()
  const { promise: never } = Promise.withResolvers<void>()
  host.faults.add({ kind: 'stall', afterBytes: 1_500_000, until: never })
  const downloader = make({ now: everLater() })
  const stop = new AbortController()
  const stopped = failure(run(null, { downloader, hooks: { signal: stop.signal } }))
  await until(() => expect(kept()).toHaveLength(1_500_000))
  stop.abort()
  expect((await stopped).kind).toBe('stopped')
  expect(await other.run(null, { downloader })).toMatchObject({ bytes: clip.length })
})

test.each([
  ['the link leads nowhere any more', 404, 'link'],
  ['pre-signed and expired', 403, 'link'],
] as const)('%s: bytes kept, and a fresh link goes on', async (_name, deadLinkStatus, kind) => {
  const { run, host, id, clip, leave, kept, resume, ranges } = await downloading(undefined, {
    deadLinkStatus,
  })
  leave(clip.subarray(0, 1_000_000))
  const url = host.link(id)
  host.expireLinks(id)
  expect(await failure(run(resume(), { url }))).toMatchObject({ kind, httpStatus: deadLinkStatus })
  expect(kept().equals(clip.subarray(0, 1_000_000))).toBe(true)
  expect(await run(resume())).toMatchObject({ sha256: sha256(clip) })
  expect(ranges().at(-1)).toBe('bytes=1000000-')
})

/** A clock by which progress is always due, so that all that came is in the file. */
function everLater(): () => number {
  let ms = 0
  return () => (ms += 1000)
}
