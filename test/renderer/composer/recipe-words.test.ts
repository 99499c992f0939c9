import { expect, test } from 'vitest'
import {
  isCropped,
  modeInWords,
  promptCounter,
  recipeTitle,
  sizeInWords,
} from '../../../renderer/composer/recipe-words'
import { sampleRecipe } from '../../support/samples'

test('the mode is said in words', () => {
  expect(modeInWords({ slots: {}, source: null })).toBe('Text only')
  expect(modeInWords({ slots: { first: 'a' }, source: null })).toBe('First frame')
  expect(modeInWords({ slots: { first: 'a', last: 'b' }, source: null })).toBe('First and last frame')
  expect(modeInWords({ slots: { last: 'b' }, source: null })).toBe('Last frame only')
  expect(modeInWords({ slots: { ref1: 'a' }, source: null })).toBe('1 reference')
  expect(modeInWords({ slots: { ref1: 'a', ref2: 'b' }, source: null })).toBe('2 references')
  expect(modeInWords({ slots: { first: 'a', ref1: 'b', ref3: 'c' }, source: null })).toBe(
    'Sequence of 3 pictures',
  )
  expect(modeInWords({ slots: {}, source: { clip: 'a', use: 'extend' } })).toBe('Extend a clip')
  expect(modeInWords({ slots: { first: 'a' }, source: { clip: 'a', use: 'edit' } })).toBe('Edit a clip')
})

test('the size is said with the ratio', () => {
  expect(sizeInWords({ resolution: '4k', aspectRatio: '9:16' })).toBe('9:16 · 2160×3840')
})

test('a recipe is named by its prompt on one line, else by its mode', () => {
  expect(recipeTitle(sampleRecipe({ prompt: '  a fox\n  crosses ' }))).toBe('a fox crosses')
  expect(recipeTitle(sampleRecipe({ prompt: ' \n', slots: { first: 'a' } }))).toBe('First frame')
})

test('the counter says the length, near the limit what is left, and then how much is over', () => {
  expect(promptCounter(0, 4000)).toBeNull()
  expect(promptCounter(3599, 4000)).toEqual({ text: '3,599 characters', near: false, over: false })
  expect(promptCounter(3999, 4000)).toEqual({ text: '1 character left', near: true, over: false })
  expect(promptCounter(4000, 4000)).toEqual({ text: '0 characters left', near: true, over: false })
  expect(promptCounter(5234, 4000)).toEqual({ text: '1,234 characters over', near: true, over: true })
})

test('a picture of another shape is cropped, one of the same shape is not', () => {
  const wide = { resolution: '720p', aspectRatio: '16:9' } as const
  expect(isCropped({ width: 1920, height: 1080 }, wide)).toBe(false)
  expect(isCropped({ width: 1366, height: 768 }, wide)).toBe(false)
  expect(isCropped({ width: 1600, height: 1200 }, wide)).toBe(true)
  expect(isCropped({ width: 1920, height: 1080 }, { ...wide, aspectRatio: '9:16' })).toBe(true)
})
