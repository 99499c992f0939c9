import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { frameAt, frameCount, timecode, timeOfFrame } from '../../../renderer/stage/timecode'

/** Rates clips really have; the odd ones are 24000/1001, 30000/1001 and 60000/1001. */
const rates = [23.976023976, 24, 25, 29.97002997, 30, 50, 59.94005994, 60]

test('the middle of every frame is that frame', () => {
  fc.assert(
    fc.property(fc.constantFrom(...rates), fc.nat({ max: 20_000 }), (fps, frame) => {
      expect(frameAt(timeOfFrame(frame, fps), fps, 20_001)).toBe(frame)
    }),
  )
})

test('the presented time of every frame is that frame, though containers round it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...rates), fc.nat({ max: 20_000 }), (fps, frame) => {
      const microseconds = Math.round((frame / fps) * 1_000_000) / 1_000_000
      expect(frameAt(microseconds, fps, 20_001)).toBe(frame)
    }),
  )
})

test('timecodes count frames within the second, and go up by one', () => {
  expect(timecode(0, 24)).toBe('00:00.00')
  expect(timecode(95, 24)).toBe('00:03.23')
  expect(timecode(96, 24)).toBe('00:04.00')
  expect(timecode(24 * 61, 24)).toBe('01:01.00')
  for (const fps of rates) {
    const seen = Array.from({ length: 400 }, (_, frame) => timecode(frame, fps))
    expect(new Set(seen).size).toBe(400)
    expect(seen).toEqual(seen.toSorted())
    expect(Math.max(...seen.map((text) => Number(text.slice(-2))))).toBe(Math.ceil(fps) - 1)
  }
})

test('a clip has at least one frame, and no frame is outside of it', () => {
  expect(frameCount(4, 24)).toBe(96)
  expect(frameCount(0.001, 24)).toBe(1)
  expect(frameAt(-1, 24, 96)).toBe(0)
  expect(frameAt(4, 24, 96)).toBe(95)
})
