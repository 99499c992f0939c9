import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { searchCondition } from '../../../electron/library/search'
import { clipsInMemory } from '../../support/library'
import { idOf, sampleClip, sampleRecipe } from '../../support/samples'
import { seed } from '../../support/seed'

function library() {
  const clips = clipsInMemory()
  let count = 0
  const add = (prompt: string) => {
    count += 1
    const origin = {
      kind: 'generated',
      provider: 'animatic',
      recipe: sampleRecipe({ prompt }),
      tookMs: 1,
    } as const
    const id = idOf(count)
    clips.put(sampleClip({ id, origin, file: `clips/2026/11/${id}.mp4` }))
    return id
  }
  const find = (search: string) =>
    clips.page({ search, sort: 'newest', offset: 0, limit: 200 }).clips.map((clip) => clip.id)
  return { add, find }
}

const searches: readonly (readonly [string, string, boolean])[] = [
  ['red fox crosses the snow', 'fox', true],
  ['red fox crosses the snow', 'ross', true],
  ['red fox crosses the snow', 'snow red', true],
  ['red fox crosses the snow', 'RED FOX', true],
  ['red fox crosses the snow', 'fo re', true],
  ['red fox crosses the snow', 'fox bear', false],
  ['red fox crosses the snow', 'fox zz', false],
  ['雪の中の赤い狐が走る', '赤い狐', true],
  ['雪の中の赤い狐が走る', '狐', true],
  ['雪の中の赤い狐が走る', '犬', false],
  ['一只红狐狸穿过雪地', '红狐狸穿', true],
  ['一只红狐狸穿过雪地', '狐狸', true],
  ['一只红狐狸穿过雪地', '熊猫', false],
  ['눈 속의 붉은 여우', '여우', true],
  ['ลูกสุนัขจิ้งจอก', 'สุนัข', true],
  ['cafe\u0301 noir', 'caf\u00e9', true],
  ['caf\u00e9 noir', 'cafe\u0301', true],
  ['🦊🦊🦊 in snow', '🦊🦊🦊', true],
  ['🦊 in snow', '🦊', true],
  ['100% real', '100%', true],
  ['100 percent', '0%', false],
  ['a_b', '_b', true],
  ['axb', '_b', false],
  ['back\\slash', '\\s', true],
  ['backslash', '\\s', false],
  ['say "hello" now', '"hello"', true],
  ['say hello now', '"hello"', false],
  ['one AND two', 'AND', true],
  ['one two', 'one OR', false],
  ['near shore', 'NEAR(', false],
  ['words:fox', 'words:fox', true],
  ['fox', 'words:fox', false],
  ['fox', 'fox*', false],
  ["it's", "it's", true],
]

test.each(searches)('%j searched for %j: %s', (prompt, search, isFound) => {
  const { add, find } = library()
  const id = add(prompt)
  expect(find(search)).toEqual(isFound ? [id] : [])
})

test.each(['', ' ', '\n\t\u3000'])('%j asks nothing', (text) => {
  expect(searchCondition(text)).toEqual({ where: '', from: 'clips', values: [] })
})

test.each([
  '\0',
  'ab\0cd',
  '"\0"',
  '"',
  '""',
  '"""',
  '^^^',
  '*',
  '-- ;',
  '\ud800\ud800\ud800',
  'a\u0301'.repeat(200),
  'ab '.repeat(166),
  'abc '.repeat(125),
  '"'.repeat(500),
  '%'.repeat(500),
  '\\'.repeat(499),
  '雪'.repeat(500),
])('%j does not make SQLite throw, and finds itself', (text) => {
  const { add, find } = library()
  const id = add(text)
  if (searchCondition(text)) expect(find(text)).toEqual([id])
})

const pieces = fc.constantFrom(
  '\0',
  '"',
  "'",
  '\\',
  '%',
  '_',
  '*',
  ' ',
  'AND',
  'NOT',
  'NEAR',
  '(',
  ')',
  '^',
  ':',
  '\ud83d',
  '雪',
  'é',
  'e\u0301',
)
const userText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 25 }).map((parts) => parts.join('')),
)

test('no text of a user makes SQLite throw, and every text finds itself', () => {
  const { add, find } = library()
  fc.assert(
    fc.property(userText, (text) => {
      const id = add(text)
      expect(find(text)[0]).toBe(id)
    }),
    { seed, numRuns: 400 },
  )
})

test('whatever is searched, what is found holds every word of it', () => {
  const { add, find } = library()
  const prompts = ['red fox', 'RED bear', '100% "red"', 'a_b\\c', '雪 red', "it's"]
  const promptById = new Map(prompts.map((prompt) => [add(prompt), prompt]))
  const word = fc.constantFrom('red', 're', 'fox', '%', '_', '\\', '"', "'", '雪', 'a_', 'zzz')
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
      const holds = (prompt: string) => words.every((each) => prompt.toLowerCase().includes(each))
      const expected = [...promptById].flatMap(([id, prompt]) => (holds(prompt) ? [id] : []))
      expect(find(words.join(' ')).toReversed()).toEqual(expected)
    }),
    { seed },
  )
})
