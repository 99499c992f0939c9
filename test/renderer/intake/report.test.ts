import { expect, test } from 'vitest'
import { isWorthShowing, refusalsOf, stillsOf, whereItWent } from '../../../renderer/intake/report'
import type { ImportResult } from '../../../shared/contract'
import { sampleClip } from '../../support/samples'
import { diskFull, stillOf } from '../support/pieces'

const nothing = { filled: [], left: 0, clips: 0, refused: [] }
const refused: ImportResult = {
  kind: 'refused',
  name: 'b.png',
  error: { code: 'damaged', message: 'Cut off.' },
}

test('results are sorted by what they are, in order', () => {
  const results: ImportResult[] = [
    { kind: 'still', name: 'a.png', still: stillOf(1) },
    refused,
    { kind: 'clip', name: 'c.mp4', clip: sampleClip() },
    { kind: 'still', name: 'd.png', still: stillOf(2) },
  ]
  expect(stillsOf(results)).toEqual([stillOf(1), stillOf(2)])
  expect(refusalsOf(results)).toEqual([{ name: 'b.png', error: refused.error }])
})

test('where everything went is said in sentences', () => {
  expect(whereItWent({ ...nothing, filled: ['first', 'last', 'ref1'], left: 5, clips: 1 })).toEqual([
    'Filled First, Last and @1.',
    '5 more pictures are in the library; slots are full.',
    '1 video is in the gallery.',
  ])
  expect(whereItWent({ ...nothing, filled: ['first', 'last'], left: 1 })).toEqual([
    'Filled First and Last.',
    '1 more picture is in the library; slots are full.',
  ])
})

test('what the slots show by themselves needs no report', () => {
  expect(isWorthShowing({ ...nothing, filled: ['first', 'last'] })).toBe(false)
  expect(isWorthShowing({ ...nothing, clips: 2 })).toBe(false)
  expect(isWorthShowing({ ...nothing, clips: 20 })).toBe(true)
  expect(isWorthShowing({ ...nothing, left: 1 })).toBe(true)
  expect(isWorthShowing({ ...nothing, refused: [{ name: 'a', error: diskFull }] })).toBe(true)
})
