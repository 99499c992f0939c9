import { expect, test } from 'vitest'
import { maxPromptLength } from '../../shared/recipe'
import { recipeSchema } from '../../shared/recipe-schema'
import { sampleRecipe } from '../support/samples'

const still = 'a'.repeat(64)

const good: readonly (readonly [string, object])[] = [
  ['as it is', {}],
  ['every slot filled', { slots: { first: still, last: still, ref1: still, ref2: still, ref3: still } }],
  ['the longest prompt', { prompt: 'x'.repeat(maxPromptLength) }],
  ['any characters', { prompt: '雪\u0000🦊\u202e<script>' }],
]

test.each(good)('taken: %s', (_name, change) => {
  const recipe = { ...sampleRecipe(), ...change }
  expect(recipeSchema.parse(recipe)).toEqual(recipe)
})

const bad: readonly (readonly [string, object])[] = [
  ['a prompt that is too long', { prompt: 'x'.repeat(maxPromptLength + 1) }],
  ['no prompt', { prompt: undefined }],
  ['an unknown slot', { slots: { fourth: still } }],
  ['a slot named like a prototype', { slots: JSON.parse(`{"__proto__x":"${still}"}`) }],
  ['a path for a still', { slots: { first: '../../etc/passwd' } }],
  ['an upper-case still id', { slots: { first: still.toUpperCase() } }],
  ['a still id with a line end', { slots: { first: `${still}\n` } }],
  ['half a second', { durationS: 4.5 }],
  ['no seconds', { durationS: 0 }],
  ['61 seconds', { durationS: 61 }],
  ['not a number', { durationS: Number.NaN }],
  ['seconds as text', { durationS: '4' }],
  ['another resolution', { resolution: '480p' }],
  ['another shape', { aspectRatio: '4:3' }],
]

test.each(bad)('refused: %s', (_name, change) => {
  expect(recipeSchema.safeParse({ ...sampleRecipe(), ...change }).success).toBe(false)
})
