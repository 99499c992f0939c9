import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  freeSlots,
  placeStills,
  swapSlots,
  withLink,
  withSource,
  withoutSample,
} from '../../../renderer/composer/placement'
import { slotNames } from '../../../shared/recipe'
import type { Recipe } from '../../../shared/recipe-schema'
import { sampleRecipe } from '../../support/samples'

const slots = fc.dictionary(fc.constantFrom(...slotNames), fc.constantFrom('a', 'b', 'c'))
const recipes = slots.map((filled): Recipe => sampleRecipe({ slots: filled }))

test('pictures fill the free slots in order, and the rest is counted', () => {
  const { recipe, filled, left } = placeStills(sampleRecipe({ slots: { last: 'x' } }), [
    'a',
    'b',
    'c',
    'd',
    'e',
    'f',
  ])
  expect(filled).toEqual(['first', 'ref1', 'ref2', 'ref3'])
  expect(left).toBe(2)
  expect(recipe.slots).toEqual({ first: 'a', last: 'x', ref1: 'b', ref2: 'c', ref3: 'd' })
})

test('a drop on a slot replaces that one, and further pictures go to the free ones', () => {
  const { recipe, filled } = placeStills(sampleRecipe({ slots: { last: 'x' } }), ['a', 'b'], 'last')
  expect(filled).toEqual(['last', 'first'])
  expect(recipe.slots).toEqual({ last: 'a', first: 'b' })
})

test('no picture is lost: each is in a slot or counted, and no other slot changes', () => {
  fc.assert(
    fc.property(
      recipes,
      fc.nat({ max: 8 }),
      fc.option(fc.constantFrom(...slotNames), { nil: undefined }),
      (before, count, target) => {
        const stills = Array.from({ length: count }, (_, index) => `new${index}`)
        const { recipe, filled, left } = placeStills(before, stills, target)
        expect(filled.length + left).toBe(count)
        expect(new Set(filled).size).toBe(filled.length)
        for (const slot of slotNames) {
          const place = filled.indexOf(slot)
          expect(recipe.slots[slot]).toBe(place < 0 ? before.slots[slot] : stills[place])
        }
      },
    ),
  )
})

test('exchanging twice is no change, and an empty slot is left without a key', () => {
  fc.assert(
    fc.property(
      recipes,
      fc.constantFrom(...slotNames),
      fc.constantFrom(...slotNames),
      (recipe, one, other) => {
        const swapped = swapSlots(recipe, one, other)
        expect(swapped.slots[one]).toBe(recipe.slots[other])
        expect(swapSlots(swapped, one, other)).toEqual(recipe)
        expect(Object.values(swapped.slots)).not.toContain(undefined)
      },
    ),
  )
})

test('the free slots are told in the order a drop fills them', () => {
  expect(freeSlots({ slots: { first: 'a', ref2: 'b' } })).toEqual(['last', 'ref1', 'ref3'])
})

const linked = sampleRecipe({
  slots: { first: 'a', last: 'b' },
  links: { first: 'https://a', source: 'https://s' },
})

test('an exchange moves the addresses with the pictures', () => {
  const swapped = swapSlots(linked, 'first', 'last')
  expect(swapped.slots).toEqual({ first: 'b', last: 'a' })
  expect(swapped.links).toEqual({ last: 'https://a', source: 'https://s' })
  expect(swapSlots(linked, 'first', 'ref1').links).toEqual({ ref1: 'https://a', source: 'https://s' })
})

test('a picture that replaces another forgets its address, and only that one', () => {
  const { recipe } = placeStills(withLink(linked, 'last', 'https://b'), ['c', 'd'], 'first')
  expect(recipe.slots).toEqual({ first: 'c', last: 'b', ref1: 'd' })
  expect(recipe.links).toEqual({ last: 'https://b', source: 'https://s' })
})

test('another source clip forgets the address of the one before, never those of pictures', () => {
  expect(withSource(linked, 'x', 'edit')).toMatchObject({
    source: { clip: 'x', use: 'edit' },
    links: { first: 'https://a' },
  })
  expect(withSource(linked, 'x', 'edit').links).not.toHaveProperty('source')
})

test('own pictures leave nothing of the sample but its settings', () => {
  const sample = sampleRecipe({ slots: { first: 'a', last: 'b' }, durationS: 6, aspectRatio: '1:1' })
  expect(withoutSample(sample)).toEqual({ ...sample, slots: {}, prompt: '' })
})
