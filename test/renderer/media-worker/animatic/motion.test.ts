import { expect, test } from 'vitest'
import { layersAt } from '../../../../renderer/media-worker/animatic/motion'

const counts = [1, 2, 3, 4, 5]
const durations = [1, 4, 8]
const cases = counts.flatMap((pictures) => durations.map((durationS) => [pictures, durationS] as const))

const filmOf = (pictures: number, durationS: number) =>
  Array.from({ length: durationS * 24 }, (_, frame) => layersAt(frame, durationS * 24, pictures, durationS))

test.each(cases)('%i pictures in %i s begin with the first picture as it is', (pictures, durationS) => {
  expect(filmOf(pictures, durationS).at(0)).toEqual([{ picture: 0, scale: 1, alpha: 1 }])
})

test.each(cases.filter(([pictures]) => pictures > 1))(
  '%i pictures in %i s end with the last picture as it is',
  (pictures, durationS) => {
    expect(filmOf(pictures, durationS).at(-1)).toEqual([{ picture: pictures - 1, scale: 1, alpha: 1 }])
  },
)

test.each(cases)(
  '%i pictures in %i s: every frame is covered by one or two neighbours',
  (pictures, durationS) => {
    for (const layers of filmOf(pictures, durationS)) {
      const [lowest, upper, ...more] = layers
      expect(more).toEqual([])
      expect(lowest?.scale).toBeGreaterThanOrEqual(1)
      if (!upper) continue
      expect(upper.picture).toBe((lowest?.picture ?? 0) + 1)
      expect(upper.scale).toBeGreaterThanOrEqual(1)
      expect(upper.alpha).toBeGreaterThan(0)
      expect(upper.alpha).toBeLessThan(1)
    }
  },
)

test.each(cases)('%i pictures in %i s: each is seen alone for an equal time', (pictures, durationS) => {
  const alone = filmOf(pictures, durationS).filter((layers) => layers.length === 1)
  const frames = counts
    .slice(0, pictures)
    .map((_, picture) => alone.filter(([only]) => only?.picture === picture).length)
  expect(Math.min(...frames)).toBeGreaterThan(0)
  // The outer pictures dissolve once, the inner ones twice.
  const inner = frames.slice(1, -1)
  expect(Math.max(...inner, 0) - Math.min(...inner, Number.POSITIVE_INFINITY)).toBeLessThanOrEqual(1)
})

test.each(cases)('%i pictures in %i s never jump', (pictures, durationS) => {
  const film = filmOf(pictures, durationS)
  for (const [frame, layers] of film.entries()) {
    for (const { picture, scale } of layers) {
      const before = film[frame - 1]?.find((layer) => layer.picture === picture)
      // A fifth of the push in one frame would be a jump; the shortest film moves it by a twelfth.
      if (before) expect(Math.abs(scale - before.scale)).toBeLessThan(0.016)
    }
  }
})

test('one picture is pushed in, from rest to rest', () => {
  const scales = filmOf(1, 4).map(([layer]) => layer?.scale ?? 0)
  expect(scales).toEqual(scales.toSorted((a, b) => a - b))
  expect(scales.at(-1)).toBeCloseTo(1.08, 5)
  expect((scales[1] ?? 0) - 1).toBeLessThan(0.0001)
})

test('two pictures dissolve around the middle', () => {
  const seen = filmOf(2, 4).map((layers) => layers.length)
  expect(seen.indexOf(2)).toBe(34)
  expect(seen.lastIndexOf(2)).toBe(61)
})

test('the dissolves of a sequence last half a second at most', () => {
  const frames = filmOf(3, 8).filter((layers) => layers.length === 2).length
  expect(frames / 2).toBeLessThanOrEqual(12)
})
