import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { providerIds, type Provider } from '../../shared/provider'
import { animatic, providers } from '../../shared/providers'
import { aspectRatios, resolutions, slotNames } from '../../shared/recipe'
import { recipeSchema, type Recipe } from '../../shared/recipe-schema'
import { validate } from '../../shared/validate'
import { sampleRecipe } from '../support/samples'
import { seed } from '../support/seed'

const a = 'a'.repeat(64)
const b = 'b'.repeat(64)
const { krea, apiframe } = providers

const accepted: readonly (readonly [string, Provider, Partial<Recipe>])[] = [
  ['text only', animatic, {}],
  ['a picture without words', animatic, { prompt: '', slots: { first: a } }],
  ['first and last', animatic, { slots: { first: a, last: b } }],
  ['references only', animatic, { prompt: ' ', slots: { ref2: a } }],
  ['references with frames', animatic, { slots: { first: a, ref2: b } }],
  ['the shortest', animatic, { durationS: 1 }],
  ['the longest', animatic, { durationS: 8 }],
  ['the longest prompt', animatic, { prompt: 'x'.repeat(4000) }],
  ['what it takes no notice of', animatic, { audio: true, seed: 7, negativePrompt: 'blur' }],
  ['4K with sound', krea, { resolution: '4k', audio: true }],
  ['references for 8 s', krea, { durationS: 8, slots: { ref1: a } }],
  ['everything it has', apiframe, { seed: 0, negativePrompt: 'x'.repeat(2000), audio: true, durationS: 6 }],
]

test.each(accepted)('%s: %j', (_name, provider, change) => {
  expect(validate(sampleRecipe(change), provider)).toEqual([])
})

const refused: readonly (readonly [Provider, Partial<Recipe>, string, RegExp, Partial<Recipe> | null])[] = [
  [animatic, { prompt: ' \n\t' }, 'prompt', /picture or write a prompt/, null],
  [animatic, { durationS: 9 }, 'durationS', /cannot make 9 s/, { durationS: 8 }],
  [animatic, { prompt: 'x'.repeat(4001) }, 'prompt', /4000 characters; the prompt is 1 too long/, null],
  [krea, { prompt: '', slots: { first: a } }, 'prompt', /needs a prompt, also with pictures/, null],
  [krea, { durationS: 5 }, 'durationS', /cannot make 5 s/, { durationS: 6 }],
  [krea, { durationS: 4, slots: { ref1: a } }, 'durationS', /4 s from references/, { durationS: 8 }],
  [krea, { aspectRatio: '1:1' }, 'aspectRatio', /cannot make 1:1/, { aspectRatio: '16:9' }],
  [krea, { negativePrompt: 'blur' }, 'negativePrompt', /no negative prompt/, { negativePrompt: '' }],
  [krea, { seed: 0 }, 'seed', /takes no seed/, { seed: null }],
  [
    krea,
    { durationS: 8, slots: { first: a, ref1: b } },
    'slots',
    /references together with frames/,
    { slots: { first: a } },
  ],
  [apiframe, { resolution: '4k' }, 'resolution', /cannot make 4K/, { resolution: '1080p' }],
  [apiframe, { negativePrompt: 'x'.repeat(2001) }, 'negativePrompt', /2000 characters.*1 too long/, null],
]

test.each(refused)(
  '%#: refused with its field, its reason and what mends it',
  (provider, change, field, reason, fix) => {
    const recipe = sampleRecipe(change)
    const [objection, ...more] = validate(recipe, provider)
    expect(more).toEqual([])
    expect(objection).toMatchObject({ field, reason: expect.stringMatching(reason) })
    expect(objection?.fix?.recipe).toEqual(fix === null ? undefined : { ...recipe, ...fix })
  },
)

test('a last frame alone is refused with one click that mends it', () => {
  const [objection, ...more] = validate(sampleRecipe({ slots: { last: b } }), animatic)
  expect(more).toEqual([])
  expect(objection?.reason).toBe('A last frame needs a first frame.')
  expect(objection?.fix?.recipe.slots).toEqual({ first: b })
})

test('everything wrong is told at once', () => {
  const capabilities = {
    ...krea.capabilities,
    modes: ['text'],
    durationsS: [4],
    resolutions: ['720p'],
    aspectRatios: ['16:9'],
    maxPrompt: 3,
    audio: 'no',
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
  const fields = validate(recipe, { ...krea, capabilities }).map(({ field }) => field)
  expect(fields.toSorted()).toEqual(
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
})

const anyRecipe = fc.record({
  prompt: fc.string(),
  negativePrompt: fc.string(),
  audio: fc.boolean(),
  seed: fc.option(fc.nat()),
  slots: fc.subarray([...slotNames]).map((names) => Object.fromEntries(names.map((name) => [name, a]))),
  durationS: fc.integer({ min: 1, max: 60 }),
  resolution: fc.constantFrom(...resolutions),
  aspectRatio: fc.constantFrom(...aspectRatios),
})

test('every fix mends its own objection and makes a valid recipe; all together leave only what needs words', () => {
  fc.assert(
    fc.property(anyRecipe, fc.constantFrom(...providerIds), (recipe, id) => {
      let current: Recipe = recipe
      for (let n = 0; n < 12; n += 1) {
        const [next] = validate(current, providers[id]).filter(({ fix }) => fix)
        if (!next?.fix) break
        const mended = recipeSchema.parse(next.fix.recipe)
        expect(validate(mended, providers[id]).map(({ reason }) => reason)).not.toContain(next.reason)
        current = mended
      }
      expect(validate(current, providers[id]).filter(({ fix }) => fix)).toEqual([])
    }),
    { seed, numRuns: 500 },
  )
})
