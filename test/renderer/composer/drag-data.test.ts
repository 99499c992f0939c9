import { expect, test } from 'vitest'
import { canDropOn, placeOfTarget, readDragData } from '../../../renderer/composer/drag-data'

test('only drags of ours are read', () => {
  expect(readDragData({ kind: 'clip', clip: 'abc' })).toEqual({ kind: 'clip', clip: 'abc' })
  expect(readDragData({ kind: 'slot', slot: 'ref2' })).toEqual({ kind: 'slot', slot: 'ref2' })
  expect(readDragData({ kind: 'slot', slot: 'constructor' })).toBeNull()
  expect(readDragData({ kind: 'clip', clip: 3 })).toBeNull()
  expect(readDragData({})).toBeNull()
})

test('a drop target that is no place of the composer names none', () => {
  expect(placeOfTarget({ slot: 'last' })).toBe('last')
  expect(placeOfTarget({ slot: 'source' })).toBe('source')
  expect(placeOfTarget({ slot: 'other' })).toBeUndefined()
  expect(placeOfTarget(undefined)).toBeUndefined()
})

test('a slot takes clips and other slots, the source clip only clips', () => {
  const clip = { kind: 'clip', clip: 'abc' } as const
  const first = { kind: 'slot', slot: 'first' } as const
  const taken = (['first', 'last', 'source'] as const).map((place) => [
    canDropOn(place, clip),
    canDropOn(place, first),
    canDropOn(place, null),
  ])
  expect(taken).toEqual([
    [true, false, false],
    [true, true, false],
    [true, false, false],
  ])
})
