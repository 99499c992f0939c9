/**
 * The land: a height map in metres, grown by uplift and cut by rivers (stream power erosion, solved implicitly after
 * Braun and Willett 2013), so that ridges branch the way real ones do. x runs right, z away from the camera.
 */
import { createNoise, createRandom, fbm, smoothstep } from './noise.mjs'

/** Side of the square of land, metres. */
export const LAND_SIZE = 20_480
/** Where that square lies: its left edge and its near edge, metres. */
export const LAND_LEFT = -LAND_SIZE / 2
export const LAND_NEAR = 900

/** How high the highest summit stands above the lake, metres. */
const SUMMIT_HEIGHT = 1780
/** The part of it that is a horn put on top of what erosion left, and the radius over which that fades, metres. */
const HORN_HEIGHT = 270
const HORN_RADIUS = 400

/** [cells per side, erosion rounds]: the shape is found coarse, its gullies are cut fine. */
const STAGES = [
  [256, 160],
  [512, 60],
  [1024, 30],
  [2048, 9],
]

/** Erodibility against uplift; higher gives broader valleys and lower foothills. */
const ERODIBILITY = 0.2

/** Bumps of uplift, in km: [x, z, radius x, radius z, strength]. The first is the hero of the picture. */
const MASSIFS = [
  [-0.95, 9.3, 0.95, 1.2, 95],
  [-2.6, 10.2, 1.2, 1.4, 34],
  [0.75, 10.0, 0.9, 1.4, 26],
  [-4.9, 9.4, 1.6, 1.8, 30],
  [-3.9, 5.8, 1.5, 1.4, 12],
  [5.2, 9.2, 1.5, 2.2, 38],
  [7.2, 12.5, 2.0, 2.6, 36],
  [0.2, 15.5, 2.0, 1.9, 24],
  [-5.6, 16.0, 3.0, 2.2, 36],
  [3.2, 5.0, 0.9, 1.2, 5],
]

/** Metres from the lake's shore; negative in the lake. */
function lakeDistance(noise, x, z) {
  const km = 1000
  const bend = fbm(noise, x / 1500 + 3.1, z / 1500, 6) * 620
  const width = 1150 + 260 * Math.sin(z / 620)
  const across = Math.abs(x - 150 - Math.max(0, z - 2.4 * km) * 0.24) - width
  const far = z - 5.75 * km
  return Math.max(across, far) + bend
}

/** Metres from the river that leaves the lake through the gap where the sun stands. */
function riverDistance(noise, x, z) {
  const bend = 2350 + (z - 5500) * 0.115 + Math.sin(z / 2100) * 420 + fbm(noise, z / 1500, 7.7, 3) * 300
  return Math.abs(x - bend) - 90 - (z - 5500) * 0.012
}

function paintUplift(n, noise, uplift, floor) {
  const cell = LAND_SIZE / n
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < n; i++) {
      const x = LAND_LEFT + (i + 0.5) * cell
      const z = LAND_NEAR + (j + 0.5) * cell
      const at = j * n + i
      const lake = lakeDistance(noise, x, z)
      const river = z > 5200 ? riverDistance(noise, x, z) : 1e9
      const isEdge = i === 0 || j === 0 || i === n - 1 || j === n - 1
      const isFloor = lake < 0 || river < 0 || isEdge
      floor[at] = isFloor ? (lake < 0 ? -12 : Math.max(0, (z - 5600) * 0.006)) : NaN
      let lift = 1.6
      for (const [mx, mz, rx, rz, strength] of MASSIFS) {
        const dx = (x / 1000 - mx) / rx
        const dz = (z / 1000 - mz) / rz
        lift += strength * Math.exp(-(dx * dx + dz * dz))
      }
      const rough = 1 + 0.75 * fbm(noise, x / 2300 + 40, z / 2300, 4)
      uplift[at] = lift * Math.max(0.25, rough) * smoothstep(-200, 900, lake)
    }
  }
}

const NEIGHBOURS = [
  [-1, -1],
  [0, -1],
  [1, -1],
  [-1, 0],
  [1, 0],
  [-1, 1],
  [0, 1],
  [1, 1],
]

/** Lets every cell drain to its steepest lower neighbour; the neighbour's index, or its own in a pit. */
function route(n, height, receiver, jitter) {
  const offset = NEIGHBOURS.map(([dx, dz]) => dz * n + dx)
  const inverse = NEIGHBOURS.map(([dx, dz]) => 1 / Math.hypot(dx, dz))
  const outlet = (at) => {
    let best = 0
    let found = at
    for (let k = 0; k < 8; k++) {
      const to = at + offset[k]
      // A little fixed randomness per cell hides that water may only leave in eight directions.
      const drop = (height[at] - height[to]) * inverse[k] * jitter[(at * 8 + k) & 65535]
      if (drop <= best) continue
      best = drop
      found = to
    }
    return found
  }
  for (let at = 0; at < n * n; at++) {
    const i = at % n
    const isEdge = i === 0 || i === n - 1 || at < n || at >= n * (n - 1)
    receiver[at] = isEdge ? at : outlet(at)
  }
}

/** Lists all cells so that each comes after the one it drains into. */
function order(count, receiver, stack, donors, first) {
  first.fill(0)
  for (let i = 0; i < count; i++) if (receiver[i] !== i) first[receiver[i] + 1]++
  for (let i = 0; i < count; i++) first[i + 1] += first[i]
  const cursor = first.slice()
  for (let i = 0; i < count; i++) if (receiver[i] !== i) donors[cursor[receiver[i]]++] = i
  let filled = 0
  for (let i = 0; i < count; i++) if (receiver[i] === i) stack[filled++] = i
  for (let read = 0; read < filled; read++) {
    const at = stack[read]
    for (let d = first[at]; d < first[at + 1]; d++) stack[filled++] = donors[d]
  }
}

function erode(n, rounds, height, noise, random) {
  const count = n * n
  const cell = LAND_SIZE / n
  const uplift = new Float32Array(count)
  const floor = new Float32Array(count)
  paintUplift(n, noise, uplift, floor)
  const steepest = new Float32Array(count)
  for (let i = 0; i < count; i++) {
    const x = (i % n) * cell
    const z = Math.floor(i / n) * cell
    // Harder and softer rock: the steepest slope that holds, mostly between 35 and 60 degrees once scaled.
    steepest[i] = Math.max(0.5, 0.92 + 0.62 * fbm(noise, x / 620, z / 620 + 90, 4))
  }
  const jitter = Float32Array.from({ length: 65536 }, () => 0.75 + 0.5 * random())
  const receiver = new Int32Array(count)
  const stack = new Int32Array(count)
  const donors = new Int32Array(count)
  const first = new Int32Array(count + 1)
  const area = new Float32Array(count)
  const settle = (at) => {
    if (!Number.isNaN(floor[at])) {
      height[at] = floor[at]
      return
    }
    const to = receiver[at]
    const raised = height[at] + uplift[at]
    if (to === at) {
      height[at] = raised
      return
    }
    const straight = Math.abs(at - to) === 1 || Math.abs(at - to) === n
    const distance = straight ? cell : cell * Math.SQRT2
    const cut = (ERODIBILITY * Math.sqrt(area[at])) / distance
    const eroded = (raised + cut * height[to]) / (1 + cut)
    height[at] = Math.min(eroded, height[to] + steepest[at] * distance)
  }
  for (let round = 0; round < rounds; round++) {
    route(n, height, receiver, jitter)
    order(count, receiver, stack, donors, first)
    area.fill(cell * cell)
    for (let k = count - 1; k >= 0; k--) {
      const at = stack[k]
      if (receiver[at] !== at) area[receiver[at]] += area[at]
    }
    stack.forEach(settle)
  }
}

/** Doubles a height map's resolution, with a little roughness for the next stage to cut into. */
function refine(n, height, random) {
  const fine = new Float32Array(n * n * 4)
  for (let j = 0; j < n * 2; j++) {
    for (let i = 0; i < n * 2; i++) {
      const u = Math.min(n - 1.001, Math.max(0, i / 2 - 0.25))
      const v = Math.min(n - 1.001, Math.max(0, j / 2 - 0.25))
      const iu = Math.floor(u)
      const iv = Math.floor(v)
      const at = iv * n + iu
      const top = height[at] + (u - iu) * (height[at + 1] - height[at])
      const bottom = height[at + n] + (u - iu) * (height[at + n + 1] - height[at + n])
      fine[j * n * 2 + i] = top + (v - iv) * (bottom - top) + random() * 4
    }
  }
  return fine
}

/** Scales the land to its summit and draws the hero out into a horn, which erosion alone leaves blunt. */
function raiseHero({ n, cell, height }) {
  const [heroX, heroZ] = MASSIFS[0]
  let top = 0
  for (let i = 0; i < height.length; i++) {
    const x = (LAND_LEFT + (i % n) * cell) / 1000
    const z = (LAND_NEAR + Math.floor(i / n) * cell) / 1000
    if (Math.hypot(x - heroX, z - heroZ) < 1.6 && height[i] > height[top]) top = i
  }
  const scale = (SUMMIT_HEIGHT - HORN_HEIGHT) / height[top]
  for (let i = 0; i < height.length; i++) {
    if (height[i] <= 0) continue
    const away = Math.hypot((i % n) - (top % n), Math.floor(i / n) - Math.floor(top / n)) * cell
    height[i] = height[i] * scale + HORN_HEIGHT * Math.exp(-away / HORN_RADIUS)
  }
}

/**
 * Grows the land.
 * @param {number} seed
 * @returns {{ n: number, cell: number, height: Float32Array }} n by n heights in metres, 0 at the lake, row 0 nearest
 */
export function growLand(seed) {
  const noise = createNoise(seed)
  const random = createRandom(seed + 1)
  let n = STAGES[0][0]
  let height = Float32Array.from({ length: n * n }, () => random() * 30)
  for (const [side, rounds] of STAGES) {
    if (side !== n) height = refine(n, height, random)
    n = side
    erode(n, rounds, height, noise, random)
  }
  const land = { n, cell: LAND_SIZE / n, height }
  raiseHero(land)
  return land
}
