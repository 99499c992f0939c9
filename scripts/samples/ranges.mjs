/** The ranges that stand behind the land, as painted flats. */
import { createNoise, fbm, ridged } from './noise.mjs'
import { EYE_HEIGHT, SCENES, blend, paint } from './scene.mjs'

/** Ranges beyond the land: [distance, height, width of a summit], metres. */
const RANGES = [
  [92_000, 4700, 17_000],
  [70_000, 3100, 12_000],
  [52_000, 2150, 9500],
  [40_000, 1480, 7400],
  [31_000, 1010, 5600],
  [25_000, 620, 4300],
]

/**
 * Paints the far ranges, each a flat with its own skyline, paler towards its foot where the haze lies.
 * @param {ReturnType<typeof import('./scene.mjs').createPicture>} picture
 * @param {ReturnType<typeof import('./air.mjs').createAir>} air
 * @param {number} seed
 */
export function paintRanges(picture, air, seed) {
  const noise = createNoise(seed)
  const { width, height } = picture
  const bare = { dusk: paint('57485f'), night: paint('0e1d33') }
  const colour = [0, 0, 0]
  const haze = (scene, folds, t, y, distance, x) => {
    for (let c = 0; c < 3; c++) colour[c] = bare[scene][c] * folds
    air.veil(scene, t, y, distance, x, colour)
  }
  RANGES.forEach(([distance, tall, summit], index) => {
    for (let px = 0; px < width; px++) {
      const t = picture.tangent(px + 0.5)
      const x = t * distance
      const u = x / summit + index * 37.7
      const broad = 0.5 + 0.5 * fbm(noise, u * 0.45, index * 3.1, 3)
      const crest = ridged(noise, u, index * 5.7 + 0.5, 7) * 1.15
      // The gap on the right stays low, so that the sun and the far light come through.
      const gap = 1 - 0.42 * Math.exp(-(((t - 0.2) / 0.12) ** 2))
      const top = tall * (0.2 + 0.55 * broad * crest + 0.42 * crest) * gap
      const skyline = picture.row((top - EYE_HEIGHT) / distance)
      const foot = picture.row(-0.004)
      for (let row = Math.max(0, Math.floor(skyline)); row < Math.min(height, foot); row++) {
        const cover = Math.min(1, row + 1 - skyline)
        const y = Math.max(0, EYE_HEIGHT + picture.elevation(row + 0.5) * distance)
        const folds = fbm(noise, u * 5 + y / 900, y / 420 + index, 4)
        const at = (row * width + px) * 3
        for (const scene of SCENES) {
          haze(scene, 1 + 0.35 * folds, t, y * 0.85, distance * 0.62, x + index * 9000)
          blend(picture[scene], at, colour, cover)
        }
        picture.depth[row * width + px] = distance
      }
    }
  })
}
