import { existsSync, statSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { empty, failure as refused, htmlPage, json, type Answer } from '../../platforms/answer'
import { png } from '../../support/pictures'
import { clipOf, downloading, failure, sha256 } from './downloading'

const text = (contentType: string, body: string, status = 200): Answer => ({
  status,
  body: { text: body, contentType },
})

test.each<readonly [string, Answer, string, number | null]>([
  ['401', text('text/plain', 'no', 401), 'link', 401],
  ['403 with XML', text('application/xml', '<Error/>', 403), 'link', 403],
  ['404 with HTML', htmlPage(404), 'link', 404],
  ['410', empty(410), 'link', 410],
  ['200 with HTML', htmlPage(200), 'link', 200],
  ['200 with XML', text('application/xml', '<Error/>'), 'link', 200],
  ['200 with JSON', json(200, { error: 'expired' }), 'link', 200],
  ['200 with HTML that is called a video', text('video/mp4', '\n <!doctype html>'), 'link', null],
  ['200 with JSON that is called bytes', text('application/octet-stream', '{"a":1}'), 'link', null],
  ['200 with a picture', text('image/png', 'x'), 'not-video', 200],
  [
    '200 with a picture that is called a video',
    text('video/mp4', png(2, 2).toString('latin1')),
    'not-video',
    null,
  ],
  ['200 with words that are called a video', text('video/mp4', 'dear reader'), 'not-video', null],
  ['200 with nothing', empty(200), 'not-video', null],
  ['204', empty(204), 'not-video', 204],
  ['304', empty(304), 'link', 304],
  ['a part that was not asked for', empty(206), 'network', 206],
  ['408', empty(408), 'network', 408],
  ['500', htmlPage(500), 'network', 500],
])('%s', async (_name, answer, kind, httpStatus) => {
  const { run, host, part, resumes } = await downloading(clipOf(10_000))
  host.faults.add({ kind: 'answer', answer })
  expect(await failure(run())).toMatchObject({ kind, httpStatus, retryAfterMs: null })
  expect(statSync(part).size).toBe(0)
  expect(resumes).toEqual([])
})

test.each([429, 503])('%i tells how long to wait', async (status) => {
  const { run, host } = await downloading(clipOf(10_000))
  host.faults.add({ kind: 'answer', answer: refused(status, 'busy', 7) })
  expect(await failure(run())).toMatchObject({ kind: 'network', httpStatus: status, retryAfterMs: 7000 })
})

test.each([
  ['text/html', 'link'],
  ['image/jpeg', 'not-video'],
])('the right bytes as %s are not taken', async (contentType, kind) => {
  const { run, host } = await downloading(clipOf(10_000))
  host.faults.add({ kind: 'content-type', contentType })
  expect((await failure(run())).kind).toBe(kind)
})

test.each(['application/octet-stream', 'binary/octet-stream', 'Video/MP4; codecs="avc1"', ''])(
  'the right bytes as "%s" are',
  async (contentType) => {
    const { run, host } = await downloading(clipOf(10_000))
    host.faults.add({ kind: 'content-type', contentType })
    expect(await run()).toMatchObject({ bytes: 10_000, extension: '.mp4' })
  },
)

test('a clip without a length is fetched to its end', async () => {
  const clip = clipOf(200_000)
  const { run, progress, resumes } = await downloading()
  const url = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'video/mp4', etag: 'W/"1"', 'last-modified': 'then' })
    response.write(clip.subarray(0, 70_000))
    response.end(clip.subarray(70_000))
  })
  expect(await run(null, { url })).toMatchObject({ bytes: 200_000, sha256: sha256(clip) })
  expect(resumes).toEqual([{ validator: 'then', total: null, type: 'video/mp4' }])
  expect(progress.every(([, total]) => total === null)).toBe(true)
})

test('more than any clip can be is refused by its length', async () => {
  const { run, part } = await downloading()
  const url = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': String(4 * 1024 ** 3 + 1) })
    response.write(clipOf(10_000))
  })
  expect((await failure(run(null, { url }))).kind).toBe('too-large')
  expect(statSync(part).size).toBe(0)
})

test('no server, and no such host', async () => {
  const { run } = await downloading()
  const url = await serve(() => {}, true)
  expect(await failure(run(null, { url }))).toMatchObject({ kind: 'network', httpStatus: null })
  expect((await failure(run(null, { url: 'https://clips.invalid/a.mp4' }))).kind).toBe('network')
})

test('too little room: nothing is written, and the margin counts', async () => {
  const clip = clipOf(1_000_000)
  const looked: string[] = []
  const run = async (free: number, kept = 0) => {
    const freeBytes = async (folder: string) => {
      looked.push(folder)
      return free
    }
    const made = await downloading(clip, {}, { freeBytes })
    made.leave(clip.subarray(0, kept))
    const work = made.run(made.resume())
    return { work, made }
  }
  const short = await run(200_999_999)
  expect((await failure(short.work)).kind).toBe('disk-full')
  expect(short.made.kept()).toHaveLength(0)
  expect(looked).toEqual([dirname(short.made.part)])
  await (
    await run(201_000_000)
  ).work
  // Only the rest has to fit.
  await (
    await run(200_400_000, 600_000)
  ).work
})

test('room that goes during the download stops it with the bytes kept', async () => {
  const clip = clipOf(80_000_000)
  let looks = 0
  const freeBytes = async () => (++looks > 1 ? 1000 : 1e12)
  const { run, kept } = await downloading(clip, {}, { freeBytes })
  expect((await failure(run())).kind).toBe('disk-full')
  const bytes = kept().length
  expect(bytes).toBeGreaterThan(30_000_000)
  expect(kept().equals(clip.subarray(0, bytes))).toBe(true)
})

test('a disk that is full before it said so keeps what it took, and the rest comes later', async () => {
  const clip = clipOf(5_000_000)
  const { run, kept, resumes, part } = await downloading(clip)
  const release = await limitWrites(part, 3_300_000)
  expect((await failure(run())).kind).toBe('disk-full')
  expect(kept().equals(clip.subarray(0, 3_300_000))).toBe(true)
  release()
  expect(await run(resumes[0])).toMatchObject({ sha256: sha256(clip) })
})

test('a folder that is not there is told as it is', async () => {
  const { run, part, make, host, id } = await downloading()
  const downloader = make()
  const lost = { url: host.link(id), part: join(part, 'below/job.part'), resume: null }
  const hooks = { onResume: () => {}, onProgress: () => {}, signal: new AbortController().signal }
  await expect(downloader.download(lost, hooks)).rejects.toMatchObject({ code: 'ENOENT' })
  writeFileSync(part, '')
  await expect(downloader.download(lost, hooks)).rejects.toMatchObject({ code: 'ENOTDIR' })
  expect(existsSync(lost.part)).toBe(false)
  await expect(run()).resolves.toBeDefined()
})

/** Makes files end at so many bytes, as a full disk does: the last write takes a part, the next one fails. */
async function limitWrites(anyFile: string, limit: number): Promise<() => void> {
  const handle = await open(anyFile, 'a')
  const prototype = Object.getPrototypeOf(handle) as object
  await handle.close()
  const original = Reflect.get(prototype, 'write') as (...args: readonly unknown[]) => unknown
  const limited = function (
    this: unknown,
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ) {
    const room = Math.min(length, limit - position)
    if (room <= 0) return Promise.reject(Object.assign(new Error('ENOSPC: write'), { code: 'ENOSPC' }))
    return Reflect.apply(original, this, [bytes, offset, room, position])
  }
  Reflect.set(prototype, 'write', limited)
  const release = () => void Reflect.set(prototype, 'write', original)
  onTestFinished(release)
  return release
}

/** The address of a server of our own, which may be gone already. */
async function serve(listener: RequestListener, isGone = false): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on TCP has an AddressInfo for its address.
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  }
  if (isGone) await close()
  else onTestFinished(async () => void (await close()))
  return `http://127.0.0.1:${port}/clip.mp4`
}
