import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { serveFile, typeOf } from '../../../electron/protocol/serve-file'
import { codeOf } from '../../support/failure'
import { temporaryFolder } from '../../support/folder'
import { makePipe } from '../../support/importing'

const content = Array.from({ length: 1000 }, (_, index) => String.fromCharCode(97 + (index % 26))).join('')

async function ask(range?: string, method = 'GET', text = content) {
  const path = join(temporaryFolder(), 'clip.mp4')
  writeFileSync(path, text)
  const headers: Record<string, string> = range === undefined ? {} : { range }
  const response = await serveFile(
    new Request('app://inbetween/media/x', { method, headers }),
    path,
    'no-store',
  )
  return { response, body: await response.text(), header: (name: string) => response.headers.get(name) }
}

test('whole', async () => {
  const { response, body, header } = await ask()
  expect(response.status).toBe(200)
  expect(body).toBe(content)
  expect(header('content-length')).toBe('1000')
  expect(header('accept-ranges')).toBe('bytes')
  expect(header('content-type')).toBe('video/mp4')
  expect(header('x-content-type-options')).toBe('nosniff')
  expect(header('cache-control')).toBe('no-store')
  expect(header('content-range')).toBeNull()
})

test.each([
  ['bytes=0-0', 0, 1],
  ['bytes=10-19', 10, 20],
  ['bytes=990-', 990, 1000],
  ['bytes=-10', 990, 1000],
  ['bytes=500-9999', 500, 1000],
])('%s is a 206 of bytes %d to %d', async (range, start, end) => {
  const { response, body, header } = await ask(range)
  expect(response.status).toBe(206)
  expect(body).toBe(content.slice(start, end))
  expect(header('content-range')).toBe(`bytes ${start}-${end - 1}/1000`)
  expect(header('content-length')).toBe(String(end - start))
})

test.each(['bytes=1000-', 'bytes=5000-6000', 'bytes=-0'])('%s is a 416 with the length', async (range) => {
  const { response, body, header } = await ask(range)
  expect(response.status).toBe(416)
  expect(body).toBe('')
  expect(header('content-range')).toBe('bytes */1000')
})

test.each(['bytes=0-1,3-4', 'bytes=9-1', 'lines=1-2'])('%s is answered whole', async (range) => {
  const { response, body } = await ask(range)
  expect([response.status, body]).toEqual([200, content])
})

test('HEAD tells the length without a body', async () => {
  const { response, body, header } = await ask(undefined, 'HEAD')
  expect([response.status, body, header('content-length')]).toEqual([200, '', '1000'])
})

test('an empty file is a whole answer of no bytes, and no part of it can be had', async () => {
  const { response, header } = await ask(undefined, 'GET', '')
  expect([response.status, header('content-length')]).toEqual([200, '0'])
  expect((await ask('bytes=0-', 'GET', '')).response.status).toBe(416)
})

test.each(['POST', 'PUT', 'DELETE', 'PATCH'])(
  '%s changes nothing here and is not answered with the file',
  async (method) => {
    const { response, body } = await ask(undefined, method)
    expect([response.status, body]).toEqual([405, ''])
  },
)

test.each([
  ['a folder', (folder: string) => mkdirSync(join(folder, 'x.mp4'))],
  ['a pipe', (folder: string) => makePipe(folder, 'x.mp4')],
])('%s is no file to serve', async (_what, make) => {
  const folder = temporaryFolder()
  make(folder)
  const path = join(folder, 'x.mp4')
  expect(await codeOf(() => serveFile(new Request('app://inbetween/x'), path, 'no-store'))).toBe('not-found')
})

test('what is not there is the system’s error', async () => {
  const path = join(temporaryFolder(), 'x.mp4')
  const answer = serveFile(new Request('app://inbetween/x'), path, 'no-store')
  await expect(answer).rejects.toMatchObject({ code: 'ENOENT' })
})

test('a reader may stop half way', async () => {
  const path = join(temporaryFolder(), 'big.webm')
  writeFileSync(path, Buffer.alloc(3_000_000))
  const response = await serveFile(new Request('app://inbetween/x'), path, 'no-store')
  const reader = response.body?.getReader()
  expect((await reader?.read())?.done).toBe(false)
  await reader?.cancel()
})

test.each([
  ['a.MP4', 'video/mp4'],
  ['a.mov', 'video/mp4'],
  ['a.webm', 'video/webm'],
  ['a.jpeg', 'image/jpeg'],
  ['a.exe', 'application/octet-stream'],
  ['a', 'application/octet-stream'],
  ['.html', 'application/octet-stream'],
  ['a.mp4.txt', 'application/octet-stream'],
])('%s is served as %s', (name, type) => {
  expect(typeOf(name)).toBe(type)
})
