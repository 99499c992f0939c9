import { expect, test } from 'vitest'
import { createKrea } from '../../../electron/providers/krea'
import type { ApiAnswer } from '../../../electron/providers/provider'
import type { Resolution } from '../../../shared/recipe'
import { failure } from '../../platforms/answer'
import { answerOf } from '../../support/answers'
import { kreaBench, recipeWith, stillOf } from '../../support/platform-bench'
import { sampleRecipe } from '../../support/samples'

const krea = createKrea()
const noSend = () => Promise.reject(new Error('asked'))

// reference/providers.md §3.7, copied by hand: resolution, sound, then 4, 6 and 8 seconds in dollars.
const table: readonly (readonly [Resolution, boolean, number, number, number])[] = [
  ['720p', false, 0.336, 0.504, 0.672],
  ['720p', true, 0.42, 0.63, 0.84],
  ['1080p', false, 0.42, 0.63, 0.84],
  ['1080p', true, 0.504, 0.756, 1.008],
  ['4k', false, 1.05, 1.575, 2.1],
  ['4k', true, 1.26, 1.89, 2.52],
]
const prices = table.flatMap(([resolution, audio, ...dollars]) =>
  dollars.map((price, index) => [resolution, audio, [4, 6, 8][index] ?? 0, price] as const),
)

test('there are 18 prices', () => {
  expect(prices).toHaveLength(18)
})

test.each(prices)('%s, audio %s, %i s costs $%f', async (resolution, audio, durationS, price) => {
  expect(await krea.quote(sampleRecipe({ resolution, audio, durationS }), noSend)).toEqual({
    certainty: 'listed',
    amount: { unit: 'usd', micros: Math.round(price * 1e6) },
  })
})

test('what is not on the list has no price', async () => {
  expect(await krea.quote(sampleRecipe({ durationS: 5 }), noSend)).toEqual({
    certainty: 'unknown',
    amount: null,
  })
})

test('the whole body, with every value said', () => {
  const recipe = recipeWith('i', ['first', 'last'], { resolution: '4k', aspectRatio: '9:16' })
  expect(JSON.parse(krea.body(recipe, { first: 'https://a/1', last: 'https://a/2' }))).toEqual({
    prompt: recipe.prompt,
    start_image: 'https://a/1',
    end_image: 'https://a/2',
    aspect_ratio: '9:16',
    duration: 8,
    generate_audio: false,
    resolution: '4K',
  })
})

test('requests', () => {
  expect(krea.submitRequest('{}', 'intent')).toEqual({
    method: 'POST',
    path: '/generate/video/google/veo-3.1-fast',
    json: '{}',
  })
  expect(krea.pollRequest('a/../b')).toEqual({ method: 'GET', path: '/jobs/a%2F..%2Fb' })
  expect(krea.cancelRequest?.('id')).toEqual({ method: 'DELETE', path: '/jobs/id' })
  expect(krea.listRequest(null, 5000).path).toBe('/jobs?limit=1000')
  expect(krea.listRequest('2026-11-21T12:00:00+01:00', 0).path).toBe(
    '/jobs?limit=1&cursor=2026-11-21T12%3A00%3A00%2B01%3A00',
  )
})

test('asks every 5 s at first, then up to 15 s, in 4K up to 20 s', () => {
  const every = (ageMs: number, resolution: Resolution) =>
    krea.cadence.intervalMs(ageMs, sampleRecipe({ resolution }))
  const minutes = [0, 1, 2, 3, 4, 60]
  expect(minutes.map((age) => every(age * 60_000, '720p'))).toEqual([
    5000, 5000, 10_000, 15_000, 15_000, 15_000,
  ])
  expect(minutes.map((age) => every(age * 60_000, '4k'))).toEqual([
    5000, 5000, 10_000, 15_000, 20_000, 20_000,
  ])
  expect(krea.cadence.requestsPerMinute).toBe(120)
})

test.each(['next_cursor', 'nextCursor'] as const)(
  'reads its list page by page, by %s',
  async (cursorName) => {
    const { list, started, server } = await kreaBench({
      cursorName,
      foreignJobs: { atStart: 3, perSubmit: 1 },
    })
    const ids: string[] = []
    for (const intent of ['a', 'b', 'c']) ids.unshift(await started(recipeWith(intent), intent))
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await list(cursor, 2)
      expect(page.jobs.length).toBeLessThanOrEqual(2)
      seen.push(...page.jobs.map(({ remoteId }) => remoteId))
      cursor = page.next
    } while (cursor !== null)
    expect(seen).toHaveLength(9)
    expect(seen.filter((id) => ids.includes(id))).toEqual(ids)
    expect(server.record.violations).toEqual([])
  },
)

test('the preview of a job under way is never its clip', async () => {
  const { started, poll, listed, server } = await kreaBench()
  const id = await started(recipeWith('i'))
  server.clock.advance(55_000)
  const running = { kind: 'running', word: 'intermediate-complete', progress: null }
  expect(await poll(id)).toEqual(running)
  expect((await listed(id))?.reading).toEqual(running)
  expect(server.record.violations).toEqual([])
})

test('a key is tested without a balance', async () => {
  const { provider, line } = await kreaBench()
  expect(await provider.testKey(line.send)).toEqual({ kind: 'ok', balance: null })
})

test.each([
  ['a.png', 'png', 'image/png'],
  ['portrait.jpg', 'jpeg', 'image/jpeg'],
  ['square.webp', 'webp', 'image/webp'],
] as const)('uploads %s as it is', async (name, type, mime) => {
  const { provider, line, now, server } = await kreaBench()
  const { url, expiresAt } = await provider.handOver(stillOf(name, type), line.send, now)
  const answer = await fetch(url)
  expect([answer.headers.get('content-type'), expiresAt]).toEqual([mime, null])
  expect((await answer.bytes()).length).toBe(stillOf(name, type).bytes)
  expect(server.record.requests[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
  expect(server.record.violations).toEqual([])
})

const job = { job_id: 'id', status: 'completed' }
const completed = { kind: 'completed', word: 'completed', url: null, expired: false, charged: null }
const readings: readonly (readonly [string, object, object])[] = [
  [
    'its own cost in micro-dollars',
    { ...job, cost_microdollars: 840_000 },
    { ...completed, charged: { unit: 'usd', micros: 840_000 } },
  ],
  [
    'its own cost in dollars',
    { ...job, cost_usd: 1.008 },
    { ...completed, charged: { unit: 'usd', micros: 1_008_000 } },
  ],
  ['a cost that is none', { ...job, cost_usd: -1 }, completed],
  [
    'an address that is none',
    { ...job, result: { urls: ['javascript:alert(1)', 'file:///etc/passwd', 7] } },
    completed,
  ],
  ['a still alone', { ...job, result: { urls: ['https://a/b.png?x=.mp4'] } }, completed],
  [
    'a failure without words',
    { status: 'failed' },
    { kind: 'failed', word: 'failed', message: '', blocked: false, billed: 'no' },
  ],
  [
    'a code that tells more than the words',
    { status: 'failed', error: { code: 'nsfw', message: 'Sorry' } },
    { kind: 'failed', word: 'failed', message: 'Sorry', blocked: true, billed: 'no' },
  ],
]

test.each(readings)('%s', (_what, json, reading) => {
  expect(krea.readPoll(answerOf(200, json))).toEqual(reading)
})

test('jobs of the list that cannot be read are left out', () => {
  const items = [
    job,
    { job_id: 7, status: 'queued' },
    { job_id: 'b' },
    null,
    'x',
    { job_id: 'c', status: 'queued', created_at: 'soon' },
  ]
  expect(krea.readList(answerOf(200, { items }))).toMatchObject({
    kind: 'page',
    jobs: [{ remoteId: 'id' }, { remoteId: 'c', createdAt: null }],
    next: null,
  })
})

test.each([201, 202, 299])('a submit answered %i with an id is accepted', (status) => {
  expect(krea.readSubmit(answerOf(status, { job_id: 'abc', status: 'queued' }))).toEqual({
    kind: 'accepted',
    remoteId: 'abc',
    word: 'queued',
  })
})

test.each([
  { job_id: '' },
  { job_id: null },
  { job_id: 5 },
  { job_id: '../x' },
  { id: 'abc' },
  { job_id: 'a b' },
])('a submit answered 200 with %j is unclear', (json) => {
  expect(krea.readSubmit(answerOf(200, json))).toMatchObject({ kind: 'unclear' })
})

const statuses = Array.from({ length: 500 }, (_, index) => index + 100)

test('of every status it is known whether it proves that nothing was taken', () => {
  const kinds = (answer: (status: number) => ApiAnswer) =>
    statuses.filter((status) => krea.readSubmit(answer(status)).kind === 'rejected')
  const proven = [400, 401, 402, 403, 404, 405, 413, 415, 422, 429, 451]
  expect(kinds((status) => answerOf(status, failure(status, 'no')))).toEqual(proven)
  expect(kinds((status) => ({ ...answerOf(status, {}), text: '<html>' }))).toEqual(proven)
})
