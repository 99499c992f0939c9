import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  aspectRatios,
  emptyRecipe,
  outputSize,
  picturesInOrder,
  recipeMode,
  resolutions,
  slotNames,
  sourceUses,
  type Mode,
  type SlotName,
} from '../../shared/recipe'
import { recipeSchema } from '../../shared/recipe-schema'
import { idOf } from '../support/samples'
import { seed } from '../support/seed'

const modes: readonly (readonly [readonly SlotName[], Mode])[] = [
  [[], 'text'],
  [['first'], 'first'],
  [['last'], 'last-only'],
  [['first', 'last'], 'first-last'],
  [['ref1'], 'references'],
  [['ref1', 'ref2', 'ref3'], 'references'],
  [['ref3'], 'references'],
  [['first', 'ref1'], 'sequence'],
  [['last', 'ref2'], 'sequence'],
  [['first', 'last', 'ref1', 'ref2', 'ref3'], 'sequence'],
]

const fill = (names: readonly SlotName[]) => Object.fromEntries(names.map((name) => [name, name.repeat(2)]))

test.each(modes)('slots %j make mode %s', (names, mode) => {
  expect(recipeMode({ slots: fill(names), source: null })).toBe(mode)
})

test.each(sourceUses)('a source clip makes mode %s, whatever else there is', (use) => {
  const source = { clip: idOf(1), use }
  for (const [names] of modes) expect(recipeMode({ slots: fill(names), source })).toBe(use)
})

test('pictures come in the order they are seen: first, references, last', () => {
  const slots = fill(['ref3', 'last', 'ref1', 'first', 'ref2'])
  expect(picturesInOrder({ slots })).toEqual(['firstfirst', 'ref1ref1', 'ref2ref2', 'ref3ref3', 'lastlast'])
})

test('however slots are filled, every filled one is seen once and no empty one is', () => {
  fc.assert(
    fc.property(fc.subarray([...slotNames]), (names) => {
      const pictures = picturesInOrder({ slots: fill(names) })
      expect([...pictures].toSorted()).toEqual(names.map((name) => name.repeat(2)).toSorted())
    }),
    { seed },
  )
})

const sizes = [
  ['720p', '16:9', 1280, 720],
  ['720p', '9:16', 720, 1280],
  ['720p', '1:1', 720, 720],
  ['720p', '4:3', 960, 720],
  ['720p', '3:4', 720, 960],
  ['1080p', '16:9', 1920, 1080],
  ['1080p', '9:16', 1080, 1920],
  ['1080p', '1:1', 1080, 1080],
  ['1080p', '4:3', 1440, 1080],
  ['1080p', '3:4', 1080, 1440],
  ['4k', '16:9', 3840, 2160],
  ['4k', '9:16', 2160, 3840],
  ['4k', '1:1', 2160, 2160],
  ['4k', '4:3', 2880, 2160],
  ['4k', '3:4', 2160, 2880],
] as const

test.each(sizes)('%s at %s is %d x %d', (resolution, aspectRatio, width, height) => {
  expect(outputSize({ resolution, aspectRatio })).toEqual({ width, height })
})

test('the table of sizes is whole, and every side is even', () => {
  expect(sizes).toHaveLength(resolutions.length * aspectRatios.length)
  expect(sizes.flatMap(([, , width, height]) => [width % 2, height % 2]).every((rest) => rest === 0)).toBe(
    true,
  )
})

test('the empty recipe is a valid recipe', () => {
  expect(recipeSchema.parse(emptyRecipe)).toEqual(emptyRecipe)
})

test('recipes of the first version, which lack five fields, are read with their defaults', () => {
  const { negativePrompt: _n, audio: _a, seed: _s, links: _l, source: _c, ...first } = emptyRecipe
  expect(recipeSchema.parse(first)).toEqual(emptyRecipe)
})
