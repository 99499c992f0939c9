import { readdirSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { toFailure } from '../../../electron/downloads/failure'
import { createFileFetcher } from '../../../electron/downloads/fetch-file'
import { createFetchLink } from '../../../electron/library/fetch-link'
import { createTestClock } from '../../support/engine-clock'
import { importScene } from '../../support/importing'
import { mp4, png } from '../../support/pictures'
import { always, rawHost } from '../../support/raw-host'
import { sha256Of } from '../../support/samples'
import { until } from '../../support/until'

type FetchFile = Parameters<typeof createFetchLink>[0]['fetchFile']

async function scene(write?: FetchFile) {
  const parts = await importScene()
  const fetcher = createFileFetcher({ allowHttpLoopback: true })
  onTestFinished(() => fetcher.close())
  const clock = createTestClock()
  const fetchLink = createFetchLink({
    importer: parts.importer,
    fetchFile: write ?? fetcher.fetchFile,
    after: clock.after,
  })
  return { ...parts, clock, fetchLink }
}

const picture = png(7, 5)
const sends =
  (bytes: Uint8Array, type = 'image/png'): RequestListener =>
  (_request, response) =>
    void response.writeHead(200, { 'content-type': type }).end(bytes)

test('a picture behind an address becomes a still, whatever the host calls it', async () => {
  const { fetchLink, paths } = await scene()
  const host = await rawHost(sends(picture, 'text/plain'))
  const result = await fetchLink(`${host.origin}/shots/a%20fox.png?sig=secret`)
  expect(result).toMatchObject({
    kind: 'still',
    name: 'a fox.png',
    still: { id: sha256Of(picture), width: 7, height: 5 },
  })
  expect(JSON.stringify(result)).not.toContain('secret')
  expect(readdirSync(paths.partial)).toEqual([])
})

test('a clip becomes a clip, and is told', async () => {
  const { fetchLink, announced } = await scene()
  const host = await rawHost(sends(Buffer.from(mp4(300)), 'video/mp4'))
  const result = await fetchLink(`${host.origin}/b.mp4`)
  expect(result.kind).toBe('clip')
  expect(announced).toHaveLength(1)
})

test('the same again is the same still', async () => {
  const { fetchLink, count } = await scene()
  const host = await rawHost(sends(picture))
  const [one, two] = [await fetchLink(`${host.origin}/a.png`), await fetchLink(`${host.origin}/b.png`)]
  expect([one.kind === 'still' && one.still.id, count('stills')]).toEqual([
    two.kind === 'still' && two.still.id,
    1,
  ])
})

const refused = [
  ['a page', always(200, '<!doctype html><html></html>', { 'content-type': 'text/html' }), 'unknown-type'],
  [
    'a page that says it is a picture',
    always(200, '<html></html>', { 'content-type': 'image/png' }),
    'unknown-type',
  ],
  ['nothing', always(200, ''), 'empty'],
  ['404', always(404, 'gone'), 'link-failed'],
  ['403', always(403, '<Error><Code>AccessDenied</Code></Error>'), 'link-failed'],
] as const

test.each(refused)('%s is refused in words, and leaves nothing', async (_what, listener, code) => {
  const { fetchLink, traces, logged } = await scene()
  const before = await traces()
  const host = await rawHost(listener)
  const result = await fetchLink(`${host.origin}/a.png`)
  expect(result).toMatchObject({ kind: 'refused', name: 'a.png', error: { code } })
  expect([await traces(), logged]).toEqual([before, []])
})

test('a server that sends a byte now and then is given up after ten minutes, and leaves nothing', async () => {
  const { fetchLink, traces, clock, logged } = await scene()
  const before = await traces()
  let dripped = 0
  let isOpen = true
  const host = await rawHost((_request, response) => {
    response.writeHead(200, { 'content-type': 'image/png' })
    // Far faster than it would be: what counts is that it is never silent and never ends.
    const dripping = setInterval(() => response.write(picture.subarray(dripped++ % 8, (dripped % 8) + 1)), 5)
    response.on('close', () => {
      clearInterval(dripping)
      isOpen = false
    })
  })
  let result: Awaited<ReturnType<typeof fetchLink>> | undefined
  const fetched = fetchLink(`${host.origin}/slow.png`).then((told) => (result = told))
  await until(() => expect(dripped).toBeGreaterThan(3))
  await clock.advance(10 * 60_000 - 1)
  const seen = dripped
  await until(() => expect(dripped).toBeGreaterThan(seen))
  expect([result, isOpen]).toEqual([undefined, true])
  await clock.advance(1)
  await fetched
  expect(result).toMatchObject({
    kind: 'refused',
    name: 'slow.png',
    error: {
      code: 'link-failed',
      message:
        'slow.png could not be fetched. Its server is so slow that 10 minutes were not enough. Nothing was kept. Download it with a browser and drop the file here.',
    },
  })
  await until(() => expect(isOpen).toBe(false))
  expect([await traces(), logged]).toEqual([before, []])
})

test('a fetch that is over leaves no timer behind', async () => {
  const { fetchLink, clock } = await scene()
  const host = await rawHost(sends(picture))
  await fetchLink(`${host.origin}/a.png`)
  await fetchLink('http://127.0.0.1:1/a.png')
  expect(clock.waits()).toEqual([])
})

test('at most 100 MB are asked for', async () => {
  const limits: number[] = []
  const { fetchLink } = await scene(async (_url, path, maxBytes) => {
    limits.push(maxBytes)
    await writeFile(path, picture)
  })
  await fetchLink('https://pictures.example/a.png')
  expect(limits).toEqual([100_000_000])
})

test('150 MB are refused at the limit, and the part is gone', async () => {
  const { fetchLink, traces } = await scene()
  const before = await traces()
  const megabyte = Buffer.alloc(1_000_000)
  const host = await rawHost((_request, response) => {
    let left = 150
    response.on('error', () => undefined)
    const more = () => {
      while (left > 0 && !response.destroyed) {
        left -= 1
        if (!response.write(megabyte)) return
      }
      response.end()
    }
    response.on('drain', more)
    more()
  })
  const result = await fetchLink(`${host.origin}/large.png`)
  expect(result).toMatchObject({
    kind: 'refused',
    error: { code: 'link-failed', details: expect.stringContaining('100 MB') },
  })
  expect(await traces()).toEqual(before)
})

test.each([
  ['ENOSPC', 'disk-full'],
  ['EROFS', 'unreadable'],
  ['EACCES', 'unreadable'],
])('%s is a matter of the disk and not of the link', async (errno, code) => {
  const { fetchLink, traces } = await scene(async (_url, path) => {
    writeFileSync(path, 'half')
    throw Object.assign(new Error(errno), { code: errno })
  })
  const before = await traces()
  expect(await fetchLink('https://pictures.example/a.png')).toMatchObject({
    kind: 'refused',
    error: { code },
  })
  expect(await traces()).toEqual(before)
})

test('a disk that fills while the line runs is told as full', async () => {
  const { fetchLink } = await scene(async () => {
    const cause = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })
    throw toFailure(cause, new AbortController().signal)
  })
  expect(await fetchLink('https://pictures.example/a.png')).toMatchObject({ error: { code: 'disk-full' } })
})

const names = [
  ['https://pictures.example/', 'pictures.example'],
  ['https://pictures.example', 'pictures.example'],
  ['https://pictures.example/a/', 'pictures.example'],
  ['https://pictures.example/%', '%'],
  ['https://pictures.example/%ff.png', '%ff.png'],
  ['https://pictures.example/%2e%2e%2f%2e%2e%2fetc%2fpasswd', 'passwd'],
  ['https://pictures.example/..%5c..%5cboot.ini', 'boot.ini'],
  ['https://pictures.example/a%00b.png', 'ab.png'],
  ['https://pictures.example/a%0d%0ab.png', 'ab.png'],
  ['https://pictures.example/gnp%E2%80%AE.exe.png', 'gnp.exe.png'],
  ['https://pictures.example/%E7%8B%90.png', '狐.png'],
  [`https://pictures.example/${'a'.repeat(300)}.png`, 'a'.repeat(200)],
  [`https://pictures.example/${'a'.repeat(199)}%F0%9F%A6%8A.png`, 'a'.repeat(199)],
] as const

test.each(names)('%s is called %j', async (url, name) => {
  const { fetchLink, stills } = await scene(async (_url, path) => writeFile(path, picture))
  expect(await fetchLink(url)).toMatchObject({ kind: 'still', name })
  expect(stills.get(sha256Of(picture))?.name).toBe(name)
})

test.each(names)('a clip from %s lies inside the library', async (url) => {
  const { fetchLink, traces } = await scene(async (_url, path) => writeFile(path, mp4(300)))
  expect((await fetchLink(url)).kind).toBe('clip')
  const { files, partial } = await traces()
  expect(partial).toEqual([])
  for (const file of files) expect(file).toMatch(/^(clips\/2026\/11\/[^/\\]+|library\.json|[^/]+\.txt)$/)
})

test('an address that is none is refused, not thrown', async () => {
  const { fetchLink } = await scene()
  await expect(fetchLink('not an address')).resolves.toMatchObject({ kind: 'refused' })
})
