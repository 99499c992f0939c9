import { expect, test } from 'vitest'
import { createCompositor, type Placed } from '../../../../renderer/media-worker/animatic/compose'
import { toPlanes } from '../../../../renderer/media-worker/animatic/planes'
import { noise, paint, split } from './frames'

const width = 64
const height = 48

function noisePlanes(seed: number) {
  const next = noise(seed)
  return toPlanes(
    paint(width, height, () => [next(), next(), next()]),
    width,
    height,
  )
}

function compose(...layers: readonly Placed[]) {
  const compositor = createCompositor(width, height)
  const frame = new Uint8Array(compositor.frameBytes)
  compositor.paint(layers, frame)
  return split(frame, width, height)
}

/** What a plane enlarged about its middle should be, by the textbook. */
function bilinear(plane: Uint8Array, columns: number, rows: number, scale: number): number[] {
  const at = (x: number, y: number) => plane[Math.min(y, rows - 1) * columns + Math.min(x, columns - 1)] ?? 0
  const source = (index: number, length: number) =>
    Math.min(Math.max((index + 0.5 - length / 2) / scale + length / 2 - 0.5, 0), length - 1)
  return Array.from(plane, (_, index) => {
    const x = source(index % columns, columns)
    const y = source(Math.floor(index / columns), rows)
    const [left, top] = [Math.floor(x), Math.floor(y)]
    const upper = at(left, top) * (1 - x + left) + at(left + 1, top) * (x - left)
    const lower = at(left, top + 1) * (1 - x + left) + at(left + 1, top + 1) * (x - left)
    return upper * (1 - y + top) + lower * (y - top)
  })
}

/** Largest difference of two planes. */
function distance(found: Uint8Array, wanted: readonly number[] | Uint8Array): number {
  return found.reduce((largest, value, index) => Math.max(largest, Math.abs(value - (wanted[index] ?? 0))), 0)
}

test.each([1.001, 1.02, 1.05, 1.08, 1.5, 3])(
  'a picture enlarged by %f is what bilinear filtering gives',
  (scale) => {
    const planes = noisePlanes(1)
    const original = compose({ planes, scale: 1, alpha: 1 })
    const { y, u, v } = compose({ planes, scale, alpha: 1 })
    // Rounded twice, and weights are 8-bit fractions: noise differs by 255 from pixel to pixel.
    expect(distance(y, bilinear(original.y, width, height, scale))).toBeLessThanOrEqual(2)
    expect(distance(u, bilinear(original.u, width / 2, height / 2, scale))).toBeLessThanOrEqual(2)
    expect(distance(v, bilinear(original.v, width / 2, height / 2, scale))).toBeLessThanOrEqual(2)
  },
)

test.each([0, 0.25, 0.5, 0.9, 1])('a picture with alpha %f lies over the one below', (alpha) => {
  const below = noisePlanes(2)
  const above = noisePlanes(3)
  const only = (planes: typeof below) => compose({ planes, scale: 1, alpha: 1 })
  const both = compose({ planes: below, scale: 1, alpha: 1 }, { planes: above, scale: 1, alpha })
  for (const plane of ['y', 'u', 'v'] as const) {
    const lower = only(below)[plane]
    const upper = only(above)[plane]
    const wanted = Array.from(lower, (value, index) => value + ((upper[index] ?? 0) - value) * alpha)
    expect(distance(both[plane], wanted)).toBeLessThanOrEqual(1)
  }
})

test('the lowest layer covers whatever was in the frame', () => {
  const planes = noisePlanes(4)
  const compositor = createCompositor(width, height)
  const frame = new Uint8Array(compositor.frameBytes).fill(255)
  compositor.paint([{ planes, scale: 1, alpha: 0.3 }], frame)
  expect(split(frame, width, height).y).toEqual(compose({ planes, scale: 1, alpha: 1 }).y)
})

test('moves by less than a pixel are seen', () => {
  const planes = noisePlanes(5)
  const still = compose({ planes, scale: 1, alpha: 1 })
  // The corner moves by a thirtieth of a pixel.
  const moved = compose({ planes, scale: 1.001, alpha: 1 })
  expect(moved.y).not.toEqual(still.y)
})
