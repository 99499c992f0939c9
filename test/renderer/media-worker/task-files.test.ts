import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTaskFiles } from '../../../renderer/media-worker/task-files'
import { maxOutputChunk } from '../../../shared/media'
import { codeOf } from '../../support/failure'

const id = 'c'.repeat(20)
const files = createTaskFiles(id, new AbortController().signal)

interface Put {
  readonly url: string
  readonly bytes: number
}

/** Answers every request with a status, and keeps what was sent. */
function answerWith(status: number): Put[] {
  const sent: Put[] = []
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    if (init?.body instanceof Uint8Array) sent.push({ url, bytes: init.body.length })
    return new Response(status === 200 ? 'content' : null, { status })
  })
  return sent
}

beforeEach(() => vi.stubGlobal('location', { href: 'app://inbetween/media.html' }))
afterEach(() => vi.unstubAllGlobals())

test('files are named by task and name', () => {
  expect(files.url('clip')).toBe(`app://inbetween/task/${id}/clip`)
})

test('an output goes out in pieces, in order', async () => {
  const sent = answerWith(204)
  await files.write('clip', new Uint8Array(maxOutputChunk * 2 + 5))
  expect(sent).toEqual([
    { url: `${files.url('clip')}?at=0`, bytes: maxOutputChunk },
    { url: `${files.url('clip')}?at=${maxOutputChunk}`, bytes: maxOutputChunk },
    { url: `${files.url('clip')}?at=${maxOutputChunk * 2}`, bytes: 5 },
  ])
})

test('a blob is written like bytes, and an input is read whole', async () => {
  const sent = answerWith(200)
  await files.write('poster', new Blob(['123']))
  expect(sent).toEqual([{ url: `${files.url('poster')}?at=0`, bytes: 3 }])
  expect(await (await files.read('still')).text()).toBe('content')
})

test.each([
  [507, 'disk-full'],
  [404, 'media-failed'],
])('a refused piece (%i) is %s', async (status, code) => {
  answerWith(status)
  expect(await codeOf(() => files.write('clip', new Uint8Array(1)))).toBe(code)
})

test('an input that is not there is unreadable', async () => {
  answerWith(404)
  expect(await codeOf(() => files.read('still'))).toBe('unreadable')
})
