/** Woods on the hills, tree by tree from far to near. */
import { createNoise, createRandom, fbm, mix, smoothstep } from './noise.mjs'
import { EYE_HEIGHT, LIGHT, SCENES, paint } from './scene.mjs'
import { LAND_NEAR } from './terrain.mjs'

/** Metres between trees where woods are dense, near and far; far ones only have to fill the slope. */
const SPACING_NEAR = 8.5
const SPACING_FAR = 11.5
/** Distance beyond which single trees are smaller than the grain, metres. */
const FARTHEST = 11_500

const NEEDLES = [paint('27331f'), paint('1b2a1e'), paint('33371f'), paint('2b2c1d')]
const SUNLIGHT = { dusk: [2.1, 0.95, 0.4], night: [0.4, 0.52, 0.72] }
const SKYLIGHT = { dusk: [0.3, 0.26, 0.42], night: [0.05, 0.09, 0.17] }

/**
 * Blends one spot of both scenes' colours into the picture.
 * @param {ReturnType<typeof import('./scene.mjs').createPicture>} picture
 */
function lay(picture, x, y, cover, colours, gain) {
  const at = (y * picture.width + x) * 3
  for (let c = 0; c < 3; c++) {
    picture.dusk[at + c] = mix(picture.dusk[at + c], colours[c] + colours[6 + c] * gain, cover)
    picture.night[at + c] = mix(picture.night[at + c], colours[3 + c] + colours[9 + c] * gain, cover)
  }
}

/** A conifer as rows of boughs: pointed, ragged, brighter on the side of the light. */
function drawConifer(picture, tree, colours, random) {
  const { column, foot, size, distance } = tree
  const { width, height } = picture
  const top = foot - size
  const tiers = Math.max(3, Math.min(11, Math.round(size / 3.2)))
  const phase = random()
  const fat = 0.125 + 0.06 * random()
  const lean = (random() - 0.5) * 0.05 * size
  const last = Math.min(height - 1, Math.floor(foot))
  for (let row = Math.max(0, Math.floor(top)); row <= last; row++) {
    const tall = Math.min(row + 1, foot) - Math.max(row, top)
    if (tall <= 0) continue
    const v = Math.min(1, Math.max(0, (row + 0.5 - top) / size))
    const tier = (v * tiers + phase) % 1
    const ragged = size > 7 ? 0.62 + 0.55 * tier + (random() - 0.5) * 0.35 : 0.95
    const half = size * fat * v ** 0.82 * ragged + 0.22
    const middle = column + lean * (1 - v)
    const from = middle - half
    const to = middle + half
    for (let x = Math.max(0, Math.floor(from)); x <= Math.min(width - 1, Math.floor(to)); x++) {
      const wide = Math.min(x + 1, to) - Math.max(x, from)
      if (wide <= 0) continue
      const k = row * width + x
      if (picture.depth[k] < distance - 60) continue
      const side = half > 0.8 ? (x + 0.5 - middle) / half : 0.2
      const gain = (0.66 + 0.42 * side) * (0.78 + 0.4 * (1 - tier)) * mix(1.35, 0.8, v)
      lay(picture, x, row, Math.min(1, wide) * tall * 0.96, colours, Math.max(0.12, gain))
      if (wide * tall > 0.5) picture.depth[k] = Math.min(picture.depth[k], distance)
    }
  }
}

/**
 * Plants the woods.
 * @param {ReturnType<typeof import('./scene.mjs').createPicture>} picture
 * @param {ReturnType<typeof import('./relief.mjs').createRelief>} relief
 * @param {ReturnType<typeof import('./air.mjs').createAir>} air
 * @param {number} seed
 */
export function paintForest(picture, relief, air, seed) {
  const random = createRandom(seed)
  const noise = createNoise(seed)
  // Per scene: what the air adds in front of the tree, then what the tree itself sends through it.
  const colours = new Float64Array(12)
  const empty = [0, 0, 0]
  const colour = [0, 0, 0]
  const edge = picture.tangent(picture.width) * 1.02

  const plant = (x, z) => {
    const ground = relief.base(x, z)
    if (ground < 0.6) return
    const clump = fbm(noise, x / 420, z / 420, 4)

    if (ground > relief.treeline(x, z) + 30 - random() ** 2 * 110) return
    // Clearings, and a thin edge along the water.
    if (clump < -0.34 + random() * 0.2 || (ground < 3 && random() < 0.5)) return
    const slopeX = (relief.base(x + 9, z) - relief.base(x - 9, z)) / 18
    const slopeZ = (relief.base(x, z + 9) - relief.base(x, z - 9)) / 18
    const up = 1 / Math.hypot(slopeX, slopeZ, 1)
    if (up < 0.6 + random() * 0.1) return
    const height = (12 + 13 * random()) * mix(1, 0.62, smoothstep(250, 480, ground))
    const distance = Math.hypot(x, z)
    const needles = NEEDLES[Math.floor(random() * NEEDLES.length)]
    const tone = 0.7 + 0.5 * random() + clump * 0.25
    const open = relief.open(x, z)
    for (let s = 0; s < 2; s++) {
      const scene = SCENES[s]
      const light = LIGHT[scene]
      const facing = Math.max(0, (-slopeX * light[0] - slopeZ * light[2] + light[1]) * up) * 0.6 + 0.2
      const direct = facing * relief.lit(scene, x, z)
      for (let c = 0; c < 3; c++) {
        colour[c] = needles[c] * tone * (SUNLIGHT[scene][c] * direct + SKYLIGHT[scene][c] * open)
      }
      empty.fill(0)
      air.veil(scene, x / z, ground + height * 0.4, distance, x, empty)
      air.veil(scene, x / z, ground + height * 0.4, distance, x, colour)
      for (let c = 0; c < 3; c++) {
        colours[s * 3 + c] = empty[c]
        colours[6 + s * 3 + c] = colour[c] - empty[c]
      }
    }
    const tree = {
      column: picture.column(x / z),
      foot: picture.row((ground - EYE_HEIGHT) / z) + 0.5,
      size: (height / z) * picture.focal,
      distance: z,
    }
    drawConifer(picture, tree, colours, random)
  }

  for (let z = FARTHEST; z > LAND_NEAR + 150;) {
    const spacing = mix(SPACING_NEAR, SPACING_FAR, smoothstep(3000, 8000, z))
    for (let x = -edge * z; x < edge * z; x += spacing) {
      plant(x + (random() - 0.5) * spacing, z - random() * spacing)
    }
    z -= spacing
  }
}
