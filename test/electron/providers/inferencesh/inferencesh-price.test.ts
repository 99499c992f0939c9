import { expect, test } from 'vitest'
import { createInferencesh } from '../../../../electron/providers/inferencesh/inferencesh'
import { Unreachable, type ApiRequest, type Send } from '../../../../electron/providers/provider'
import { usd, type Quote } from '../../../../shared/money'
import type { Resolution } from '../../../../shared/recipe'
import { answerOf } from '../../../support/answers'
import { idOf, sampleRecipe } from '../../../support/samples'

const minute = 60_000
const unknown: Quote = { certainty: 'unknown', amount: null }
const listed = (dollars: number): Quote => ({ certainty: 'listed', amount: usd(dollars) })
const source = { clip: idOf(1), use: 'extend' } as const

/** A platform whose app is there, and whose estimate is this. */
function estimating(estimate: unknown, status = 200) {
  const asked: ApiRequest[] = []
  const send: Send = async (request) => {
    asked.push(request)
    if (request.path === '/apps/google/veo-3-1-fast') return answerOf(200, { data: { id: 'app-1' } })
    return answerOf(status, { data: estimate, messages: [] })
  }
  return { send, asked, paths: () => asked.map(({ method, path }) => `${method} ${path}`) }
}

// reference/providers.md §5.8, copied by hand: resolution, sound, then 4, 6 and 8 seconds in dollars.
const table: readonly (readonly [Resolution, boolean, number, number, number])[] = [
  ['720p', false, 0.4, 0.6, 0.8],
  ['720p', true, 1, 1.5, 2],
  ['1080p', false, 0.4, 0.6, 0.8],
  ['1080p', true, 1, 1.5, 2],
  ['4k', false, 1.2, 1.8, 2.4],
  ['4k', true, 1.4, 2.1, 2.8],
]
const prices = table.flatMap(([resolution, audio, ...dollars]) =>
  dollars.map((price, index) => [resolution, audio, [4, 6, 8][index] ?? 0, price] as const),
)

test('there are 18 prices', () => {
  expect(prices).toHaveLength(18)
})

test.each([
  ...prices,
  // The page's own examples, although 5 s cannot be ordered.
  ['1080p', true, 5, 1.25],
  ['4k', true, 5, 1.75],
] as const)('by the page, %s, audio %s, %i s costs $%f', async (resolution, audio, durationS, price) => {
  const noKey: Send = async () => answerOf(401, { title: 'Unauthorized', detail: 'missing key' })
  const quote = createInferencesh().quote(sampleRecipe({ resolution, audio, durationS }), noKey)
  expect(await quote).toEqual(listed(price))
})

test.each<readonly [string, unknown, Quote]>([
  ['exact', { confidence: 'exact', microcents: 120_000_000 }, listed(1.2)],
  ['exact, below a micro-dollar', { confidence: 'exact', microcents: 120_000_149 }, listed(1.200001)],
  ['exact, dear', { confidence: 'exact', microcents: 2_800_000_000 }, listed(28)],
  [
    'a range: its upper end',
    { confidence: 'range', min: 40_000_000, max: 80_000_000, depends_on: ['duration'] },
    { certainty: 'approximate', amount: usd(0.8) },
  ],
  ['unknown', { confidence: 'unknown', pricing_description: 'per second' }, listed(0.4)],
  ['unknown with a figure', { confidence: 'unknown', microcents: 1 }, listed(0.4)],
  ['a range without an end', { confidence: 'range', min: 1 }, listed(0.4)],
  ['exact, but nothing', { confidence: 'exact', microcents: 0 }, listed(0.4)],
  ['exact, but no number', { confidence: 'exact', microcents: '120000000' }, listed(0.4)],
  ['exact, but negative', { confidence: 'exact', microcents: -5 }, listed(0.4)],
  ['nothing', null, listed(0.4)],
])('the estimate is %s', async (_what, estimate, quote) => {
  expect(await createInferencesh().quote(sampleRecipe(), estimating(estimate).send)).toEqual(quote)
})

test('an extension has the price of the estimate, or none', async () => {
  const recipe = sampleRecipe({ source })
  const { send, asked } = estimating({ confidence: 'exact', microcents: 175_000_000 })
  expect(await createInferencesh().quote(recipe, send)).toEqual(listed(1.75))
  expect(JSON.parse(asked[1]?.json ?? '').input).toMatchObject({ video: 'https://example.com/clip.mp4' })
  expect(JSON.parse(asked[1]?.json ?? '').input).not.toHaveProperty('duration')
  const { send: silent } = estimating({ confidence: 'unknown' })
  expect(await createInferencesh().quote(recipe, silent)).toEqual(unknown)
  const cut: Send = () => Promise.reject(new Unreachable('down', true))
  await expect(createInferencesh().quote(recipe, cut)).rejects.toThrow(Unreachable)
})

test('asks for the app once, and for each price once in ten minutes; nothing of the recipe’s own goes along', async () => {
  let at = 0
  const { quote } = createInferencesh({ now: () => at })
  const { send, asked, paths } = estimating({ confidence: 'exact', microcents: 100_000_000 })
  const recipe = sampleRecipe({ prompt: 'a secret', slots: { first: 'a'.repeat(64) }, audio: true })
  const same = { ...recipe, prompt: 'another', slots: {}, aspectRatio: '9:16' } as const
  await Promise.all([quote(recipe, send), quote(same, send), quote({ ...recipe, durationS: 8 }, send)])
  const estimate = 'POST /store/apps/app-1/estimate'
  expect(paths()).toEqual(['GET /apps/google/veo-3-1-fast', estimate, estimate])
  expect(JSON.parse(asked[1]?.json ?? '')).toEqual({
    input: {
      prompt: 'A price is asked for',
      aspect_ratio: '16:9',
      duration: 4,
      resolution: '720p',
      generate_audio: true,
      num_videos: 1,
      person_generation: 'allow_adult',
    },
  })
  at = 10 * minute - 1
  await quote(recipe, send)
  expect(asked).toHaveLength(3)
  at = 10 * minute
  expect(await quote(recipe, send)).toEqual(listed(1))
  expect(asked).toHaveLength(5)
})

test('another origin has prices of its own', async () => {
  let origin: string | null = null
  const { quote } = createInferencesh({ settings: () => ({ origin, dialect: null }), now: () => 0 })
  const { send, asked } = estimating({ confidence: 'exact', microcents: 100_000_000 })
  await quote(sampleRecipe(), send)
  origin = 'https://practice.example'
  await quote(sampleRecipe(), send)
  expect(asked).toHaveLength(4)
})

test.each<readonly [string, Send]>([
  ['not reachable', () => Promise.reject(new Unreachable('down', true))],
  ['answering with an error', async () => answerOf(500, {})],
  ['answering with a page', async () => ({ status: 200, headers: {}, text: '<html>', date: null })],
  ['without the app', async () => answerOf(404, { detail: 'App not found' })],
])('%s: the page’s price, and asked again soon but not for each recipe', async (_what, down) => {
  let at = 0
  let count = 0
  const { quote } = createInferencesh({ now: () => at })
  const counted: Send = (request) => {
    count += 1
    return down(request)
  }
  for (let index = 0; index < 5; index += 1) {
    expect(await quote(sampleRecipe({ durationS: 4 + index }), counted)).toMatchObject({
      certainty: 'listed',
    })
  }
  expect(count).toBe(1)
  at = 5_000
  const { send } = estimating({ confidence: 'exact', microcents: 300_000_000 })
  expect(await quote(sampleRecipe(), send)).toEqual(listed(3))
})

test('no estimate, although the app is there: the page’s price', async () => {
  expect(await createInferencesh().quote(sampleRecipe(), estimating(null, 404).send)).toEqual(listed(0.4))
})

test('at Generate an estimate that is older than a minute is asked for anew, and the app’s id is not', async () => {
  let at = 0
  const { quote } = createInferencesh({ now: () => at })
  const recipe = sampleRecipe()
  await quote(recipe, estimating({ confidence: 'exact', microcents: 100_000_000 }).send)
  at = minute
  const { send, paths } = estimating({ confidence: 'exact', microcents: 300_000_000 })
  expect(await quote(recipe, send, minute)).toEqual(listed(3))
  expect(paths()).toEqual(['POST /store/apps/app-1/estimate'])
  at = 2 * minute
  const cut: Send = () => Promise.reject(new Unreachable('down', true))
  // The dearer one that it told last, not the page's.
  expect(await quote(recipe, cut, minute)).toEqual(listed(3))
})
