import { expect, test } from 'vitest'
import { bitrateOf } from '../../../../renderer/media-worker/animatic/bitrate'
import { toPlanes } from '../../../../renderer/media-worker/animatic/planes'
import { noise, paint } from './frames'

const width = 64
const height = 32

/** A picture whose neighbours differ by up to `contrast`. */
function picture(contrast: number) {
  const next = noise(1)
  return toPlanes(
    paint(width, height, () => {
      const level = 128 + ((next() - 128) * contrast) / 255
      return [level, level, level]
    }),
    width,
    height,
  )
}

const perPixel = (contrasts: readonly number[], durationS = 4) =>
  bitrateOf(contrasts.map(picture), durationS) / (width * height)

test('finer pictures get more bits', () => {
  const rates = [4, 8, 16, 32].map((contrast) => perPixel([contrast]))
  expect(rates).toEqual(rates.toSorted((a, b) => a - b))
  expect(new Set(rates).size).toBe(4)
})

test('a plain picture before a fine one does not starve it', () => {
  const [plain, mixed, fine] = [perPixel([0, 0]), perPixel([0, 16]), perPixel([16, 16])]
  expect(mixed).toBeGreaterThan((plain + fine) / 2)
  expect(perPixel([16, 0])).toBe(mixed)
})

test('dissolves cost bits, and more so in a short clip', () => {
  expect(perPixel([16, 16])).toBeGreaterThan(perPixel([16]))
  expect(perPixel([16, 16, 16])).toBeGreaterThan(perPixel([16, 16]))
  expect(perPixel([16, 16], 1)).toBeGreaterThan(perPixel([16, 16], 8))
})

test('nearly nothing and pure noise stay within what an encoder can do', () => {
  expect(perPixel([0])).toBeCloseTo(0.25, 2)
  expect(perPixel([255, 255, 255, 255, 255], 1)).toBeCloseTo(8, 2)
})
