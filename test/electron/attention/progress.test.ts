import { expect, test } from 'vitest'
import { createProgress } from '../../../electron/attention/progress'
import { kreaJob } from './attending'

test('none while nothing is at work, unknown while nobody says how far', () => {
  const overall = createProgress()
  expect(overall(kreaJob(1, { state: 'waiting' }))).toBe('none')
  expect(overall(kreaJob(1))).toBe('unknown')
  expect(overall(kreaJob(1, { state: 'done' }))).toBe('none')
})

test('never falls back: making fills nine tenths, the download the rest, and the finished stay', () => {
  const overall = createProgress()
  const seen = [
    overall(kreaJob(1, { progress: 0.5 })),
    overall(kreaJob(1, { progress: 1 })),
    overall(kreaJob(1, { state: 'downloading', progress: 0 })),
    overall(kreaJob(1, { state: 'downloading', progress: 0.5 })),
  ]
  expect(seen).toEqual([0.45, 0.9, 0.9, 0.95])
  expect(overall(kreaJob(2))).toBe(0.48)
  expect(overall(kreaJob(1, { state: 'done' }))).toBe(0.5)
  expect(overall(kreaJob(2, { progress: 1 }))).toBe(0.95)
  expect(overall(kreaJob(2, { state: 'failed' }))).toBe('none')
})

test('what ran before does not count for what runs next', () => {
  const overall = createProgress()
  overall(kreaJob(1, { progress: 1 }))
  overall(kreaJob(1, { state: 'done' }))
  expect(overall(kreaJob(2, { progress: 0.1 }))).toBe(0.09)
})
