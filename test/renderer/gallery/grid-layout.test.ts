import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  anchoredScroll,
  cellGap,
  durationBadge,
  filmstripFrame,
  layOut,
  moveIndex,
} from '../../../renderer/gallery/grid-layout'

test('rows are full and cells never narrower than wanted, as long as one fits', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4000 }), fc.integer({ min: 112, max: 400 }), (width, wanted) => {
      const { columns, cellWidth, cellHeight, rowHeight } = layOut(width, wanted)
      const used = columns * cellWidth + (columns - 1) * cellGap
      expect(used).toBeLessThanOrEqual(Math.max(width, 1))
      expect(width - used).toBeLessThan(Math.max(columns, 1))
      if (width >= wanted) expect(cellWidth).toBeGreaterThanOrEqual(wanted)
      expect(rowHeight).toBe(cellHeight + cellGap)
    }),
  )
})

test('the row on top stays where it was seen when rows come in before it or change their height', () => {
  expect(anchoredScroll(520, { row: 5, rowHeight: 100 }, { row: 6, rowHeight: 100 })).toBe(620)
  expect(anchoredScroll(520, { row: 5, rowHeight: 100 }, { row: 3, rowHeight: 200 })).toBe(640)
  expect(anchoredScroll(20, { row: 5, rowHeight: 100 }, { row: 0, rowHeight: 100 })).toBe(0)
})

const grid = { columns: 4, rowsOnScreen: 3, total: 10, front: 0 }

test('arrows, pages and ends move through the grid', () => {
  expect(moveIndex('ArrowRight', 2, grid)).toBe(3)
  expect(moveIndex('ArrowLeft', 0, grid)).toBe(0)
  expect(moveIndex('ArrowDown', 2, grid)).toBe(6)
  expect(moveIndex('ArrowUp', 6, grid)).toBe(2)
  expect(moveIndex('PageDown', 0, { ...grid, total: 100 })).toBe(12)
  expect(moveIndex('Home', 7, grid)).toBe(0)
  expect(moveIndex('End', 0, grid)).toBe(9)
  expect(moveIndex('x', 0, grid)).toBeNull()
  expect(moveIndex('ArrowDown', null, grid)).toBe(0)
  expect(moveIndex('ArrowDown', 3, { ...grid, total: 0 })).toBeNull()
})

test('down over a gap in the last row goes to the last clip; in the last row it stays', () => {
  expect(moveIndex('ArrowDown', 7, grid)).toBe(9)
  expect(moveIndex('ArrowDown', 8, grid)).toBe(8)
  expect(moveIndex('ArrowUp', 1, grid)).toBe(1)
  expect(moveIndex('ArrowUp', 2, { ...grid, front: 3 })).toBe(0)
})

test('a key never leaves the list', () => {
  const keys = fc.constantFrom(
    'ArrowLeft',
    'ArrowRight',
    'ArrowUp',
    'ArrowDown',
    'PageUp',
    'PageDown',
    'Home',
    'End',
  )
  const size = fc.integer({ min: 1, max: 50 })
  fc.assert(
    fc.property(keys, size, size, fc.nat({ max: 5 }), fc.nat(), (key, columns, total, front, start) => {
      const next = moveIndex(key, start % total, { columns, rowsOnScreen: 3, total, front })
      expect(next).toBeGreaterThanOrEqual(0)
      expect(next).toBeLessThan(total)
    }),
  )
})

test('the filmstrip follows the pointer over its whole width', () => {
  expect(filmstripFrame(0, 12)).toBe(0)
  expect(filmstripFrame(0.5, 12)).toBe(6)
  expect(filmstripFrame(1, 12)).toBe(11)
  expect(filmstripFrame(-0.1, 12)).toBe(0)
})

test('durations are short on badges', () => {
  expect([8, 3.2, 3.04, 59.94, 59.96, 65, 600].map(durationBadge)).toEqual([
    '8 s',
    '3.2 s',
    '3 s',
    '59.9 s',
    '1:00',
    '1:05',
    '10:00',
  ])
})
