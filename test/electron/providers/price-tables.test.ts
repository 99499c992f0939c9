import { expect, test } from 'vitest'
import { createApiframe } from '../../../electron/providers/apiframe/apiframe'
import { createBytespike } from '../../../electron/providers/bytespike/bytespike'
import { createInferencesh } from '../../../electron/providers/inferencesh/inferencesh'
import { createKrea } from '../../../electron/providers/krea/krea'
import { Unreachable, type RemoteProvider, type Send } from '../../../electron/providers/provider'
import { createUniall } from '../../../electron/providers/uniall/uniall'
import { credits, usd } from '../../../shared/money'
import type { Resolution } from '../../../shared/recipe'
import { answerOf } from '../../support/answers'
import { inferenceshBench } from '../../support/platform-bench'
import { sampleRecipe } from '../../support/samples'

/** Resolution, sound, then dollars for 4, 6 and 8 s. */
type Row = readonly [Resolution, boolean, number, number, number]

/** No platform is asked: what a page lists is known without it. */
const down: Send = async () => {
  throw new Unreachable('down', true)
}

const quoteOf = async (provider: RemoteProvider, resolution: Resolution, audio: boolean, durationS: number) =>
  provider.quote(sampleRecipe({ resolution, audio, durationS }), down)

// Copied by hand from the pages (reference/source): Krea's 18 rows, UniAll's rate and inference.sh's times seconds.
const tables: readonly (readonly [string, RemoteProvider, readonly Row[]])[] = [
  [
    'Krea',
    createKrea(),
    [
      ['720p', false, 0.336, 0.504, 0.672],
      ['720p', true, 0.42, 0.63, 0.84],
      ['1080p', false, 0.42, 0.63, 0.84],
      ['1080p', true, 0.504, 0.756, 1.008],
      ['4k', false, 1.05, 1.575, 2.1],
      ['4k', true, 1.26, 1.89, 2.52],
    ],
  ],
  [
    'UniAll',
    createUniall(),
    [
      ['4k', false, 0.816, 1.224, 1.632],
      ['4k', true, 0.952, 1.428, 1.904],
    ],
  ],
  [
    'inference.sh',
    createInferencesh(),
    [
      ['720p', false, 0.4, 0.6, 0.8],
      ['1080p', false, 0.4, 0.6, 0.8],
      ['720p', true, 1, 1.5, 2],
      ['1080p', true, 1, 1.5, 2],
      ['4k', false, 1.2, 1.8, 2.4],
      ['4k', true, 1.4, 2.1, 2.8],
    ],
  ],
]
const prices = tables.flatMap(([name, provider, rows]) =>
  rows.flatMap(([resolution, audio, ...dollars]) =>
    dollars.map((price, index) => [name, resolution, audio, [4, 6, 8][index] ?? 0, price, provider] as const),
  ),
)

test('there are 18 prices of Krea, 6 of UniAll, and 12 of inference.sh, which has one row for 720p and 1080p', () => {
  const count = (name: string) => prices.filter(([of]) => of === name).length
  expect(['Krea', 'UniAll', 'inference.sh'].map(count)).toEqual([18, 6, 18])
  const rows = tables[2]?.[2] ?? []
  expect(rows[0]?.slice(1)).toEqual(rows[1]?.slice(1))
  expect(rows[2]?.slice(1)).toEqual(rows[3]?.slice(1))
})

test.each(prices)(
  '%s: %s, audio %s, %i s costs $%f',
  async (_name, resolution, audio, durationS, price, provider) => {
    expect(await quoteOf(provider, resolution, audio, durationS)).toEqual({
      certainty: 'listed',
      amount: usd(price),
    })
  },
)

test("the page's own sentences: UniAll's 6 s in 4K, inference.sh's clips of 5 s", async () => {
  expect((await quoteOf(createUniall(), '4k', false, 6)).amount).toEqual(usd(1.224))
  // "$1.25" and "$1.75": its arithmetic, though 5 s cannot be ordered.
  expect((await quoteOf(createInferencesh(), '1080p', true, 5)).amount).toEqual(usd(1.25))
  expect((await quoteOf(createInferencesh(), '4k', true, 5)).amount).toEqual(usd(1.75))
})

test('what ByteSpike bills by its sample is about that: 0.18 for 4 s', async () => {
  expect(await quoteOf(createBytespike(), '720p', false, 4)).toEqual({
    certainty: 'approximate',
    amount: usd(0.18),
  })
})

test('what UniAll asks below 4K is not listed: unknown, and no figure', async () => {
  for (const resolution of ['720p', '1080p'] as const)
    expect(await quoteOf(createUniall(), resolution, false, 8)).toEqual({
      certainty: 'unknown',
      amount: null,
    })
})

test('Apiframe’s own list is in credits, a figure of which its page has none', async () => {
  const listed = { id: 'veo-3.1-fast', pricingMode: 'flat', costMin: 8, costMax: 8 }
  const quote = await createApiframe().quote(sampleRecipe(), async () => answerOf(200, { models: [listed] }))
  expect(quote).toEqual({ certainty: 'listed', amount: credits(8) })
  await expect(quoteOf(createApiframe(), '720p', false, 8)).rejects.toThrow(Unreachable)
})

test('8 s in 4K with audio: $1.904, $2.52 and $2.80 for the same model', async () => {
  const offers = [createUniall(), createKrea(), createInferencesh()]
  const quotes = await Promise.all(offers.map((provider) => quoteOf(provider, '4k', true, 8)))
  expect(quotes.map(({ amount }) => amount)).toEqual([usd(1.904), usd(2.52), usd(2.8)])
  expect(new Set(quotes.map(({ certainty }) => certainty))).toEqual(new Set(['listed']))
})

test('inference.sh’s own estimate, where it answers, counts more than its page', async () => {
  const rates = {
    '720p': { silent: 80_000, audio: 100_000 },
    '1080p': { silent: 100_000, audio: 120_000 },
    '4k': { silent: 250_000, audio: 300_000 },
  }
  const { provider, line, server } = await inferenceshBench({ rates })
  const asked = sampleRecipe({ resolution: '4k', audio: true, durationS: 8 })
  expect(await provider.quote(asked, line.send)).toEqual({ certainty: 'listed', amount: usd(2.4) })
  expect(server.bill.owed()).toBe(0)
})
