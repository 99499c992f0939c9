import { expect, test } from 'vitest'
import { readDragData, placeOfTarget } from '../../../renderer/composer/drag-data'

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
