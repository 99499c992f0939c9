import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createApiframe } from '../../../electron/providers/apiframe/apiframe'
import { createBytespike } from '../../../electron/providers/bytespike/bytespike'
import { createInferencesh } from '../../../electron/providers/inferencesh/inferencesh'
import { createKrea } from '../../../electron/providers/krea/krea'
import type { MediaUrls, RemoteProvider } from '../../../electron/providers/provider'
import { createUniall } from '../../../electron/providers/uniall/uniall'
import type { Quote } from '../../../shared/money'
import { recipeMode, slotNames } from '../../../shared/recipe'
import type { Recipe } from '../../../shared/recipe-schema'
import { blockers, validate } from '../../../shared/validate/validate'
import { apiframeBody } from '../../platforms/apiframe/apiframe-schema'
import { bytespikePrice } from '../../platforms/bytespike/bytespike-money'
import {
  inferenceshInput,
  inferenceshPageRates,
  inferenceshPrice,
  inferenceshRun,
} from '../../platforms/inferencesh/inferencesh-schema'
import { kreaBody, kreaPrice } from '../../platforms/krea/krea-schema'
import { uniallPrice } from '../../platforms/uniall/uniall-price'
import { recipesNear, recipesWithSource } from '../../support/any-recipe'
import { sampleRecipe } from '../../support/samples'
import { seed } from '../../support/seed'

const still = 'a'.repeat(64)
const urlOf = (place: string) => `https://cdn.example.com/${place}`
const urls: MediaUrls = Object.fromEntries([...slotNames, 'source'].map((place) => [place, urlOf(place)]))
const known = { still: () => undefined, clip: () => undefined, hasBucket: true }
const speaking = (dialect: string) => ({ settings: () => ({ origin: null, dialect }) })

const platforms: readonly (readonly [string, RemoteProvider])[] = [
  ['Krea', createKrea()],
  ['Apiframe', createApiframe()],
  ['UniAll', createUniall()],
  ['UniAll, docs', createUniall(speaking('docs'))],
  ['ByteSpike A', createBytespike()],
  ['ByteSpike B', createBytespike(speaking('B'))],
  ['inference.sh', createInferencesh()],
  ['inference.sh, page', createInferencesh(speaking('page'))],
]

/** Recipes that the composer lets through for the provider, with "send anyway" where it asks. */
const validFor = (provider: RemoteProvider) =>
  fc
    .oneof({ weight: 5, arbitrary: recipesNear(provider) }, recipesWithSource(provider))
    .filter((recipe) => blockers(validate(recipe, provider, known)).length === 0)

describe.each(platforms)('%s', (_name, provider) => {
  test('nothing that the user chose is lost or changed, and nothing is null', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(validFor(provider), (recipe) => {
        seen.add(recipeMode(recipe))
        const body = provider.body(recipe, urls, 'intent')
        const length = recipeMode(recipe) === 'extend' ? {} : { durationS: recipe.durationS }
        expect(choices(JSON.parse(body))).toEqual({
          prompt: recipe.prompt,
          negativePrompt: recipe.negativePrompt,
          seed: recipe.seed,
          ...length,
          resolution: recipe.resolution,
          aspectRatio: recipe.aspectRatio,
          audio: recipe.audio,
          noPeople: recipe.noPeople,
          source: recipe.source ? urlOf('source') : undefined,
          pictures: slotNames.filter((slot) => recipe.slots[slot]).map(urlOf),
        })
        expect(Object.values(JSON.parse(body))).not.toContain(null)
      }),
      { seed, numRuns: 400 },
    )
    const { modes } = provider.capabilities
    expect(modes.filter((mode) => !seen.has(mode))).toEqual([])
  })

  test('the same recipe and intent give the same bytes', () => {
    fc.assert(
      fc.property(validFor(provider), (recipe) => {
        expect(provider.body(structuredClone(recipe), urls, 'i')).toBe(provider.body(recipe, urls, 'i'))
      }),
      { seed },
    )
  })

  test('a picture or clip that was not handed over is never left out in silence', () => {
    const first = sampleRecipe({ slots: { first: still } })
    expect(() => provider.body(first, {}, 'i')).toThrow('the picture in first was not handed over')
    const source = sampleRecipe({ source: { clip: still.slice(0, 20), use: 'extend' } })
    expect(() => provider.body(source, {}, 'i')).toThrow(/not handed over|Nothing was sent/)
  })
})

test('the body alone says that it was sent with our own id: in dialect B of ByteSpike', () => {
  for (const [name, { body }] of platforms) {
    expect([name, body(sampleRecipe(), urls, 'the-intent').includes('the-intent')]).toEqual([
      name,
      name === 'ByteSpike B',
    ])
  }
})

/** What each contract server charges for a body, micro-dollars. */
const charges: readonly (readonly [string, RemoteProvider, (body: unknown, recipe: Recipe) => number])[] = [
  ['Krea', createKrea(), (body) => kreaPrice(kreaBody.parse(body))],
  [
    'inference.sh',
    createInferencesh(),
    (body) =>
      inferenceshPrice(inferenceshPageRates, inferenceshInput.parse(inferenceshRun.parse(body).input)),
  ],
  ['ByteSpike', createBytespike(), (_body, { durationS }) => bytespikePrice('A', durationS)],
  [
    'UniAll',
    createUniall(),
    (_body, { resolution, audio, durationS }) => uniallPrice({ tier: resolution, audio, seconds: durationS }),
  ],
]

test.each(charges)(
  'what %s quotes is what its server charges, or it says that it does not know',
  async (_name, provider, charge) => {
    const asked = new Error('asked')
    const noSend = () => Promise.reject(asked)
    const toldNothing = (error: unknown): Quote => {
      if (error !== asked) throw error
      return { certainty: 'unknown', amount: null }
    }
    let priced = 0
    await fc.assert(
      fc.asyncProperty(validFor(provider), async (recipe) => {
        const { certainty, amount } = await provider.quote(recipe, noSend).catch(toldNothing)
        if (certainty === 'unknown') return
        priced += 1
        const body: unknown = JSON.parse(provider.body(recipe, urls, 'i'))
        expect(amount).toEqual({ unit: 'usd', micros: charge(body, recipe) })
      }),
      { seed },
    )
    expect(priced).toBeGreaterThan(10)
  },
)

test('the schema of Apiframe fills in nothing that we left to it', () => {
  const provider = createApiframe()
  fc.assert(
    fc.property(validFor(provider), (recipe) => {
      const body: unknown = JSON.parse(provider.body(recipe, urls, 'i'))
      expect(apiframeBody.parse(body)).toEqual(body)
    }),
    { seed },
  )
})

/** The choices in any platform's body, by our names. */
function choices({
  input,
  params,
  veoParams,
  extra_body,
  ...top
}: Readonly<Record<string, object>>): unknown {
  const all: Record<string, unknown> = { ...top, ...input, ...params, ...veoParams, ...extra_body }
  const given = (...names: readonly string[]) =>
    names.map((name) => all[name]).find((value) => value !== undefined)
  const isReference = all['generation_mode'] === 'reference_media_to_video'
  const named = isReference ? all['image_url'] : undefined
  const first = given(
    'start_image',
    'image',
    'first_image_url',
    'image_init',
    ...(isReference ? [] : ['image_url']),
  )
  const last = given('end_image', 'last_frame', 'last_image_url', 'last_image')
  const references = [all['reference_images'] ?? named].flat()
  const duration = given('duration', 'duration_seconds')
  return {
    prompt: all['prompt'],
    negativePrompt: all['negative_prompt'] ?? '',
    seed: all['seed'] ?? null,
    ...(duration === undefined ? {} : { durationS: duration }),
    resolution: z.string().parse(given('resolution', 'size')).toLowerCase(),
    aspectRatio: all['aspect_ratio'],
    audio: all['generate_audio'] ?? false,
    noPeople: all['person_generation'] === 'disallow',
    source: given('video', 'video_url'),
    pictures: [first, last, ...references].filter((url) => url !== undefined),
  }
}
