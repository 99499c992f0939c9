import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  chunksOf,
  layOutText,
  lineHeight,
  type TextBox,
} from '../../../../renderer/media-worker/animatic/slate-text'
import { seed } from '../../../support/seed'

const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Extended_Pictographic}]/u
/** A font in which every letter is half as wide as high, and the wide ones as wide. */
const measure = (text: string) =>
  Array.from(text).reduce((sum, letter) => sum + (wide.test(letter) ? 1 : 0.5), 0)

const box: TextBox = { width: 1074, height: 547, largestFont: 61, smallestFont: 17 }

function expectToFit(text: string, within: TextBox): void {
  const { lines, fontSize } = layOutText(text, within, measure)
  expect(fontSize).toBeGreaterThanOrEqual(within.smallestFont)
  expect(fontSize).toBeLessThanOrEqual(within.largestFont)
  expect(lines.length * fontSize * lineHeight).toBeLessThanOrEqual(within.height)
  for (const line of lines) expect(measure(line) * fontSize).toBeLessThanOrEqual(within.width)
}

test.each([
  ['A fox.', ['A ', 'fox.']],
  ['state-of-the-art', ['state-', 'of-', 'the-', 'art']],
  ['day/night', ['day/', 'night']],
  ['雪の狐', ['雪', 'の', '狐']],
  ['「雪。」狐、', ['「雪。」', '狐、']],
  ['a 狐 b', ['a ', '狐 ', 'b']],
  ['🦊👨‍👩‍👧‍👦!', ['🦊', '👨‍👩‍👧‍👦!']],
  ['한국어 문장', ['한국어 ', '문장']],
])('%s may be broken where a reader expects it', (text, chunks) => {
  expect(chunksOf(text)).toEqual(chunks)
})

test('a short prompt is set large, words whole', () => {
  const { lines, fontSize } = layOutText('A red fox crosses the snow at dawn, slowly.', box, measure)
  expect(fontSize).toBe(box.largestFont)
  expect(lines).toEqual(['A red fox crosses the snow at', 'dawn, slowly.'])
})

test('a longer prompt is set smaller, and nothing of it is lost', () => {
  const text = 'A red fox crosses the snow at dawn. '.repeat(20).trim()
  const { lines, fontSize } = layOutText(text, box, measure)
  expect(fontSize).toBeLessThan(box.largestFont)
  expect(lines.join(' ')).toBe(text)
})

test('a prompt too long for the smallest font is cut with an ellipsis', () => {
  const { lines, fontSize } = layOutText('A red fox crosses the snow at dawn. '.repeat(111), box, measure)
  expect(fontSize).toBe(box.smallestFont)
  expect(lines.at(-1)).toMatch(/…$/)
  expect(lines).toHaveLength(Math.floor(box.height / (box.smallestFont * lineHeight)))
})

test('a word longer than a line is broken', () => {
  const { lines } = layOutText('x'.repeat(300), box, measure)
  expect(lines.length).toBeGreaterThan(1)
  expect(lines.join('')).toBe('x'.repeat(300))
})

test('paragraphs stay, with one empty line at most between them', () => {
  expect(layOutText('  one\r\n\n\n\n two \t words \n', box, measure).lines).toEqual(['one', '', 'two words'])
})

test('no prompt is one empty line', () => {
  expect(layOutText(' \n ', box, measure).lines).toEqual([''])
})

test('no text ever leaves its box', () => {
  const letters = fc.constantFrom(
    'a',
    'W',
    ' ',
    ' ',
    '\n',
    '-',
    '.',
    '雪',
    '。',
    '「',
    '🦊',
    'ก',
    'é',
    '\u200d',
    '\u0301',
  )
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 4000 }),
    fc.string({ unit: letters, maxLength: 4000, size: 'max' }),
  )
  const anyBox = fc.record({
    width: fc.integer({ min: 300, max: 3300 }),
    height: fc.integer({ min: 300, max: 3300 }),
    largestFont: fc.constant(61),
    smallestFont: fc.constant(17),
  })
  fc.assert(fc.property(anyText, anyBox, expectToFit), { seed, numRuns: 60 })
})
