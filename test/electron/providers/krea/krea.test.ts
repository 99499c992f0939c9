import { expect, test } from 'vitest'
import { createKrea } from '../../../../electron/providers/krea/krea'
import type { ApiAnswer } from '../../../../electron/providers/provider'
import { recipeMode, slotNames, type Mode, type Resolution, type SlotName } from '../../../../shared/recipe'
import { failure } from '../../../platforms/answer'
import { answerOf } from '../../../support/answers'
import { give, kreaBench, recipeWith, stillOf } from '../../../support/platform-bench'
import { idOf, sampleRecipe } from '../../../support/samples'

const krea = createKrea()
const noSend = () => Promise.reject(new Error('asked'))

test('what is not on the list has no price', async () => {
  expect(await krea.quote(sampleRecipe({ durationS: 5 }), noSend)).toEqual({
    certainty: 'unknown',
    amount: null,
  })
})

// reference/providers.md §3.2, by hand: the pictures of each mode.
const first = 'https://a/first'
const last = 'https://a/last'
test.each<readonly [Mode, readonly SlotName[], object]>([
  ['text', [], {}],
  ['first', ['first'], { start_image: first }],
  ['first-last', ['first', 'last'], { start_image: first, end_image: last }],
  ['last-only', ['last'], { end_image: last }],
  ['references', ['ref1', 'ref3'], { reference_images: ['https://a/ref1', 'https://a/ref3'] }],
  ['sequence', ['first', 'ref2'], { start_image: first, reference_images: ['https://a/ref2'] }],
])('the whole body of mode %s, with every value said', (mode, slots, pictures) => {
  const recipe = recipeWith('i', slots, { resolution: '4k', aspectRatio: '9:16' })
  expect(recipeMode(recipe)).toBe(mode)
  const urls = Object.fromEntries(slotNames.map((slot) => [slot, `https://a/${slot}`]))
  expect(JSON.parse(krea.body(recipe, urls, 'i'))).toEqual({
    prompt: recipe.prompt,
    ...pictures,
    aspect_ratio: '9:16',
    duration: 8,
    generate_audio: false,
    resolution: '4K',
  })
})

test('a clip to go on from is never left out in silence', () => {
  const recipe = recipeWith('i', [], { source: { clip: idOf(1), use: 'extend' } })
  expect(() => krea.body(recipe, { source: 'https://a/clip' }, 'i')).toThrow(
    /Krea takes no clip.*Nothing was sent/,
  )
})

test('requests', () => {
  expect(krea.submitRequest('{}', 'intent')).toEqual({
    method: 'POST',
    path: '/generate/video/google/veo-3.1-fast',
    json: '{}',
  })
  expect(krea.pollRequest('a/../b')).toEqual({ method: 'GET', path: '/jobs/a%2F..%2Fb' })
  expect(krea.cancelRequest?.('id')).toEqual({ method: 'DELETE', path: '/jobs/id' })
  expect(krea.list?.request(null, 5000).path).toBe('/jobs?limit=1000')
  expect(krea.list?.request('2026-11-21T12:00:00+01:00', 0).path).toBe(
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
  const { url, expiresAt } = await give(provider, stillOf(name, type), line, now)
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
  expect(krea.list?.read(answerOf(200, { items }))).toMatchObject({
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
    estimate: null,
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
  const proven = [400, 401, 402, 403, 404, 405, 410, 412, 413, 415, 422, 429, 451]
  expect(kinds((status) => answerOf(status, failure(status, 'no')))).toEqual(proven)
  expect(kinds((status) => ({ ...answerOf(status, {}), text: '<html>' }))).toEqual(proven)
})
