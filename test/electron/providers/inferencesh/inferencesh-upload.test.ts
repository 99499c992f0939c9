import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createInferencesh } from '../../../../electron/providers/inferencesh/inferencesh'
import type { ApiRequest, Elsewhere, MediaFile, Send } from '../../../../electron/providers/provider'
import { answerOf } from '../../../support/answers'
import { failureOf } from '../../../support/failure'

const fixture = (name: string) => join(import.meta.dirname, '../../../fixtures', name)
const bytes = readFileSync(fixture('a.png'))
const still: MediaFile = { id: 'b'.repeat(64), type: 'png', bytes: bytes.length, path: fixture('a.png') }
const clip: MediaFile = { id: 'c'.repeat(20), type: 'mp4', bytes: 61_549, path: fixture('clip.mp4') }
const place = {
  id: 'f1',
  uri: 'https://cloud.inference.sh/t/f1.png',
  upload_url: 'https://storage.example.com/f1?Signature=abc',
}

/** Both requests of a hand-over, in order, with what each is answered. */
function doors(files: readonly [number, unknown], put = 200) {
  const sent: ApiRequest[] = []
  const puts: (Parameters<Elsewhere>[0] & { readonly bytes: Buffer })[] = []
  const send: Send = async (request) => {
    sent.push(request)
    return answerOf(...files)
  }
  const elsewhere: Elsewhere = async (request) => {
    puts.push({ ...request, bytes: Buffer.from((await request.body?.arrayBuffer()) ?? new ArrayBuffer(0)) })
    return { status: put, headers: {}, text: put === 200 ? '' : '<Error/>', date: null }
  }
  return { send, elsewhere, sent, puts }
}

const handOver = (file: MediaFile, through: ReturnType<typeof doors>) => {
  const { handOver: give } = createInferencesh()
  if (!give) throw new Error('no hand-over')
  return give(file, through, () => 0)
}

test('names the file, then puts its bytes where it is told, without a key', async () => {
  const through = doors([200, { data: [place], messages: [] }])
  expect(await handOver(still, through)).toEqual({ url: place.uri, expiresAt: null })
  expect(through.sent).toHaveLength(1)
  expect(through.sent[0]).toMatchObject({ method: 'POST', path: '/files' })
  expect(JSON.parse(through.sent[0]?.json ?? '')).toEqual({
    files: [{ uri: '', filename: `${'b'.repeat(16)}.png`, content_type: 'image/png', size: bytes.length }],
  })
  const [put] = through.puts
  expect(put).toMatchObject({
    method: 'PUT',
    url: place.upload_url,
    headers: { 'content-type': 'image/png' },
  })
  expect(Object.keys(put?.headers ?? {})).toEqual(['content-type'])
  expect(put?.bytes.equals(bytes)).toBe(true)
})

test('a source clip goes the same way', async () => {
  const through = doors([200, { data: [place] }])
  await handOver(clip, through)
  expect(JSON.parse(through.sent[0]?.json ?? '').files[0]).toMatchObject({
    filename: `${'c'.repeat(16)}.mp4`,
    content_type: 'video/mp4',
    size: 61_549,
  })
})

test.each<readonly [string, unknown, string]>([
  ['v1', { success: true, status: 200, data: [place] }, place.uri],
  ['bare', [place], place.uri],
  ['one object', { data: place }, place.uri],
  ['an older uri', { data: [{ ...place, uri: 'inf://files/f1' }] }, 'inf://files/f1'],
])('reads the answer: %s', async (_form, json, uri) => {
  expect((await handOver(still, doors([200, json]))).url).toBe(uri)
})

test.each<readonly [string, number, unknown, string, RegExp]>([
  ['a bad key', 401, { detail: 'invalid key' }, 'key-refused', /invalid key.*paste a new key/],
  ['no storage left', 403, { detail: 'storage limit reached' }, 'forbidden', /storage limit reached/],
  ['too large', 413, { detail: 'too large' }, 'too-large', /smaller picture/],
  ['a fault', 503, { detail: 'down' }, 'provider-down', /tried again later/],
  [
    'v1’s no with 200',
    200,
    { success: false, error: { code: 'unauthorized', message: 'No' } },
    'key-refused',
    /No/,
  ],
  ['no place', 200, { data: [] }, 'provider-down', /cannot be read/],
  ['a place without an address', 200, { data: [{ ...place, upload_url: '' }] }, 'provider-down', /cannot/],
  ['a uri that is none', 200, { data: [{ ...place, uri: 'javascript:1' }] }, 'provider-down', /cannot/],
])('does not take the name: %s', async (_what, status, json, code, words) => {
  const through = doors([status, json])
  const failure = await failureOf(() => handOver(still, through))
  expect(failure.code).toBe(code)
  expect(failure.message).toMatch(words)
  expect(through.puts).toEqual([])
})

test.each([
  [500, 'provider-down'],
  [503, 'provider-down'],
  [429, 'provider-down'],
  [408, 'provider-down'],
  [403, 'provider-failed'],
  [401, 'provider-failed'],
  [400, 'provider-failed'],
  [307, 'provider-failed'],
] as const)('the storage answers %i: %s, and no word about the key', async (status, code) => {
  const failure = await failureOf(() => handOver(still, doors([200, { data: [place] }], status)))
  expect(failure.code).toBe(code)
  expect(failure.message).toContain(`did not take the picture (error ${status}). Nothing was charged.`)
  expect(failure.message).not.toMatch(/key|plan/)
})

test('a clip is called a clip', async () => {
  const refused = await failureOf(() => handOver(clip, doors([413, { detail: 'too large' }])))
  expect(refused.message).toMatch(/did not take a clip: “too large”\. To go on, use a smaller clip\./)
  expect(refused.fields).toEqual({ source: 'too large' })
  const bad = await failureOf(() => handOver(clip, doors([400, { detail: 'bad' }])))
  expect(bad.message).toMatch(/To go on, use another clip\./)
  const put = await failureOf(() => handOver(clip, doors([200, { data: [place] }], 500)))
  expect(put.message).toContain('the clip')
  const gone = await failureOf(() => handOver({ ...clip, path: fixture('gone.mp4') }, doors([200, {}])))
  expect(gone).toMatchObject({ code: 'not-found', message: expect.stringMatching(/^The clip to go on from/) })
})
