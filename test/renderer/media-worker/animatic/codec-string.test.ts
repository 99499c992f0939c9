import { expect, test } from 'vitest'
import { codecString } from '../../../../renderer/media-worker/animatic/codec-string'
import { aspectRatios, outputSize, resolutions } from '../../../../shared/recipe'

test.each([
  [1280, 720, 'avc1.64001f'],
  [720, 1280, 'avc1.64001f'],
  [720, 720, 'avc1.64001f'],
  [1920, 1080, 'avc1.640028'],
  [1080, 1080, 'avc1.640028'],
  [3840, 2160, 'avc1.640033'],
  [2160, 2160, 'avc1.640033'],
])('%i x %i is H.264 High at the lowest level that takes it', (width, height, expected) => {
  expect(codecString('avc', { width, height })).toBe(expected)
})

test('every size on offer has a level below the highest', () => {
  for (const resolution of resolutions) {
    for (const aspectRatio of aspectRatios) {
      expect(codecString('avc', outputSize({ resolution, aspectRatio }))).not.toBe('avc1.640034')
    }
  }
})

test('the other codecs have 8 bits', () => {
  const size = { width: 3840, height: 2160 }
  expect(codecString('vp9', size)).toMatch(/^vp09\.00\.51\.08$/)
  expect(codecString('av1', size)).toMatch(/^av01\.0\.13M\.08$/)
})
