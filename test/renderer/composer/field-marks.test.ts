import { expect, test } from 'vitest'
import { marksAfter, marksOf } from '../../../renderer/composer/field-marks'
import { sampleRecipe } from '../../support/samples'

test('fields of the recipe are known by name; every other name is kept in the words', () => {
  expect(marksOf({ seed: 'must be even', image_url: 'is not a picture' })).toEqual([
    { field: 'seed', words: 'must be even' },
    { field: null, words: 'image_url: is not a picture' },
  ])
})

test('a mark goes when its own field is changed; one of no field goes with any change', () => {
  const marks = marksOf({ seed: 'must be even', slots: 'too dark', image_url: 'is not a picture' })
  const before = sampleRecipe({ slots: { first: 'a' } })
  const fieldsAfter = (after: typeof before) => marksAfter(marks, before, after).map(({ field }) => field)
  expect(fieldsAfter({ ...before, seed: 2 })).toEqual(['slots'])
  expect(fieldsAfter({ ...before, slots: { first: 'b' } })).toEqual(['seed'])
})

test('people are a field like the others: its mark goes when it is changed', () => {
  const [mark] = marksOf({ noPeople: 'is not allowed' })
  expect(mark).toEqual({ field: 'noPeople', words: 'is not allowed' })
  const before = sampleRecipe({ noPeople: true })
  const marks = mark ? [mark] : []
  expect(marksAfter(marks, before, { ...before, seed: 2 })).toEqual(marks)
  expect(marksAfter(marks, before, { ...before, noPeople: false })).toEqual([])
})
