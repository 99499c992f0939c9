import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createBytespike } from '../../../../electron/providers/bytespike/bytespike'
import type { MediaFile, RemoteProvider } from '../../../../electron/providers/provider'
import type { Recipe } from '../../../../shared/recipe-schema'
import { answerOf } from '../../../support/answers'
import { codeOf, failureOf } from '../../../support/failure'
import { temporaryFolder } from '../../../support/folder'
import { idOf, sampleRecipe } from '../../../support/samples'

const still = 'a'.repeat(64)
const a = createBytespike()
const b = createBytespike({ settings: () => ({ origin: null, dialect: 'B' }) })
const noSend = () => Promise.reject(new Error('asked'))
const bodyOf = (provider: RemoteProvider, change: Partial<Recipe>, first = 'https://b/first.png') =>
  JSON.parse(provider.body(sampleRecipe({ prompt: 'a fox', ...change }), { first }, 'the-intent'))

// reference/providers.md §4.2, by hand.
const params: readonly (readonly [string, Partial<Recipe>, object])[] = [
  ['text', {}, { prompt: 'a fox', duration_seconds: 4, resolution: '720p', aspect_ratio: '16:9' }],
  [
    'every other value',
    { durationS: 1, aspectRatio: '1:1', seed: 0 },
    { prompt: 'a fox', duration_seconds: 1, resolution: '720p', aspect_ratio: '1:1', seed: 0 },
  ],
  [
    'a first frame',
    { slots: { first: still }, durationS: 5, aspectRatio: '9:16' },
    {
      prompt: 'a fox',
      duration_seconds: 5,
      resolution: '720p',
      aspect_ratio: '9:16',
      image_init: 'https://b/first.png',
    },
  ],
]

test.each(params)('dialect A: %s, flat and without an id of ours', (_what, change, flat) => {
  expect(bodyOf(a, change)).toEqual({ model: 'veo-3.1-fast', ...flat })
})

test.each(params)('dialect B: %s, in params and with our id', (_what, change, nested) => {
  expect(bodyOf(b, change)).toEqual({ model: 'veo-3.1-fast', params: nested, out_task_id: 'the-intent' })
})

test.each(['Slow zoom into a bowl of ramen, steam rising.', 'Slow zoom into ramen'])(
  "the page's own example %j: same address, every field of it",
  (prompt) => {
    const request = a.submitRequest(a.body(sampleRecipe({ prompt }), {}, 'i'), 'i')
    expect([request.method, request.path, a.auth]).toEqual([
      'POST',
      '/v1/tasks/submit',
      { header: 'x-api-key', prefix: '' },
    ])
    expect(JSON.parse(request.json ?? '')).toMatchObject({
      model: 'veo-3.1-fast',
      prompt,
      duration_seconds: 4,
      resolution: '720p',
    })
  },
)

test.each<Partial<Recipe>>([
  { slots: { first: still, last: still } },
  { slots: { last: still } },
  { slots: { ref1: still } },
  { source: { clip: idOf(1), use: 'extend' } },
])('there is no body for %j', (change) => {
  expect(() => bodyOf(a, change)).toThrow(/takes a prompt and a first frame, nothing else/)
})

test('what was not handed over is never left out in silence', () => {
  const recipe = sampleRecipe({ slots: { first: still } })
  expect(() => a.body(recipe, {}, 'i')).toThrow('the picture in first was not handed over')
})

test('a body over 1 MiB is not sent, by its bytes', async () => {
  const recipe = sampleRecipe({ slots: { first: still }, prompt: '' })
  const empty = Buffer.byteLength(a.body(recipe, { first: '' }, 'i'))
  const fill = (bytes: number) => ({ first: 'é'.repeat(bytes / 2) + 'x'.repeat(bytes % 2) })
  expect(Buffer.byteLength(a.body(recipe, fill(1_048_576 - empty), 'i'))).toBe(1_048_576)
  const failure = await failureOf(async () => a.body(recipe, fill(1_048_577 - empty), 'i'))
  expect([failure.code, failure.message]).toEqual([
    'too-large',
    expect.stringMatching(/1 MiB.*Nothing was sent/),
  ])
})

describe('pictures inside the request', () => {
  const doors = { send: noSend, elsewhere: noSend }
  const give = (path: string, type: MediaFile['type']) =>
    a.handOver?.({ id: still, type, bytes: 1, path }, doors, () => 0) ?? Promise.reject(new Error('no way'))
  const fixture = (name: string) => join(import.meta.dirname, '../../../fixtures', name)

  test.each([
    ['a.png', 'png', 'image/png'],
    ['portrait.jpg', 'jpeg', 'image/jpeg'],
    ['square.webp', 'webp', 'image/webp'],
  ] as const)('%s is its own bytes', async (name, type, mime) => {
    const base64 = readFileSync(fixture(name)).toString('base64')
    expect(await give(fixture(name), type)).toEqual({ url: `data:${mime};base64,${base64}`, expiresAt: null })
  })

  test('at most 690,000 bytes, which fit with the longest prompt, however it is escaped', async () => {
    const path = join(temporaryFolder(), 'x.jpg')
    writeFileSync(path, Buffer.alloc(690_001))
    expect(await codeOf(() => give(path, 'jpeg'))).toBe('too-large')
    writeFileSync(path, Buffer.alloc(690_000))
    const { url } = await give(path, 'jpeg')
    const recipe = sampleRecipe({ slots: { first: still }, prompt: '\u0001'.repeat(20_000) })
    expect(b.body(recipe, { first: url }, 'i').length).toBeLessThan(1_048_576)
  })

  test('of other types, or gone, they are refused', async () => {
    expect(await codeOf(() => give(fixture('avif.avif'), 'avif'))).toBe('unknown-type')
    expect(await codeOf(() => give('/nowhere/a.png', 'png'))).toBe('not-found')
  })
})

describe('requests', () => {
  const get = { method: 'GET', path: '/v1/tasks/query?task_id=a%26b' }
  const post = { method: 'POST', path: '/v1/tasks/query', json: '{"task_id":"a&b"}' }

  test.each([
    ['A', a, get, post],
    ['B', b, post, get],
  ])('dialect %s asks in its own way first, then in the other', (dialect, _provider, first, second) => {
    const provider = createBytespike({ settings: () => ({ origin: null, dialect }) })
    expect(provider.pollRequest('a&b')).toEqual(first)
    const noRoute = answerOf(404, { error: { message: 'No route', type: 't', code: 'route_not_found' } })
    expect(provider.readPoll(noRoute)).toMatchObject({ kind: 'problem', problem: { kind: 'upstream' } })
    expect(provider.pollRequest('a&b')).toEqual(second)
    provider.readPoll(answerOf(200, { task_id: 'a&b', status: 'queued' }))
    expect(provider.pollRequest('a&b')).toEqual(second)
  })

  test('calls a job off', () => {
    expect(a.cancelRequest?.('a/b')).toEqual({ method: 'POST', path: '/v1/tasks/cancel/a%2Fb' })
  })

  test('looks for a job by our id, and may repeat a submit, only with a body of dialect B', () => {
    const [flat, nested] = [a, b].map((provider) => provider.body(sampleRecipe(), {}, 'the-intent'))
    for (const provider of [a, b]) {
      expect(provider.find?.request(flat ?? '', 'the-intent')).toBeNull()
      expect(provider.idempotentMs(flat ?? '')).toBeNull()
      expect(provider.find?.request(nested ?? '', 'the-intent')).toEqual({
        method: 'POST',
        path: '/v1/tasks/query',
        json: '{"out_task_id":"the-intent"}',
      })
      expect(provider.idempotentMs(nested ?? '')).toBe(12 * 3_600_000)
    }
    expect([a.list, a.capabilities.canLookUp, b.capabilities.canLookUp]).toEqual([null, false, true])
  })

  test("asks in the page's cadence", () => {
    const every = (ageMs: number) => a.cadence.intervalMs(ageMs, sampleRecipe())
    expect([0, 29_999, 30_000, 59_999, 60_000, 9e6].map(every)).toEqual([1000, 1000, 2000, 2000, 5000, 5000])
    expect(a.cadence.requestsPerMinute).toBe(300)
  })
})

test.each([
  [1, 45_000],
  [4, 180_000],
  [5, 225_000],
])('%i s cost about %i micro-dollars', async (durationS, micros) => {
  expect(await a.quote(sampleRecipe({ durationS }), noSend)).toEqual({
    certainty: 'approximate',
    amount: { unit: 'usd', micros },
  })
})

test.each([
  [
    200,
    { user: {}, balance: { available_usd: 12.5 } },
    { kind: 'ok', balance: { unit: 'usd', micros: 12_500_000 } },
  ],
  [200, { user: {}, balance: {} }, { kind: 'ok', balance: null }],
  [200, {}, { kind: 'problem', problem: { kind: 'unreadable' } }],
  [401, { error: { message: 'x', code: 'invalid_api_key' } }, { problem: { kind: 'key-refused' } }],
  [503, { error: { message: 'x', code: 'invalid_api_key' } }, { problem: { kind: 'upstream' } }],
  [403, { error: { message: 'x', code: 'permission_denied' } }, { problem: { kind: 'forbidden' } }],
])('a key test answered %i %j', async (status, json, result) => {
  const asked: string[] = []
  const send = async ({ method, path }: { readonly method: string; readonly path: string }) => {
    asked.push(`${method} ${path}`)
    return answerOf(status, json)
  }
  expect(await a.testKey(send)).toMatchObject(result)
  expect(asked).toEqual(['GET /api/v1/me/account'])
})
