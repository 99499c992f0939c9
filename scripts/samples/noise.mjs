/** Seeded randomness and smooth noise: everything in the sample stills that looks accidental comes from here. */

/**
 * A small, fast generator of uniform numbers in [0, 1) (mulberry32), the same for the same seed everywhere.
 * @param {number} seed any 32-bit integer
 * @returns {() => number}
 */
export function createRandom(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Side of the lattice after which the noise repeats; far larger than anything one picture shows. */
const LATTICE = 1024
const MASK = LATTICE - 1

/**
 * Two-dimensional gradient noise, about [-1, 1], one feature per unit.
 * @param {number} seed
 * @returns {(x: number, y: number) => number}
 */
export function createNoise(seed) {
  const random = createRandom(seed)
  const perm = new Uint16Array(LATTICE * 2)
  for (let i = 0; i < LATTICE; i++) perm[i] = i
  for (let i = LATTICE - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const swap = perm[i]
    perm[i] = perm[j]
    perm[j] = swap
  }
  perm.copyWithin(LATTICE, 0, LATTICE)
  const gx = new Float64Array(LATTICE)
  const gy = new Float64Array(LATTICE)
  for (let i = 0; i < LATTICE; i++) {
    const angle = random() * Math.PI * 2
    gx[i] = Math.cos(angle)
    gy[i] = Math.sin(angle)
  }
  return (x, y) => {
    const fx = Math.floor(x)
    const fy = Math.floor(y)
    const dx = x - fx
    const dy = y - fy
    const ix = fx & MASK
    const iy = fy & MASK
    const a = perm[ix] + iy
    const b = perm[(ix + 1) & MASK] + iy
    const h00 = perm[a & MASK]
    const h10 = perm[b & MASK]
    const h01 = perm[(a + 1) & MASK]
    const h11 = perm[(b + 1) & MASK]
    const u = dx * dx * dx * (dx * (dx * 6 - 15) + 10)
    const v = dy * dy * dy * (dy * (dy * 6 - 15) + 10)
    const n00 = gx[h00] * dx + gy[h00] * dy
    const n10 = gx[h10] * (dx - 1) + gy[h10] * dy
    const n01 = gx[h01] * dx + gy[h01] * (dy - 1)
    const n11 = gx[h11] * (dx - 1) + gy[h11] * (dy - 1)
    const top = n00 + u * (n10 - n00)
    const bottom = n01 + u * (n11 - n01)
    return (top + v * (bottom - top)) * 1.5
  }
}

/**
 * Fractal sum of noise, about [-1, 1].
 * @param {(x: number, y: number) => number} noise
 * @param {number} x
 * @param {number} y
 * @param {number} octaves
 * @param {number} [gain] amplitude of each octave against the one before
 */
export function fbm(noise, x, y, octaves, gain = 0.5) {
  let sum = 0
  let amplitude = 0.6
  for (let i = 0; i < octaves; i++) {
    sum += amplitude * noise(x, y)
    // Rotating every octave keeps the lattice from showing as a grid.
    const rx = 1.616 * x - 1.212 * y + 17.3
    y = 1.212 * x + 1.616 * y + 9.1
    x = rx
    amplitude *= gain
  }
  return sum
}

/**
 * Fractal noise folded at zero, so its crests are sharp: [0, 1], 1 on a crest.
 * @param {(x: number, y: number) => number} noise
 * @param {number} x
 * @param {number} y
 * @param {number} octaves
 */
export function ridged(noise, x, y, octaves) {
  let sum = 0
  let amplitude = 0.5
  let weight = 1
  for (let i = 0; i < octaves; i++) {
    const crest = 1 - Math.min(1, Math.abs(noise(x, y)))
    const signal = crest * crest * weight
    sum += amplitude * signal
    weight = Math.min(1, signal * 1.6)
    const rx = 1.616 * x - 1.212 * y + 31.7
    y = 1.212 * x + 1.616 * y + 5.3
    x = rx
    amplitude *= 0.5
  }
  return sum
}

/** 0 below a, 1 above b, smooth between. @param {number} a @param {number} b @param {number} x */
export function smoothstep(a, b, x) {
  const t = Math.min(1, Math.max(0, (x - a) / (b - a)))
  return t * t * (3 - 2 * t)
}

/** @param {number} a @param {number} b @param {number} t */
export function mix(a, b, t) {
  return a + (b - a) * t
}
