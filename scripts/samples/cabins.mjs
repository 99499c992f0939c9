/** A few cabins by the water, dark at dusk but for one, their windows lit at night. */
import { createRandom } from './noise.mjs'
import { SCENES, SKY_DEPTH, blend, paint } from './scene.mjs'

/** [share of the picture's width, metres up from the water, width in pixels of a 1440-row picture, windows lit at dusk] */
const CABINS = [
  [0.2135, 5, 17, 0],
  [0.2345, 2, 20, 1],
  [0.2585, 3, 15, 0],
  [0.4385, 2, 9, 0],
  [0.4475, 1, 8, 0],
]

const WALL = { dusk: paint('2b2023'), night: paint('0a111b') }
const ROOF = { dusk: paint('5d4a52'), night: paint('2c4058') }
const WINDOW = { dusk: [0.85, 0.42, 0.13], night: [3.1, 1.55, 0.5] }
const UNLIT = paint('3c3238')
const SMOKE = { dusk: paint('c79a90'), night: paint('4d6c8a') }

/** Lowest row of land in a column, or -1. */
function findFoot(picture, x) {
  const { width, height, depth } = picture
  for (let y = height - 1; y > picture.row(0); y--) if (depth[y * width + x] < SKY_DEPTH) return y
  return -1
}

/** Covers a patch of pixels; `shape` gives the share covered at a place, `colourAt` the colour in a scene. */
function cover(picture, left, top, right, bottom, shape, colourAt) {
  const { width, height } = picture
  for (let y = Math.max(0, Math.floor(top)); y <= Math.min(height - 1, Math.ceil(bottom)); y++) {
    for (let x = Math.max(0, Math.floor(left)); x <= Math.min(width - 1, Math.ceil(right)); x++) {
      const amount = shape(x + 0.5, y + 0.5)
      if (amount <= 0) continue
      for (const scene of SCENES) blend(picture[scene], (y * width + x) * 3, colourAt(scene), amount)
    }
  }
}

/** Share of a pixel inside an upright box. */
function box(left, top, right, bottom, solid = 1) {
  return (x, y) => {
    const wide = Math.min(right, x + 0.5) - Math.max(left, x - 0.5)
    const tall = Math.min(bottom, y + 0.5) - Math.max(top, y - 0.5)
    return Math.max(0, wide) * Math.max(0, tall) * solid
  }
}

function glow(picture, x0, y0, radius, strength) {
  const { width, height, night } = picture
  for (let y = Math.max(0, Math.floor(y0 - radius * 4)); y <= Math.min(height - 1, y0 + radius * 4); y++) {
    for (let x = Math.max(0, Math.floor(x0 - radius * 4)); x <= Math.min(width - 1, x0 + radius * 4); x++) {
      const d = Math.hypot(x + 0.5 - x0, (y + 0.5 - y0) * 1.3) / radius
      const amount = strength * Math.exp(-d * 1.5)
      const at = (y * width + x) * 3
      for (let c = 0; c < 3; c++) night[at + c] += WINDOW.night[c] * amount
    }
  }
}

/** A thread of smoke that leans with the air and thins out. */
function smoke(picture, x0, y0, unit, random) {
  const phase = random() * 6
  for (let k = 0; k < 60; k++) {
    const s = k / 60
    const x = x0 + (s * (8 + 3 * phase) + Math.sin(s * 6 + phase) * 5 * s) * unit
    const y = y0 - s * (42 + 7 * phase) * unit
    const radius = (1.1 + 6.5 * s) * unit
    const amount = 0.055 * (1 - s) ** 1.2
    const soft = (px, py) => amount * Math.exp(-(((px - x) / radius) ** 2) - ((py - y) / radius) ** 2)
    cover(
      picture,
      x - radius * 2,
      y - radius * 2,
      x + radius * 2,
      y + radius * 2,
      soft,
      (scene) => SMOKE[scene],
    )
  }
}

/**
 * Builds the cabins along the shore; needs the land's depth, and must come before the water that mirrors them.
 * @param {ReturnType<typeof import('./scene.mjs').createPicture>} picture
 * @param {number} seed
 */
export function paintCabins(picture, seed) {
  const random = createRandom(seed)
  const unit = picture.height / 1440
  for (const [u, up, size, litAtDusk] of CABINS) {
    const x = Math.round(u * picture.width)
    const shore = findFoot(picture, x)
    if (shore < 0) continue
    const z = picture.depth[shore * picture.width + x]
    const foot = shore - (up / z) * picture.focal
    const wide = size * unit
    // Far ones stand in the mist.
    const solid = z > 4500 ? 0.4 : 1
    const wall = wide * 0.42
    const left = x - wide / 2
    const eaves = foot - wall
    if (size > 14) smoke(picture, x + wide * 0.3, eaves - wide * 0.3, unit, random)
    cover(
      picture,
      left,
      eaves,
      left + wide,
      foot,
      box(left, eaves, left + wide, foot, solid),
      (scene) => WALL[scene],
    )
    const ridge = eaves - wide * 0.34
    const roof = (px, py) => {
      const v = (py - ridge) / (eaves + 0.06 * wide - ridge)
      if (v < 0 || v > 1) return 0
      const half = wide * 0.6 * v
      return Math.min(1, Math.max(0, half + 0.5 - Math.abs(px - x))) * solid
    }
    cover(
      picture,
      left - 3 * unit,
      ridge,
      left + wide + 3 * unit,
      eaves + wide * 0.06,
      roof,
      (scene) => ROOF[scene],
    )
    const panes = size > 14 ? [-0.25, 0.22] : [0]
    panes.forEach((share, k) => {
      const pane = Math.max(1.3, wide * 0.13)
      const px = x + share * wide
      const top = eaves + wall * 0.28
      const isLit = litAtDusk > k
      const shape = box(px - pane / 2, top, px + pane / 2, top + pane * 1.25)
      cover(picture, px - pane, top - 1, px + pane, top + pane * 2, shape, (scene) =>
        scene === 'night' || isLit ? WINDOW[scene] : UNLIT,
      )
      glow(picture, px, top + pane * 0.6, Math.max(3, wide * 0.36), 0.16)
    })
    // Light from the windows on the ground in front.
    glow(picture, x, foot, wide * 0.55, 0.05)
  }
}
