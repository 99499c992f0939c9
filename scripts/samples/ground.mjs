/** Draws the land, column by column from near to far. */
import { createNoise, fbm, mix, smoothstep } from './noise.mjs'
import { EYE_HEIGHT, LIGHT, SCENES, paint } from './scene.mjs'
import { LAND_NEAR, LAND_SIZE } from './terrain.mjs'

/** Samples per pixel in each direction: skylines are what the eye sees first. */
const SAMPLES = 2
/** Growth of the distance from one step to the next; about a pixel on the hero's slopes. */
const STRIDE = 1.00055

/** Direct and skylight per scene, linear. */
const SUNLIGHT = { dusk: [3.5, 1.5, 0.62], night: [0.5, 0.65, 0.88] }
const SKYLIGHT = { dusk: [0.25, 0.25, 0.46], night: [0.06, 0.105, 0.2] }
/** Light thrown back by the bright western sky onto slopes that face it, without shadow. */
const FILL = { dusk: [0.3, 0.13, 0.11], night: [0.02, 0.03, 0.05] }

const ROCK_DARK = paint('433e41')
const ROCK_PALE = paint('85796f')
const SCREE = paint('6d6866')
const SNOW = paint('eef1f6')
const HEATH = paint('4b4a35')
const WOODS = paint('1a2019')

/** What a place on the land is made of, written into `out` as reflectance. */
function createMaterial(seed) {
  const noise = createNoise(seed)
  return (x, z, height, up, broadUp, open, line, out) => {
    const grain = fbm(noise, x / 120, z / 120, 6, 0.58)
    // Beds of rock, tilted and bent, show as pale and dark bands on bare slopes.
    const bed = fbm(noise, (height + x * 0.22) / 70 + grain * 0.6, z / 900, 3)
    const pale = smoothstep(-0.4, 0.6, grain * 0.5 + bed * 0.7)
    for (let c = 0; c < 3; c++) out[c] = mix(ROCK_DARK[c], ROCK_PALE[c], pale)
    const loose = smoothstep(0.62, 0.78, up + grain * 0.1) * 0.7
    for (let c = 0; c < 3; c++) out[c] = mix(out[c], SCREE[c], loose)

    const grass =
      smoothstep(line + 240, line + 40, height + grain * 60) * smoothstep(0.5, 0.68, up + grain * 0.1)
    for (let c = 0; c < 3; c++) out[c] = mix(out[c], HEATH[c], grass)
    const woods = smoothstep(line + 50, line - 40, height + grain * 30)
    for (let c = 0; c < 3; c++) out[c] = mix(out[c], WOODS[c], woods)

    // Snow lies where it is high, where it is not too steep, and longest in the hollows.
    const cold = smoothstep(640, 1150, height + grain * 150 + (0.72 - open) * 210)
    const holds = smoothstep(
      0.42,
      0.57,
      broadUp * 0.55 + up * 0.45 + grain * 0.17 + (0.72 - open) * 0.08 + cold * 0.12,
    )
    const snow = cold * holds
    for (let c = 0; c < 3; c++) out[c] = mix(out[c], SNOW[c] * (0.82 + 0.1 * pale), snow)
  }
}

/**
 * Paints everything that is land onto the sky.
 * @param {ReturnType<typeof import('./scene.mjs').createPicture>} picture
 * @param {ReturnType<typeof import('./relief.mjs').createRelief>} relief
 * @param {ReturnType<typeof import('./air.mjs').createAir>} air
 * @param {number} seed
 */
export function paintGround(picture, relief, air, seed) {
  const material = createMaterial(seed)
  const { width, height } = picture
  const tall = height * SAMPLES
  const sums = new Float32Array(height * 6)
  const hits = new Uint16Array(height)
  const matter = [0, 0, 0]
  const colour = [0, 0, 0]

  const shade = (row, x, z, y) => {
    const reach = Math.max(5, z * 0.00055)
    const slopeX = (relief.at(x + reach, z) - relief.at(x - reach, z)) / (2 * reach)
    const slopeZ = (relief.at(x, z + reach) - relief.at(x, z - reach)) / (2 * reach)
    const up = 1 / Math.hypot(slopeX, slopeZ, 1)
    const open = relief.open(x, z)
    const broadX = relief.base(x + 14, z) - relief.base(x - 14, z)
    const broadZ = relief.base(x, z + 14) - relief.base(x, z - 14)
    const broadUp = 28 / Math.hypot(broadX, broadZ, 28)
    material(x, z, y, up, broadUp, open, relief.treeline(x, z), matter)
    const distance = Math.hypot(x, z)
    for (let s = 0; s < 2; s++) {
      const scene = SCENES[s]
      const light = LIGHT[scene]
      const facing = Math.max(0, (-slopeX * light[0] - slopeZ * light[2] + light[1]) * up)
      const direct = facing * relief.lit(scene, x, z)
      const fill = Math.max(0, (-slopeX * light[0] * 0.9 + 0.35) * up) * Math.min(1, open)
      const sky = open * (0.45 + 0.55 * up)
      for (let c = 0; c < 3; c++) {
        const arriving = SUNLIGHT[scene][c] * direct + SKYLIGHT[scene][c] * sky + FILL[scene][c] * fill
        colour[c] = matter[c] * arriving
      }
      air.veil(scene, x / z, y, distance, x, colour)
      for (let c = 0; c < 3; c++) sums[row * 6 + s * 3 + c] += colour[c]
    }
    hits[row]++
  }

  /** Shades the rows of samples from `from` up to `to` that a step of the march has come to see. */
  const fill = (t, px, isLast, { from, to, taken, row, before, z }) => {
    for (let r = from; r >= to; r--) {
      // Where between the last step and this one the line of sight meets the slope.
      const share = taken > row ? (taken - r) / Math.max(1e-6, taken - row) : 1
      const hz = mix(before, z, Math.min(1, Math.max(0, share)))
      const pixel = Math.floor(r / SAMPLES)
      const hy = EYE_HEIGHT + picture.elevation((r + 0.5) / SAMPLES) * hz
      shade(pixel, t * hz, hz, hy)
      if (isLast) picture.depth[pixel * picture.width + px] = hz
    }
  }

  const column = (t, px, isLast) => {
    // Rows in samples, counted from the top; everything below is taken by what stands nearer.
    let taken = tall
    let before = LAND_NEAR + 60
    for (let z = before; z < LAND_NEAR + LAND_SIZE && taken > 0; z *= STRIDE) {
      const ground = relief.at(t * z, z)
      const row = picture.row((Math.max(0, ground) - EYE_HEIGHT) / z) * SAMPLES
      if (row < taken) {
        const span = { from: Math.ceil(taken) - 1, to: Math.max(0, Math.ceil(row)), taken, row, before, z }
        if (ground > 0) fill(t, px, isLast, span)
        taken = row
      }
      before = z
    }
  }

  for (let px = 0; px < width; px++) {
    sums.fill(0)
    hits.fill(0)
    for (let k = 0; k < SAMPLES; k++) column(picture.tangent(px + (k + 0.5) / SAMPLES), px, k === SAMPLES - 1)
    const full = SAMPLES * SAMPLES
    const waterline = picture.row(0)
    for (let row = 0; row < height; row++) {
      if (hits[row] === 0) continue
      const at = (row * width + px) * 3
      // Along the water there is nothing behind the land yet to show through.
      const weight = row > waterline ? hits[row] : full
      const rest = 1 - hits[row] / weight
      for (let c = 0; c < 3; c++) {
        picture.dusk[at + c] = picture.dusk[at + c] * rest + sums[row * 6 + c] / weight
        picture.night[at + c] = picture.night[at + c] * rest + sums[row * 6 + 3 + c] / weight
      }
    }
  }
}
