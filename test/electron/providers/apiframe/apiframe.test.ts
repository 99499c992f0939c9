import { expect, test } from 'vitest'
import { createApiframe } from '../../../../electron/providers/apiframe/apiframe'
import {
  Unreachable,
  type ApiRequest,
  type ListedJob,
  type Send,
} from '../../../../electron/providers/provider'
import { credits } from '../../../../shared/money'
import { recipeMode, slotNames, type Mode, type SlotName } from '../../../../shared/recipe'
import { answerOf } from '../../../support/answers'
import { failureOf } from '../../../support/failure'
import { lineTo } from '../../../support/lines'
import { apiframeBench, give, recipeWith, stillOf } from '../../../support/platform-bench'
import { idOf, sampleRecipe } from '../../../support/samples'

const apiframe = createApiframe()
const unknown = { certainty: 'unknown', amount: null }
const minute = 60_000

test('the whole body, with every value said', () => {
  const recipe = recipeWith('i', ['ref1', 'ref2'], { negativePrompt: 'rain', seed: 0, audio: true })
  expect(JSON.parse(apiframe.body(recipe, { ref1: 'https://a/1', ref2: 'https://a/2' }, 'i'))).toEqual({
    model: 'veo-3.1-fast',
    prompt: recipe.prompt,
    veoParams: {
      reference_images: ['https://a/1', 'https://a/2'],
      resolution: '720p',
      generate_audio: true,
      negative_prompt: 'rain',
      seed: 0,
      duration: 8,
      aspect_ratio: '16:9',
    },
  })
})

// reference/providers.md §2.2, by hand: the pictures of each mode.
const first = 'https://a/first'
const last = 'https://a/last'
test.each<readonly [Mode, readonly SlotName[], object]>([
  ['text', [], {}],
  ['first', ['first'], { image: first }],
  ['first-last', ['first', 'last'], { image: first, last_frame: last }],
  ['last-only', ['last'], { last_frame: last }],
  ['references', ['ref3'], { reference_images: ['https://a/ref3'] }],
  ['sequence', ['last', 'ref2'], { last_frame: last, reference_images: ['https://a/ref2'] }],
])('the whole body of mode %s', (mode, slots, pictures) => {
  const recipe = recipeWith('i', slots, { durationS: 6 })
  expect(recipeMode(recipe)).toBe(mode)
  const urls = Object.fromEntries(slotNames.map((slot) => [slot, `https://a/${slot}`]))
  expect(JSON.parse(apiframe.body(recipe, urls, 'i'))).toEqual({
    model: 'veo-3.1-fast',
    prompt: recipe.prompt,
    veoParams: { ...pictures, resolution: '720p', generate_audio: false, duration: 6, aspect_ratio: '16:9' },
  })
})

test('a clip to go on from is never left out in silence', () => {
  const recipe = recipeWith('i', [], { source: { clip: idOf(1), use: 'edit' } })
  expect(() => apiframe.body(recipe, {}, 'i')).toThrow(/Apiframe takes no clip.*Nothing was sent/)
})

test('requests', () => {
  expect(apiframe.submitRequest('{}', 'intent')).toEqual({
    method: 'POST',
    path: '/v2/videos/generate',
    json: '{}',
    headers: { 'idempotency-key': 'intent' },
  })
  expect(() => apiframe.submitRequest('{}', 'x'.repeat(256))).toThrow('not an Idempotency-Key')
  expect(apiframe.submitRequest('{}', 'x'.repeat(255)).headers).toBeDefined()
  expect(apiframe.pollRequest('a/b').path).toBe('/v2/jobs/a%2Fb')
  expect(apiframe.list?.request('a=&b', 500).path).toBe('/v2/jobs?limit=100&cursor=a%3D%26b')
})

test('asks every 5 s at first, then up to 10 s, and keeps half of the known limit', () => {
  const ages = [0, 60_000, 90_000, 120_000, 3_600_000]
  expect(ages.map((age) => apiframe.cadence.intervalMs(age, sampleRecipe()))).toEqual([
    5000, 5000, 7500, 10_000, 10_000,
  ])
  expect([apiframe.cadence.requestsPerMinute, apiframe.idempotentMs('{}')]).toEqual([250, 12 * 60 * minute])
})

test('reads its list page by page', async () => {
  const { list, started, server } = await apiframeBench()
  const ids: string[] = []
  for (const intent of ['a', 'b', 'c']) ids.unshift(await started(recipeWith(intent), intent))
  const seen: ListedJob[] = []
  let cursor: string | null = null
  do {
    const page = await list(cursor, 2)
    seen.push(...page.jobs)
    cursor = page.next
  } while (cursor !== null)
  expect(seen).toHaveLength(9)
  expect(seen.filter(({ remoteId }) => ids.includes(remoteId)).map(({ remoteId }) => remoteId)).toEqual(ids)
  expect(seen[0]?.prompt).toBe('red fox intent:c')
  expect(server.record.violations).toEqual([])
})

test('a key is tested with the balance of its team', async () => {
  const { provider, line } = await apiframeBench({ balance: 321 })
  expect(await provider.testKey(line.send)).toEqual({ kind: 'ok', balance: credits(321) })
  const answers =
    (json: unknown): Send =>
    async () =>
      answerOf(200, json)
  expect(await provider.testKey(answers({ user: { id: 'u' }, team: null }))).toEqual({
    kind: 'ok',
    balance: null,
  })
  expect(await provider.testKey(answers({ hello: 1 }))).toMatchObject({ problem: { kind: 'unreadable' } })
})

test('an upload says when it ends, on the clock of this computer', async () => {
  const { provider, line, server, now } = await apiframeBench({ uploadTtlMs: 90 * minute })
  const oursIsLate = () => now() - 7 * minute
  const { url, expiresAt } = await give(provider, stillOf('a.png'), line, oursIsLate)
  expect(expiresAt).toBe(oursIsLate() + 90 * minute)
  expect((await fetch(url)).status).toBe(200)
  const silent: Send = async () => answerOf(201, { url: 'https://a/b.png' })
  expect((await give(provider, stillOf('a.png'), { send: silent }, () => 5)).expiresAt).toBe(5 + 60 * minute)
  expect(server.record.violations).toEqual([])
})

test('quotes from the live list, without a key, and asks once in ten minutes', async () => {
  const { provider, server } = await apiframeBench({ price: { pricingMode: 'flat', credits: 7 } })
  const { send } = lineTo(provider, null)
  const asked = () => server.record.requests.filter(({ url }) => url.startsWith('/v2/models')).length
  const quotes = await Promise.all([1, 2, 3].map(() => provider.quote(sampleRecipe(), send)))
  expect(quotes).toEqual(Array.from({ length: 3 }, () => ({ certainty: 'listed', amount: credits(7) })))
  expect(asked()).toBe(1)
  server.setPrice({ pricingMode: 'flat', credits: 9 })
  server.clock.advance(10 * minute - 1)
  expect(await provider.quote(sampleRecipe(), send)).toMatchObject({ amount: credits(7) })
  server.clock.advance(1)
  expect(await provider.quote(sampleRecipe(), send)).toMatchObject({ amount: credits(9) })
  expect(asked()).toBe(2)
  expect(server.record.requests.every(({ headers }) => !('x-api-key' in headers))).toBe(true)
})

test('at Generate a list that is older than a minute is asked for anew; without an answer it counts', async () => {
  const { provider, server } = await apiframeBench({ price: { pricingMode: 'flat', credits: 12 } })
  const { send } = lineTo(provider, null)
  await provider.quote(sampleRecipe(), send)
  server.setPrice({ pricingMode: 'flat', credits: 40 })
  server.clock.advance(minute)
  expect(await provider.quote(sampleRecipe(), send, minute)).toMatchObject({ amount: credits(40) })
  server.clock.advance(minute)
  const cut = () => Promise.reject(new Unreachable('down', true))
  expect(await provider.quote(sampleRecipe(), cut, minute)).toMatchObject({ amount: credits(40) })
})

test.each(['object', 'list'] as const)(
  'reads a list of models that is a bare %s, never too low',
  async (modelsShape) => {
    const { provider, server, line } = await apiframeBench({ modelsShape })
    const prices = [
      { pricingMode: 'per-output', table: { 4: [3, 5], 6: [4, 6], 8: [5, 8] } },
      { pricingMode: 'per-second', silent: 0.6, audio: 0.9 },
      { pricingMode: 'flat', credits: 4 },
    ] as const
    for (const [index, price] of prices.entries()) {
      server.setPrice(price)
      server.clock.advance(11 * minute)
      for (const audio of [false, true]) {
        for (const durationS of [4, 6, 8]) {
          const intent = `p${index}-${audio}-${durationS}`
          const recipe = recipeWith(intent, [], { audio, durationS })
          const quote = await provider.quote(recipe, line.send)
          const body = provider.body(recipe, {}, intent)
          const id = provider.readSubmit(await line.submit(provider.submitRequest(body, intent)))
          const charge = server.jobs.find('studio', id.kind === 'accepted' ? id.remoteId : '')?.charge ?? 0
          expect(charge).toBeGreaterThan(0)
          expect(quote.certainty).toBe(price.pricingMode === 'flat' ? 'listed' : 'approximate')
          expect(quote.amount?.micros).toBeGreaterThanOrEqual(charge * 1e6)
        }
      }
    }
  },
)

const model = { id: 'veo-3.1-fast', pricingMode: 'flat', costMin: 3, costMax: 3 }
test.each([
  ['another model only', { models: [{ ...model, id: 'veo-3.1' }] }],
  ['no figure', { models: [{ ...model, costMax: null }] }],
  ['a figure that is no number', { models: [{ ...model, costMax: '3' }] }],
  ['nothing', { models: [{ ...model, costMax: 0 }] }],
  ['a way of pricing that is new', { models: [{ ...model, pricingMode: 'per-token' }] }],
])('a price list with %s: the price is unknown', async (_what, json) => {
  const send: Send = async () => answerOf(200, json)
  expect(await createApiframe({ now: () => 0 }).quote(sampleRecipe(), send)).toEqual(unknown)
})

test.each([
  ['no list of models in the answer', 200, { models: 'none' }],
  ['answer 500', 500, { error: 'x' }],
] as const)('no price list but %s: why there is no price', async (details, status, json) => {
  const send: Send = async () => answerOf(status, json)
  const failure = await failureOf(() => createApiframe({ now: () => 0 }).quote(sampleRecipe(), send))
  expect([failure.code, failure.details]).toEqual(['unknown-answer', details])
})

test('not reachable: no price, and asked again soon but not for each recipe', async () => {
  let at = 0
  const asked: ApiRequest[] = []
  const { quote } = createApiframe({ now: () => at })
  const down: Send = async (request) => {
    asked.push(request)
    throw new Unreachable('down', true)
  }
  for (let count = 0; count < 5; count += 1) {
    await expect(quote(sampleRecipe(), down)).rejects.toThrow(Unreachable)
  }
  expect(asked).toHaveLength(1)
  at = 5_000
  expect(await quote(sampleRecipe(), async () => answerOf(200, [model]))).toMatchObject({
    amount: credits(3),
  })
})

const body = apiframe.body(recipeWith('i', ['first'], { seed: 4 }), { first: 'https://a/1' }, 'i')
const sent = JSON.parse(body)
const { prompt, model: name, veoParams } = sent
const { seed: _seed, ...withoutSeed } = veoParams
test.each([
  ['the very body', sent, 'certain'],
  [
    'its keys in another order',
    { veoParams: Object.fromEntries(Object.entries(veoParams).toReversed()), prompt, model: name },
    'certain',
  ],
  ['nothing', undefined, 'possible'],
  ['null', null, 'possible'],
  ['another shape', { text: prompt }, 'possible'],
  ['defaults that the platform added', { ...sent, webhookUrl: null }, 'possible'],
  ['a value left out', { ...sent, veoParams: withoutSeed }, 'possible'],
  [
    'its own copy of the picture',
    { ...sent, veoParams: { ...veoParams, image: 'https://cdn/2' } },
    'possible',
  ],
  ['another prompt', { ...sent, prompt: 'a colleague' }, 'no'],
  ['another seed', { ...sent, veoParams: { ...veoParams, seed: 5 } }, 'no'],
  ['other sound', { ...sent, veoParams: { ...veoParams, generate_audio: true } }, 'no'],
  ['another resolution', { ...sent, veoParams: { ...veoParams, resolution: '1080p' } }, 'no'],
] as const)('a listed job that shows %s', (_what, input, verdict) => {
  const reading = { kind: 'running', word: 'QUEUED', progress: null } as const
  expect(apiframe.matches(body, { remoteId: 'x', createdAt: null, reading, input, prompt: '' })).toBe(verdict)
})

test.each(['null', 'missing'] as const)('a list whose input is %s proves nothing', async (inputShown) => {
  const { provider, started, listed } = await apiframeBench({ inputShown })
  const job = await listed(await started(recipeWith('i')))
  expect(job?.prompt).toBe('')
  expect(job && provider.matches(provider.body(recipeWith('i'), {}, 'i'), job)).toBe('possible')
})
