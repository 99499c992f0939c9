import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { remoteProviderIds, type Provider } from '../../../shared/provider'
import { providerIn, providers } from '../../../shared/providers'
import { recipeSchema } from '../../../shared/recipe-schema'
import { nothingKnown, type Known } from '../../../shared/validate/objection'
import { blockers, validate } from '../../../shared/validate/validate'
import { anyRecipe } from '../../support/any-recipe'
import { sampleClip, sampleRecipe } from '../../support/samples'
import { seed } from '../../support/seed'

const a = 'a'.repeat(64)
const { krea, apiframe } = providers

test('everything wrong is told at once', () => {
  const capabilities = {
    ...krea.capabilities,
    modes: ['text'],
    durationsS: [4],
    resolutions: ['720p'],
    aspectRatios: ['16:9'],
    maxPrompt: 3,
    audio: 'no',
    doubts: {},
  } as const
  const recipe = sampleRecipe({
    prompt: 'four',
    slots: { first: a },
    durationS: 5,
    resolution: '4k',
    aspectRatio: '1:1',
    audio: true,
    seed: 1,
    negativePrompt: 'n',
  })
  const objections = validate(recipe, { ...krea, capabilities })
  expect(objections.map(({ field }) => field).toSorted()).toEqual(
    [
      'aspectRatio',
      'audio',
      'durationS',
      'negativePrompt',
      'prompt',
      'resolution',
      'seed',
      'slots',
    ].toSorted(),
  )
  expect(blockers(objections)).toEqual(objections)
})

test('"send anyway" passes what is asked, and nothing that is blocked', () => {
  const recipe = sampleRecipe({ aspectRatio: '1:1', resolution: '4k' })
  const objections = validate(recipe, apiframe)
  expect(objections.map(({ field, weight }) => [field, weight])).toEqual([
    ['resolution', 'blocks'],
    ['aspectRatio', 'asks'],
  ])
  expect(blockers(objections).map(({ field }) => field)).toEqual(['resolution'])
})

const spoken: readonly Provider[] = [
  providers.animatic,
  ...remoteProviderIds.flatMap((id) => [
    providers[id],
    ...providers[id].dialects.slice(1).map((dialect) => providerIn(id, dialect.id)),
  ]),
]
const worlds: readonly Known[] = [
  nothingKnown,
  { ...nothingKnown, hasBucket: true },
  {
    hasBucket: true,
    still: () => ({ type: 'avif', width: 1080, height: 1920, bytes: 90_000_000 }),
    clip: () => ({ ...sampleClip(), bytes: 1e9, media: { ...sampleClip().media, fps: 60, durationS: 90 } }),
  },
]

test('every fix mends its own objection and makes a valid recipe; all together leave only what needs words or a bucket', () => {
  const addresses = fc.constantFrom(10, 2000).map((length) => ({ first: 'https://a/'.padEnd(length, 'x') }))
  const pasted = fc
    .record({ recipe: anyRecipe, links: fc.option(addresses, { nil: {} }) })
    .map(({ recipe, links }) => ({ ...recipe, links }))
  fc.assert(
    fc.property(pasted, fc.constantFrom(...spoken), fc.constantFrom(...worlds), (recipe, provider, known) => {
      let current = recipeSchema.parse(recipe)
      for (let count = 0; count < 14; count += 1) {
        const [next] = validate(current, provider, known).filter(({ fix }) => fix)
        if (!next?.fix) break
        const mended = recipeSchema.parse(next.fix.recipe)
        expect(validate(mended, provider, known).map(({ reason }) => reason)).not.toContain(next.reason)
        current = mended
      }
      const left = validate(current, provider, known)
      expect(left.filter(({ fix }) => fix)).toEqual([])
      for (const { field, opens } of left) expect(field === 'prompt' || opens === 'bucket').toBe(true)
    }),
    { seed, numRuns: 1000 },
  )
})
