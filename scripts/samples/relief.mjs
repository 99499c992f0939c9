/** The land as a renderer asks for it: height anywhere, with rock too fine for the map, and how light reaches it. */
import { createNoise, fbm, ridged, smoothstep } from './noise.mjs'
import { LIGHT } from './scene.mjs'
import { LAND_LEFT, LAND_NEAR } from './terrain.mjs'

/** Coarser grid for light: shadows and hollows are soft anyway. */
const LIGHT_STEP = 2

/** Catmull-Rom weights for a place t between the second and third of four samples. */
function weigh(t, w) {
  const t2 = t * t
  const t3 = t2 * t
  w[0] = 0.5 * (-t3 + 2 * t2 - t)
  w[1] = 0.5 * (3 * t3 - 5 * t2 + 2)
  w[2] = 0.5 * (-3 * t3 + 4 * t2 + t)
  w[3] = 0.5 * (t3 - t2)
}

/** Rounds wooded slopes, which soil and trees smooth, and takes the single-cell saw teeth off the rock. */
function weather({ n, height }) {
  const passes = 3
  for (let pass = 0; pass < passes; pass++) {
    const from = height.slice()
    for (let j = 1; j < n - 1; j++) {
      for (let at = j * n + 1; at < j * n + n - 1; at++) {
        const isLake = from[at] <= 0
        const sides = from[at - 1] + from[at + 1] + from[at - n] + from[at + n]
        const corners = from[at - n - 1] + from[at - n + 1] + from[at + n - 1] + from[at + n + 1]
        const mean = sides / 6 + corners / 12
        const soft = 0.9 - 0.62 * smoothstep(180, 620, from[at])
        height[at] = isLake ? from[at] : from[at] + (mean - from[at]) * soft
      }
    }
  }
}

/** Slope of the skyline towards a light, per coarse cell: where the light stands lower, the cell is in shadow. */
function skyline(land, side, light) {
  const { n, cell, height } = land
  const flat = Math.hypot(light[0], light[2])
  const dx = light[0] / flat
  const dz = light[2] / flat
  const line = new Float32Array(side * side)
  const rise = (u, v) => {
    const base = height[v * n + u]
    let top = -1
    for (let reach = 2.5; reach < 620; reach *= 1.11) {
      const a = Math.round(u + dx * reach)
      const b = Math.round(v + dz * reach)
      if (a < 0 || b < 0 || a >= n || b >= n) break
      top = Math.max(top, (height[b * n + a] - base) / (reach * cell))
    }
    return top
  }
  for (let j = 0; j < side; j++) {
    for (let i = 0; i < side; i++) line[j * side + i] = rise(i * LIGHT_STEP, j * LIGHT_STEP)
  }
  return line
}

/** Blurs by running sums, so the cost does not grow with the radius. */
function blur(side, source, radius) {
  const across = new Float32Array(side * side)
  const out = new Float32Array(side * side)
  const span = radius * 2 + 1
  const run = (from, to, start, step) => {
    let sum = 0
    for (let k = -radius; k <= radius; k++) sum += from[start + Math.min(side - 1, Math.max(0, k)) * step]
    for (let k = 0; k < side; k++) {
      to[start + k * step] = sum / span
      const add = Math.min(side - 1, k + radius + 1)
      const drop = Math.max(0, k - radius)
      sum += from[start + add * step] - from[start + drop * step]
    }
  }
  for (let j = 0; j < side; j++) run(source, across, j * side, 1)
  for (let i = 0; i < side; i++) run(across, out, i, side)
  return out
}

/** How open each coarse cell lies to the sky: 1 on a crest, towards 0 in a gully. */
function openness(land, side) {
  const coarse = new Float32Array(side * side)
  for (let j = 0; j < side; j++) {
    for (let i = 0; i < side; i++) {
      coarse[j * side + i] = Math.max(0, land.height[j * LIGHT_STEP * land.n + i * LIGHT_STEP])
    }
  }
  const open = new Float32Array(side * side).fill(0.62)
  const metres = land.cell * LIGHT_STEP
  for (const [radius, share] of [
    [2, 0.3],
    [7, 0.34],
    [26, 0.34],
  ]) {
    const mean = blur(side, coarse, radius)
    for (let i = 0; i < open.length; i++) {
      open[i] += share * Math.max(-1, Math.min(1, (coarse[i] - mean[i]) / (radius * metres * 0.32)))
    }
  }
  return open
}

/**
 * Prepares the land for rendering; changes `land.height` in place (weathering).
 * @param {{ n: number, cell: number, height: Float32Array }} land
 * @param {number} seed
 */
export function createRelief(land, seed) {
  weather(land)
  const { n, cell, height } = land
  const noise = createNoise(seed)
  const side = Math.floor(n / LIGHT_STEP)
  const open = openness(land, side)
  const lines = { dusk: skyline(land, side, LIGHT.dusk), night: skyline(land, side, LIGHT.night) }
  const slopes = {
    dusk: LIGHT.dusk[1] / Math.hypot(LIGHT.dusk[0], LIGHT.dusk[2]),
    night: LIGHT.night[1] / Math.hypot(LIGHT.night[0], LIGHT.night[2]),
  }
  const wu = new Float64Array(4)
  const wv = new Float64Array(4)

  /** Height of the map itself, metres; -12 in the lake and outside. */
  const base = (x, z) => {
    const u = (x - LAND_LEFT) / cell - 0.5
    const v = (z - LAND_NEAR) / cell - 0.5
    if (u < 1 || v < 1 || u >= n - 3 || v >= n - 3) return -12
    const i = Math.floor(u)
    const j = Math.floor(v)
    weigh(u - i, wu)
    weigh(v - j, wv)
    let sum = 0
    for (let b = 0; b < 4; b++) {
      const at = (j + b - 1) * n + i - 1
      sum +=
        wv[b] *
        (wu[0] * height[at] + wu[1] * height[at + 1] + wu[2] * height[at + 2] + wu[3] * height[at + 3])
    }
    // The map's cells would show as steps along the water.
    return sum > -9 && sum < 14 ? sum + fbm(noise, x / 42, z / 42, 3) * 3.4 - 0.8 : sum
  }

  /** Height with crags, ledges and gullies, metres. */
  const at = (x, z) => {
    const ground = base(x, z)
    if (ground <= 0) return ground
    const rock = smoothstep(160, 760, ground)
    const shore = smoothstep(0, 25, ground)
    const crag = rock > 0.01 ? (ridged(noise, x / 260 + z / 900, z / 260, 6) - 0.42) * 62 * rock : 0
    const rubble = fbm(noise, x / 46, z / 46, 4, 0.56) * (1.8 + 10.5 * rock)
    // Beds of harder rock stand out as ledges, which hold snow and catch the light.
    const tilt = ground / 52 + x / 640 - z / 1500
    const ledge = rock > 0.01 ? noise(tilt + noise(x / 330, z / 330) * 0.7, x / 900) * 9 * rock : 0
    return Math.max(0.2, ground + (crag + rubble + ledge) * shore)
  }

  const coarse = (field, x, z) => {
    const u = Math.min(side - 1.01, Math.max(0, ((x - LAND_LEFT) / cell - 0.5) / LIGHT_STEP))
    const v = Math.min(side - 1.01, Math.max(0, ((z - LAND_NEAR) / cell - 0.5) / LIGHT_STEP))
    const i = Math.floor(u)
    const j = Math.floor(v)
    const k = j * side + i
    const top = field[k] + (u - i) * (field[k + 1] - field[k])
    const bottom = field[k + side] + (u - i) * (field[k + side + 1] - field[k + side])
    return top + (v - j) * (bottom - top)
  }

  const treeline = (x, z) =>
    400 + fbm(noise, x / 900 + 9, z / 900, 4) * 190 + fbm(noise, x / 160, z / 160, 3) * 95

  return {
    base,
    at,
    /** Height up to which trees grow at a place, metres. */
    treeline,
    /** Share of the sky that a place sees, about [0.15, 1.4]. */
    open: (x, z) => Math.max(0.15, coarse(open, x, z)),
    /** 1 in direct light, 0 in another slope's shadow. */
    lit: (scene, x, z) => {
      const slope = slopes[scene]
      return smoothstep(-0.09, 0.07, slope - coarse(lines[scene], x, z))
    },
  }
}
