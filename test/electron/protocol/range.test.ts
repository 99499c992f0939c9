import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRange } from '../../../electron/protocol/range'
import { seed } from '../../support/seed'

const whole = { kind: 'whole' }
const none = { kind: 'unsatisfiable' }
const part = (start: number, end: number) => ({ kind: 'part', start, end })

const headers: readonly (readonly [string | null, number, object])[] = [
  [null, 100, whole],
  ['', 100, whole],
  ['bytes=0-9', 100, part(0, 9)],
  ['bytes=0-', 100, part(0, 99)],
  ['bytes=99-', 100, part(99, 99)],
  ['bytes=90-200', 100, part(90, 99)],
  ['bytes=0-0', 100, part(0, 0)],
  ['bytes=-10', 100, part(90, 99)],
  ['bytes=-1', 1, part(0, 0)],
  ['bytes=-200', 100, part(0, 99)],
  [' bytes=5-6 ', 100, part(5, 6)],
  ['bytes=007-08', 100, part(7, 8)],
  ['bytes=100-', 100, none],
  ['bytes=100-200', 100, none],
  ['bytes=-0', 100, none],
  ['bytes=0-', 0, none],
  ['bytes=-5', 0, none],
  [`bytes=${'9'.repeat(400)}-`, 100, none],
  [`bytes=${'9'.repeat(400)}-${'9'.repeat(400)}`, 100, none],
  [`bytes=0-${'9'.repeat(400)}`, 100, part(0, 99)],
  [`bytes=-${'9'.repeat(400)}`, 100, part(0, 99)],
  ['bytes=9-5', 100, whole],
  ['bytes=-', 100, whole],
  ['bytes=', 100, whole],
  ['bytes=a-b', 100, whole],
  ['bytes=1.5-9', 100, whole],
  ['bytes=-5-9', 100, whole],
  ['bytes=0x0-0x9', 100, whole],
  ['bytes=0-1,5-6', 100, whole],
  ['items=0-9', 100, whole],
  ['bytes=0-9\nx: y', 100, whole],
  ['bytes=١-٢', 100, whole],
]

test.each(headers)('%j of %d bytes', (header, size, expected) => {
  expect(parseRange(header, size)).toEqual(expected)
})

const number = fc.oneof(fc.nat().map(String), fc.bigInt({ min: 0n }).map(String), fc.constant(''))
const likely = fc.tuple(fc.constantFrom('bytes=', 'bytes = ', 'Bytes=', ' bytes='), number, number)
const anyHeader = fc.oneof(
  likely.map(([unit, first, last]) => `${unit}${first}-${last}`),
  fc.string(),
  fc.constant(null),
)

test('no header gives a part outside the file, or an empty one', () => {
  fc.assert(
    fc.property(anyHeader, fc.nat({ max: 5_000_000_000 }), (header, size) => {
      const range = parseRange(header, size)
      if (range.kind !== 'part') return
      expect(Number.isSafeInteger(range.start) && Number.isSafeInteger(range.end)).toBe(true)
      expect(range.start).toBeGreaterThanOrEqual(0)
      expect(range.start).toBeLessThanOrEqual(range.end)
      expect(range.end).toBeLessThan(size)
    }),
    { seed, numRuns: 2000 },
  )
})
