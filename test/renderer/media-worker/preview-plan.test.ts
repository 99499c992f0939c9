import { expect, test } from 'vitest'
import {
  brightEnough,
  filmstripFrameSize,
  meanLevel,
  posterSize,
  previewTimes,
} from '../../../renderer/media-worker/preview-plan'

test('twelve frames and a poster, in the order of time, all within the clip', () => {
  const times = previewTimes(1, 5)
  const seconds = times.map(({ timeS }) => timeS)
  expect(times.filter(({ use }) => use === 'filmstrip')).toHaveLength(12)
  expect(times.find(({ use }) => use === 'poster')?.timeS).toBeCloseTo(1.4)
  expect(seconds).toEqual(seconds.toSorted((a, b) => a - b))
  expect(Math.min(...seconds)).toBeGreaterThan(1)
  expect(Math.max(...seconds)).toBeLessThan(5)
})

test('filmstrip frames are evenly spaced, each in the middle of its share', () => {
  const strip = previewTimes(0, 12).filter(({ use }) => use === 'filmstrip')
  for (const [index, { timeS }] of strip.entries()) expect(timeS).toBeCloseTo(index + 0.5)
})

test.each([
  ['16:9', 1920, 1080, [640, 360], [320, 180]],
  ['9:16', 1080, 1920, [640, 1138], [180, 320]],
  ['1:1', 1080, 1080, [640, 640], [320, 320]],
  ['small', 160, 90, [160, 90], [160, 90]],
  ['a column', 10, 4000, [3, 1280], [1, 320]],
] as const)('%s keeps its shape and is never enlarged', (_name, width, height, poster, frame) => {
  expect(Object.values(posterSize({ width, height }))).toEqual(poster)
  expect(Object.values(filmstripFrameSize({ width, height }))).toEqual(frame)
})

test('black is not bright enough for a poster, a night is; alpha does not count', () => {
  expect(meanLevel(new Uint8ClampedArray([0, 0, 0, 255, 3, 6, 9, 255]))).toBe(3)
  expect(meanLevel(new Uint8ClampedArray([10, 20, 60, 255]))).toBe(30)
  expect(meanLevel(new Uint8ClampedArray([30, 40, 80, 0]))).toBeGreaterThan(brightEnough)
})
