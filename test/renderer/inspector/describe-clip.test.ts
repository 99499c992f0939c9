import { expect, test } from 'vitest'
import {
  bytesInWords,
  dayInWords,
  fileName,
  madeInWords,
  pictureInWords,
  secondsInWords,
  takeInWords,
} from '../../../renderer/inspector/describe-clip'
import { noon, sampleClip, sampleMedia, sampleRecipe } from '../../support/samples'

const hour = 3_600_000

test('the picture in one line', () => {
  expect(pictureInWords(sampleMedia)).toBe('1280×720 · 24 fps · H.264')
  expect(pictureInWords({ ...sampleMedia, fps: 29.97002997, codec: 'vp9' })).toBe(
    '1280×720 · 29.97 fps · VP9',
  )
  expect(pictureInWords({ ...sampleMedia, codec: 'prores' })).toContain('prores')
})

test('days are words as long as words are shorter', () => {
  expect(dayInWords(noon - 3 * hour, noon)).toBe('Today 09:00')
  expect(dayInWords(noon - 13 * hour, noon)).toBe('Yesterday 23:00')
  expect(dayInWords(noon - 48 * hour, noon)).toBe('2026-11-19 12:00')
  expect(dayInWords(noon, noon - 48 * hour)).toBe('2026-11-21 12:00')
})

test('a made clip says how long it took, an imported one does not', () => {
  expect(madeInWords(sampleClip(), noon)).toBe('Today 12:00, took 1.2 s')
  expect(madeInWords(sampleClip({ origin: { kind: 'imported', fileName: 'a.mov' } }), noon)).toBe(
    'Today 12:00',
  )
})

test('numbers have as many digits as matter', () => {
  expect([0.04, 1.25, 9.96, 48.3].map(secondsInWords)).toEqual(['0', '1.3', '10', '48'])
  expect([12, 345_678, 2_345_678, 3_210_000_000].map(bytesInWords)).toEqual([
    '1 kB',
    '346 kB',
    '2.3 MB',
    '3.21 GB',
  ])
})

test('the file is named without its folders', () => {
  expect(fileName({ file: 'clips/2026/11/a fox 7f3a.mp4' })).toBe('a fox 7f3a.mp4')
})

test('takes of one recipe differ by who made them, for how much, and how fast', () => {
  const clip = sampleClip({ title: 'Fox' })
  expect(takeInWords(clip)).toMatch(/^Fox · /)
  const origin = {
    kind: 'generated' as const,
    provider: 'krea' as const,
    recipe: sampleRecipe(),
    tookMs: 5200,
    charged: { unit: 'usd' as const, micros: 336_000 },
  }
  expect(takeInWords({ ...clip, origin })).toBe('Fox · Krea · $0.336 · 5.2 s')
  expect(takeInWords({ ...clip, origin: { kind: 'imported', fileName: 'fox.mp4' } })).toBe('Fox')
})
