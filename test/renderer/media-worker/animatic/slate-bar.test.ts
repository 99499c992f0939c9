import { expect, test } from 'vitest'
import { paintBar } from '../../../../renderer/media-worker/animatic/slate-bar'

const width = 16
const bar = { x: 2, y: 4, width: 10, height: 2 }
const track = 40
const filled = 159

function painted(...fractions: readonly number[]) {
  const frame = new Uint8Array(width * 8).fill(track)
  for (const fraction of fractions) paintBar(frame, width, bar, fraction)
  return Array.from({ length: 8 }, (_, line) => Array.from(frame.subarray(line * width, (line + 1) * width)))
}

test('an empty bar is the track', () => {
  expect(painted(0).flat()).toEqual(Array(width * 8).fill(track))
})

test('a bar is filled from the left, its last pixel in part', () => {
  const line = [...Array(2).fill(track), filled, filled, filled, 100, ...Array(10).fill(track)]
  expect(painted(0.35)[4]).toEqual(line)
  expect(painted(0.35)[5]).toEqual(line)
  expect(painted(0.35)[3]).toEqual(Array(width).fill(track))
  expect(painted(0.35)[6]).toEqual(Array(width).fill(track))
})

test('a bar that was filled before only grows', () => {
  expect(painted(0.1, 0.25, 0.62)).toEqual(painted(0.62))
})

test('a full bar ends where it should', () => {
  expect(painted(1)[4]).toEqual([...Array(2).fill(track), ...Array(10).fill(filled), ...Array(4).fill(track)])
})
