import { expect, test } from 'vitest'
import { cover, fitWithin } from '../../../renderer/media-worker/size'

test.each([
  [4000, 3000, 640, 480],
  [3000, 4000, 480, 640],
  [200, 100, 200, 100],
  [60_000, 10, 640, 1],
])('%i x %i within a square of 640 is %i x %i', (width, height, expectedWidth, expectedHeight) => {
  const size = fitWithin({ width, height }, { width: 640, height: 640 })
  expect(size).toEqual({ width: expectedWidth, height: expectedHeight })
})

test.each([
  ['the same shape', 2560, 1440, { x: 0, y: 0, width: 1280, height: 720 }],
  ['higher', 1280, 1280, { x: 0, y: -280, width: 1280, height: 1280 }],
  ['wider', 2880, 720, { x: -800, y: 0, width: 2880, height: 720 }],
  ['smaller', 640, 360, { x: 0, y: 0, width: 1280, height: 720 }],
])('a picture that is %s covers 1280 x 720, its middle in the middle', (_name, width, height, expected) => {
  expect(cover({ width, height }, { width: 1280, height: 720 })).toEqual(expected)
})
