/** What the air does to everything behind it: haze with distance, mist lying in the valley. */
import { createNoise, fbm, mix, smoothstep } from './noise.mjs'
import { EYE_HEIGHT, MOON, SUN, createRamp, paint } from './scene.mjs'

/** Metres of air at lake level that leave 1/e of the light: red, green, blue. Blue is scattered away first. */
const REACH = {
  dusk: [18_500, 15_500, 12_500],
  night: [20_000, 16_500, 13_500],
}
/** Height over which haze thins to 1/e, metres. */
const HAZE_SCALE = 1050
/** The same for the mist on the valley floor. */
const MIST_SCALE = 125

const duskHaze = createRamp([
  [-0.5, '5f5f88'],
  [-0.22, '7d6a88'],
  [-0.05, 'b47c7c'],
  [0.1, 'e59a6c'],
  [0.18, 'ffb873'],
  [0.3, 'ee9c68'],
  [0.45, 'd08a6c'],
])
const GLOW = paint('ffae5c')
const nightHaze = createRamp([
  [-0.5, '1b3552'],
  [0, '274a69'],
  [0.22, '355d7c'],
  [0.5, '2b4d6c'],
])
const MIST = { dusk: paint('d39a92'), night: paint('476f92') }

/**
 * @param {number} seed
 * @returns the air: `veil(scene, t, height, distance, x, colour)` changes a colour in place to what arrives at the
 * eye from a point `height` metres above the lake, `distance` metres away, `x` metres to the right; `glow` writes
 * the colour of endless haze in a direction
 */
export function createAir(seed) {
  const noise = createNoise(seed)
  const haze = [0, 0, 0]

  /** Mean density between eye and point for air that thins with height. */
  const column = (scale, height) => {
    const a = Math.exp(-EYE_HEIGHT / scale)
    const b = Math.exp(-Math.max(0, height) / scale)
    const rise = (height - EYE_HEIGHT) / scale
    return Math.abs(rise) < 0.01 ? a : (a - b) / rise
  }

  const glow = (scene, t, e, out) => {
    if (scene === 'dusk') {
      duskHaze(t, out)
      const near = Math.exp(-Math.hypot(t - SUN.t, (e - SUN.e) * 1.3) / 0.075)
      for (let c = 0; c < 3; c++) out[c] = out[c] * 0.8 + GLOW[c] * near * 0.62
      return
    }
    nightHaze(t, out)
    const near = Math.exp(-Math.hypot(t - MOON.t, (e - MOON.e) * 0.7) / 0.2)
    for (let c = 0; c < 3; c++) out[c] *= 0.82 + near * 0.5
  }

  const veil = (scene, t, height, distance, x, colour) => {
    const e = (height - EYE_HEIGHT) / distance
    glow(scene, t, e, haze)
    const density = column(HAZE_SCALE, height)
    const reach = REACH[scene]
    // The first stretch is kept clear: it gives the near hills their weight.
    const path = Math.max(0, distance - 1500) * density
    for (let c = 0; c < 3; c++) colour[c] = mix(haze[c], colour[c], Math.exp(-path / reach[c]))

    const patches = fbm(noise, x / 1500, distance / 2600, 4)
    const amount = smoothstep(-0.6, 0.45, patches) * smoothstep(2600, 5600, distance)
    if (amount <= 0) return
    const lying = Math.exp(-Math.max(0, height - 8) / (MIST_SCALE * (0.7 + 0.9 * amount)))
    const far = Math.min(1, distance / 9000)
    const opacity = Math.min(0.9, amount * lying * 1.05 * far)
    const tint = MIST[scene]
    for (let c = 0; c < 3; c++) colour[c] = mix(colour[c], mix(tint[c], haze[c], 0.55) * 1.06, opacity)
  }
  return { veil, glow }
}
