import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createApiframe } from '../../../electron/providers/apiframe'
import { createKrea } from '../../../electron/providers/krea'
import type { RemoteProvider, SlotUrls } from '../../../electron/providers/provider'
import { aspectRatios, resolutions, slotNames } from '../../../shared/recipe'
import type { Recipe } from '../../../shared/recipe-schema'
import { validate } from '../../../shared/validate'
import { apiframeBody } from '../../platforms/apiframe-schema'
import { kreaBody, kreaPrice } from '../../platforms/krea-schema'
import { sampleRecipe } from '../../support/samples'
import { seed } from '../../support/seed'

const still = 'a'.repeat(64)
const urlOf = (slot: string) => `https://cdn.example.com/${slot}.png`
const urls: SlotUrls = Object.fromEntries(slotNames.map((slot) => [slot, urlOf(slot)]))

const words = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom('x'.repeat(4000), 'x'.repeat(2000), '"\\\u2028\u0000', '   '),
)

const recipes: fc.Arbitrary<Recipe> = fc.record({
  prompt: words,
  negativePrompt: fc.oneof(fc.constant(''), words),
  slots: fc
    .constantFrom<readonly (typeof slotNames)[number][]>(
      [],
      ['first'],
      ['first', 'last'],
      ['last'],
      ['ref1'],
      ['ref2', 'ref3'],
      ['ref1', 'ref2', 'ref3'],
      ['first', 'ref1'],
    )
    .map((slots) => Object.fromEntries(slots.map((slot) => [slot, still]))),
  durationS: fc.constantFrom(4, 5, 6, 8),
  resolution: fc.constantFrom(...resolutions),
  aspectRatio: fc.constantFrom(...aspectRatios),
  audio: fc.boolean(),
  seed: fc.option(fc.integer({ min: 0, max: 4_294_967_295 })),
})

/** Recipes that the composer lets through for the provider. */
const validFor = (provider: RemoteProvider) =>
  recipes.filter((recipe) => validate(recipe, provider).length === 0)

const platforms = [
  { provider: createKrea(), schema: kreaBody },
  { provider: createApiframe(), schema: apiframeBody },
] as const

describe.each(platforms)('$provider.name', ({ provider, schema }) => {
  test('takes the body of every recipe that passes', () => {
    let passed = 0
    fc.assert(
      fc.property(validFor(provider), (recipe) => {
        const body = provider.body(recipe, urls)
        expect(schema.safeParse(JSON.parse(body)).error).toBeUndefined()
        expect(body).not.toContain('null')
        passed += 1
      }),
      { seed, numRuns: 1000 },
    )
    expect(passed).toBeGreaterThanOrEqual(1000)
  })

  test('nothing that the user chose is lost or changed', () => {
    fc.assert(
      fc.property(validFor(provider), (recipe) => {
        expect(choices(provider.body(recipe, urls))).toEqual({
          prompt: recipe.prompt,
          negativePrompt: recipe.negativePrompt,
          seed: recipe.seed,
          durationS: recipe.durationS,
          resolution: recipe.resolution,
          aspectRatio: recipe.aspectRatio,
          audio: recipe.audio,
          pictures: slotNames.filter((slot) => recipe.slots[slot]).map(urlOf),
        })
      }),
      { seed, numRuns: 500 },
    )
  })

  test('the same recipe gives the same bytes', () => {
    fc.assert(
      fc.property(validFor(provider), (recipe) => {
        expect(provider.body(structuredClone(recipe), urls)).toBe(provider.body(recipe, urls))
      }),
      { seed },
    )
  })

  test('a picture that was not handed over is never left out in silence', () => {
    const recipe = sampleRecipe({ slots: { first: still, last: still }, durationS: 8 })
    expect(() => provider.body(recipe, { first: urlOf('first') })).toThrow(
      'the picture in last was not handed over',
    )
  })
})

test('what Krea quotes is what its server charges, for every recipe', () => {
  const krea = createKrea()
  const noSend = () => Promise.reject(new Error('asked'))
  return fc.assert(
    fc.asyncProperty(validFor(krea), async (recipe) => {
      const charge = kreaPrice(kreaBody.parse(JSON.parse(krea.body(recipe, urls))))
      expect(await krea.quote(recipe, noSend)).toEqual({
        certainty: 'listed',
        amount: { unit: 'usd', micros: charge },
      })
    }),
    { seed },
  )
})

/** The choices in either platform's body, by our names. */
function choices(body: string): unknown {
  const { veoParams, ...flat } = JSON.parse(body)
  const all = { ...flat, ...veoParams }
  const pictures = [
    all.start_image ?? all.image,
    all.end_image ?? all.last_frame,
    ...(all.reference_images ?? []),
  ]
  return {
    prompt: all.prompt,
    negativePrompt: all.negative_prompt ?? '',
    seed: all.seed ?? null,
    durationS: all.duration,
    resolution: all.resolution.toLowerCase(),
    aspectRatio: all.aspect_ratio,
    audio: all.generate_audio,
    pictures: pictures.filter((url) => url !== undefined),
  }
}
