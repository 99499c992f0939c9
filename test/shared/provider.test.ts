import { expect, test } from 'vitest'
import { animatic, providerIds, validate, type Provider } from '../../shared/provider'
import { providerIdSchema } from '../../shared/provider-schema'
import type { Recipe } from '../../shared/recipe-schema'
import { sampleRecipe } from '../support/samples'

const a = 'a'.repeat(64)
const b = 'b'.repeat(64)

const accepted: readonly (readonly [string, Partial<Recipe>])[] = [
  ['text only', {}],
  ['a picture without words', { prompt: '', slots: { first: a } }],
  ['first and last', { slots: { first: a, last: b } }],
  ['references only', { prompt: ' ', slots: { ref2: a } }],
  ['the shortest', { durationS: 1 }],
  ['the longest', { durationS: 8 }],
  ['the longest prompt', { prompt: 'x'.repeat(4000) }],
]

test.each(accepted)('the animatic takes %s', (_name, change) => {
  expect(validate(sampleRecipe(change), animatic)).toEqual([])
})

const refused: readonly (readonly [string, Partial<Recipe>, RegExp])[] = [
  ['nothing at all', { prompt: ' \n\t' }, /picture or write a prompt/],
  ['9 seconds', { durationS: 9 }, /cannot make 9 s/],
  ['a prompt one too long', { prompt: 'x'.repeat(4001) }, /4000 characters; the prompt is 1 too long/],
]

test.each(refused)('the animatic refuses %s', (_name, change, reason) => {
  const objections = validate(sampleRecipe(change), animatic)
  expect(objections).toHaveLength(1)
  expect(objections[0]?.reason).toMatch(reason)
})

test('a last frame alone is refused with one click that mends it', () => {
  const [objection, ...more] = validate(sampleRecipe({ slots: { last: b } }), animatic)
  expect(more).toEqual([])
  expect(objection?.reason).toBe('A last frame needs a first frame.')
  const mended = objection?.fix?.recipe
  expect(mended?.slots).toEqual({ first: b })
  expect(mended && validate(mended, animatic)).toEqual([])
})

test('everything wrong is told at once', () => {
  const narrow: Provider = {
    id: 'animatic',
    name: 'Narrow',
    capabilities: {
      modes: ['text'],
      durationsS: [4],
      resolutions: ['720p'],
      aspectRatios: ['16:9'],
      maxPrompt: 3,
    },
  }
  const recipe = sampleRecipe({
    prompt: 'four',
    slots: { first: a },
    durationS: 5,
    resolution: '4k',
    aspectRatio: '1:1',
  })
  const reasons = validate(recipe, narrow).map(({ reason }) => reason)
  expect(reasons).toHaveLength(5)
  expect(reasons.join(' ')).toMatch(/pictures.*1 too long.*5 s.*4k.*1:1/)
})

test('ids of providers are a closed list', () => {
  for (const id of providerIds) expect(providerIdSchema.parse(id)).toBe(id)
  for (const id of ['', 'Animatic', 'constructor']) expect(providerIdSchema.safeParse(id).success).toBe(false)
})
