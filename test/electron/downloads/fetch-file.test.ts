import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RequestListener } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import type { DownloadPolicy } from '../../../electron/downloads/address'
import { createFileFetcher } from '../../../electron/downloads/fetch-file'
import { temporaryFolder } from '../../support/folder'
import { always, rawHost } from '../../support/raw-host'
import { until } from '../../support/until'
import { failure } from './downloading'
import { secureHost } from './secure-host'

const practice: DownloadPolicy = { allowHttpLoopback: true }
const most = 1000

function scene(policy = practice) {
  const fetcher = createFileFetcher(policy)
  onTestFinished(() => fetcher.close())
  const path = join(temporaryFolder(), 'copy')
  return {
    fetcher,
    path,
    fetch: (url: string, maxBytes = most, signal = new AbortController().signal) =>
      fetcher.fetchFile(url, path, maxBytes, signal),
    size: () => (existsSync(path) ? readFileSync(path).length : null),
  }
}

/** Answers with so many bytes in pieces, without saying how many. */
const pieces =
  (bytes: number): RequestListener =>
  (_request, response) => {
    response.writeHead(200)
    for (let left = bytes; left > 0; left -= 100) response.write(Buffer.alloc(Math.min(100, left), 7))
    response.end()
  }

test('the bytes of the address lie in the file, and nothing of ours goes along', async () => {
  const host = await rawHost(always(200, 'picture', { 'set-cookie': 'a=b' }))
  const { fetch, path } = scene()
  await fetch(`${host.origin}/a.png?x=1`)
  expect(readFileSync(path, 'utf8')).toBe('picture')
  expect(host.requests.map(({ url }) => url)).toEqual(['/a.png?x=1'])
  const { headers } = host.requests[0] ?? {}
  expect(Object.keys(headers ?? {}).toSorted()).toEqual([
    'accept',
    'accept-encoding',
    'connection',
    'host',
    'user-agent',
  ])
})

test.each([
  [most, null],
  [most + 1, 'link'],
  [150_000, 'link'],
])('%d bytes without a length: %s', async (bytes, kind) => {
  const host = await rawHost(pieces(bytes))
  const { fetch, size } = scene()
  if (kind === null) await fetch(host.origin)
  else {
    const failed = await failure(fetch(host.origin))
    expect([failed.kind, failed.message]).toEqual([kind, expect.stringContaining('more than')])
    expect(size()).toBeLessThanOrEqual(most)
  }
})

test('an endless answer is cut off at the limit', async () => {
  let isOpen = true
  const host = await rawHost((_request, response) => {
    response.on('close', () => (isOpen = false))
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
    }
    response.on('drain', more)
    more()
  })
  const { fetch } = scene()
  expect((await failure(fetch(host.origin, 1_000_000))).kind).toBe('link')
  await until(() => expect(isOpen).toBe(false))
})

test.each([204, 206, 304, 400, 401, 403, 404, 410, 500, 503])(
  'an answer %d brings nothing',
  async (status) => {
    const host = await rawHost((_request, response) => void response.writeHead(status).end())
    const { fetch, size } = scene()
    const failed = await failure(fetch(host.origin))
    expect([failed.kind, failed.message, size()]).toEqual(['link', `The address answered ${status}.`, null])
  },
)

test('a cut in the middle is a failure, not half a picture', async () => {
  const host = await rawHost((_request, response) => {
    response.writeHead(200, { 'content-length': '500' }).write(Buffer.alloc(100))
    setImmediate(() => response.destroy())
  })
  expect((await failure(scene().fetch(host.origin))).kind).toBe('network')
})

test('redirects are followed, each checked; five, not more', async () => {
  const host = await rawHost(({ url = '' }, response) => {
    const left = Number(url.slice(1))
    if (left === 0) return void response.end('there')
    response.writeHead(302, { location: `/${left - 1}` }).end()
  })
  const { fetch, path } = scene()
  await fetch(`${host.origin}/5`)
  expect(readFileSync(path, 'utf8')).toBe('there')
  expect((await failure(scene().fetch(`${host.origin}/6`))).kind).toBe('link')
})

test('from https never to http, also where http would be allowed', async () => {
  const { ca, host } = await secureHost()
  const plain = await rawHost(always(200, 'x'))
  const { fetch } = scene({ allowHttpLoopback: true, ca })
  const failed = await failure(fetch(`https://127.0.0.1:${host.port}/to?${plain.origin}/a.png`))
  expect([failed.kind, plain.requests.length]).toEqual(['address', 0])
})

test.each([
  'http://127.0.0.1:1/a.png',
  'http://pictures.example/a.png',
  'ftp://pictures.example/a.png',
  'file:///etc/passwd',
  'data:image/png;base64,AAAA',
  'app://inbetween/index.html',
])('%s is not fetched', async (url) => {
  const { fetch, size } = scene({ allowHttpLoopback: false })
  expect([(await failure(fetch(url))).kind, size()]).toEqual(['address', null])
})

test.each([
  'https://127.0.0.1/a.png',
  'https://[::1]/a.png',
  'https://10.0.0.1/a.png',
  'https://192.168.1.1/a.png',
  'https://169.254.169.254/latest/meta-data',
  'https://0x7f.1/a.png',
  'https://[::ffff:10.0.0.1]/a.png',
  'https://localhost/a.png',
])('%s lies inside: nothing is asked', async (url) => {
  const { fetch, size } = scene({ allowHttpLoopback: false })
  expect([(await failure(fetch(url))).kind, size()]).toEqual(['address', null])
})

test('a redirect into the user’s own network is not followed', async () => {
  const { ca, host } = await secureHost()
  const { fetch } = scene({ allowHttpLoopback: true, ca })
  const failed = await failure(fetch(`https://127.0.0.1:${host.port}/to?https://192.168.1.1/admin`))
  expect(failed.kind).toBe('address')
})

test('a host that the user has set up may be inside', async () => {
  const { ca, host } = await secureHost()
  const name = `127.0.0.1:${host.port}`
  const { fetch } = scene({ allowHttpLoopback: false, ca, allowedHosts: () => new Set([name]) })
  await fetch(`https://${name}/a.mp4`, 20_000)
})

test('a file that is there already is not written over, and that is no failure of the line', async () => {
  const host = await rawHost(always(200, 'new'))
  const { fetch, path } = scene()
  writeFileSync(path, 'old')
  await expect(fetch(host.origin)).rejects.toMatchObject({ code: 'EEXIST' })
  expect(readFileSync(path, 'utf8')).toBe('old')
})

test('stopped when Inbetween ends', async () => {
  const asked = Promise.withResolvers<void>()
  const host = await rawHost((_request, response) => {
    response.writeHead(200).write('a')
    asked.resolve()
  })
  const { fetch, fetcher } = scene()
  const work = failure(fetch(host.origin))
  await asked.promise
  await fetcher.close()
  expect((await work).kind).toBe('stopped')
})

test('stopped by the caller, and the line is closed', async () => {
  let isOpen = true
  const asked = Promise.withResolvers<void>()
  const host = await rawHost((_request, response) => {
    response.on('close', () => (isOpen = false))
    response.writeHead(200).write('a')
    asked.resolve()
  })
  const stop = new AbortController()
  const work = failure(scene().fetch(host.origin, most, stop.signal))
  await asked.promise
  stop.abort()
  expect((await work).kind).toBe('stopped')
  await until(() => expect(isOpen).toBe(false))
})
