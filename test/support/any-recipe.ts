import * as fc from 'fast-check'
import type { Provider } from '../../shared/provider'
import {
  aspectRatios,
  maxNegativePromptLength,
  maxPromptLength,
  maxSeed,
  recipeMode,
  resolutions,
  slotNames,
  sourceUses,
} from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import { idOf } from './samples'

const still = 'a'.repeat(64)
const clip = idOf(3)

/** Texts of every kind, and some as long as they may be. */
const texts = (most: number) =>
  fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constantFrom('"\\\u2028\u0000', '\uD83E', '雪'.repeat(200), 'x'.repeat(most)),
  )

const prompts = fc.oneof(
  texts(maxPromptLength),
  fc.constantFrom('x'.repeat(2000), 'x'.repeat(4000), 'x'.repeat(4001)),
  fc.constantFrom('', '   ', '\n\t'),
)
const negativePrompts = fc.oneof(
  fc.constant(''),
  texts(maxNegativePromptLength),
  fc.constantFrom('x'.repeat(2000), 'x'.repeat(2001)),
)
const slots = fc
  .subarray([...slotNames])
  .map((names) => Object.fromEntries(names.map((name) => [name, still])))
const fillings = [
  [],
  ['first'],
  ['first', 'last'],
  ['last'],
  ['ref1'],
  ['ref2'],
  ['ref1', 'ref2', 'ref3'],
  ['first', 'ref1'],
].map((names): Recipe['slots'] => Object.fromEntries(names.map((name) => [name, still])))
const sources = fc.option(fc.constantFrom(...sourceUses).map((use) => ({ clip, use })))
const durations = fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 60 }))
const seeds = fc.option(fc.oneof(fc.constantFrom(0, maxSeed), fc.integer({ min: 0, max: maxSeed })))

const fields = {
  prompt: prompts,
  negativePrompt: negativePrompts,
  slots,
  links: fc.constant<Recipe['links']>({}),
  source: sources,
  durationS: durations,
  resolution: fc.constantFrom(...resolutions),
  aspectRatio: fc.constantFrom(...aspectRatios),
  audio: fc.boolean(),
  noPeople: fc.boolean(),
  seed: seeds,
}

/** Every recipe that the window can make, without pasted addresses. */
export const anyRecipe: fc.Arbitrary<Recipe> = fc.record(fields)

/** Recipes of which most values, but seldom all, are what the provider takes. */
export function recipesNear({ capabilities }: Pick<Provider, 'capabilities'>): fc.Arbitrary<Recipe> {
  const {
    modes,
    durationsS,
    resolutions: sizes,
    aspectRatios: shapes,
    negativePrompt,
    seed,
    audio,
  } = capabilities
  const mostly = <T>(own: fc.Arbitrary<T>, any: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 5, arbitrary: own }, { weight: 1, arbitrary: any })
  const usual = texts(capabilities.maxPrompt).filter((text) => text.trim() !== '')
  const own = fillings.filter((filled) => modes.includes(recipeMode({ slots: filled, source: null })))
  return fc.record({
    ...fields,
    prompt: mostly(usual, prompts),
    negativePrompt: mostly(
      negativePrompt === 'no'
        ? fc.constant('')
        : fc.oneof(fc.constant(''), texts(capabilities.maxNegativePrompt)),
      negativePrompts,
    ),
    slots: mostly(fc.constantFrom(...own), slots),
    source: mostly(fc.constant(null), sources),
    durationS: mostly(fc.constantFrom(...durationsS), durations),
    resolution: mostly(fc.constantFrom(...sizes), fields.resolution),
    aspectRatio: mostly(fc.constantFrom(...shapes), fields.aspectRatio),
    noPeople: mostly(capabilities.noPeople === 'no' ? fc.constant(false) : fc.boolean(), fc.boolean()),
    audio: mostly(audio === 'no' ? fc.constant(false) : fc.boolean(), fc.boolean()),
    seed: mostly(seed === 'no' ? fc.constant(null) : seeds, seeds),
  })
}

/** Recipes with a source clip and else little. */
export function recipesWithSource(provider: Pick<Provider, 'capabilities'>): fc.Arbitrary<Recipe> {
  return fc
    .record({
      recipe: recipesNear(provider),
      use: fc.constantFrom(...sourceUses),
      durationS: durations,
      bare: fc.boolean(),
    })
    .map(({ recipe, use, durationS, bare }) => ({
      ...recipe,
      durationS,
      source: { clip, use },
      slots: bare ? {} : recipe.slots,
    }))
}
