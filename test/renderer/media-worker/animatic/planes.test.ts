import { expect, test } from 'vitest'
import { createCompositor } from '../../../../renderer/media-worker/animatic/compose'
import { toPlanes } from '../../../../renderer/media-worker/animatic/planes'
import { noise, paint, split } from './frames'

const width = 16
const height = 8

/** The samples of a picture, through a compositor that leaves it as it is. */
function samplesOf(pixels: Uint8ClampedArray) {
  const compositor = createCompositor(width, height)
  const frame = new Uint8Array(compositor.frameBytes)
  compositor.paint([{ planes: toPlanes(pixels, width, height), scale: 1, alpha: 1 }], frame)
  return split(frame, width, height)
}

// Limited-range BT.709 of the primary colours: ITU-T H.273 with Kr 0.2126 and Kb 0.0722.
test.each([
  ['white', [255, 255, 255], [235, 128, 128]],
  ['black', [0, 0, 0], [16, 128, 128]],
  ['grey', [128, 128, 128], [126, 128, 128]],
  ['red', [255, 0, 0], [63, 102, 240]],
  ['green', [0, 255, 0], [173, 42, 26]],
  ['blue', [0, 0, 255], [32, 240, 118]],
] as const)('%s is what BT.709 says', (_name, colour, [luma, blueDifference, redDifference]) => {
  const { y, u, v } = samplesOf(paint(width, height, () => colour))
  expect(new Set(y)).toEqual(new Set([luma]))
  expect(new Set(u)).toEqual(new Set([blueDifference]))
  expect(new Set(v)).toEqual(new Set([redDifference]))
})

test('every pixel of noise keeps its place and its colour', () => {
  const next = noise(7)
  const pixels = paint(width, height, () => [next(), next(), next()])
  const { y, u, v } = samplesOf(pixels)
  const lumaAt = (x: number, row: number) => {
    const [red = 0, green = 0, blue = 0] = pixels.subarray((row * width + x) * 4)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  for (let row = 0; row < height; row += 1) {
    for (let x = 0; x < width; x += 1) {
      expect(Math.abs((y[row * width + x] ?? 0) - (16 + (lumaAt(x, row) * 219) / 255))).toBeLessThan(0.51)
    }
  }
  for (let row = 0; row < height; row += 2) {
    for (let x = 0; x < width; x += 2) {
      const four = [
        [x, row],
        [x + 1, row],
        [x, row + 1],
        [x + 1, row + 1],
      ] as const
      const mean = (valueAt: (x: number, row: number) => number) =>
        four.reduce((sum, place) => sum + valueAt(...place), 0) / 4
      const channel = (index: number) =>
        mean((column, line) => pixels[(line * width + column) * 4 + index] ?? 0)
      const at = (row / 2) * (width / 2) + x / 2
      const blue = 128 + (((channel(2) - mean(lumaAt)) / 1.8556) * 224) / 255
      const red = 128 + (((channel(0) - mean(lumaAt)) / 1.5748) * 224) / 255
      expect(Math.abs((u[at] ?? 0) - blue)).toBeLessThan(0.52)
      expect(Math.abs((v[at] ?? 0) - red)).toBeLessThan(0.52)
    }
  }
})
