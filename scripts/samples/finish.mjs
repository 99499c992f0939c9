/** From light to a finished still: rays, bloom, tone, vignette, grain. */
import { createRandom, mix, smoothstep } from './noise.mjs'
import { SKY_DEPTH, SUN } from './scene.mjs'

/** Averages a picture of light down by a whole factor. */
function shrink(source, width, height, factor, take) {
  const w = Math.ceil(width / factor)
  const h = Math.ceil(height / factor)
  const out = new Float32Array(w * h * 3)
  const count = new Float32Array(w * h)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const to = Math.floor(y / factor) * w + Math.floor(x / factor)
      count[to]++
      const from = (y * width + x) * 3
      for (let c = 0; c < 3; c++) out[to * 3 + c] += take(source[from + c], from)
    }
  }
  for (let i = 0; i < w * h; i++) for (let c = 0; c < 3; c++) out[i * 3 + c] /= count[i]
  return { w, h, out }
}

/** One pass of a running mean over rows or columns; three in a row come close to a bell curve. */
function smear({ w, h, out }, radius) {
  const line = new Float32Array(Math.max(w, h))
  const pass = (start, step, length) => {
    for (let c = 0; c < 3; c++) {
      for (let k = 0; k < length; k++) line[k] = out[start + k * step + c]
      let sum = 0
      for (let k = -radius; k <= radius; k++) sum += line[Math.min(length - 1, Math.max(0, k))]
      for (let k = 0; k < length; k++) {
        out[start + k * step + c] = sum / (radius * 2 + 1)
        sum += line[Math.min(length - 1, k + radius + 1)] - line[Math.max(0, k - radius)]
      }
    }
  }
  for (let round = 0; round < 3; round++) {
    for (let y = 0; y < h; y++) pass(y * w * 3, 3, w)
    for (let x = 0; x < w; x++) pass(x * 3, w * 3, h)
  }
}

function sample({ w, h, out }, u, v, c) {
  const x = Math.min(w - 1.001, Math.max(0, u))
  const y = Math.min(h - 1.001, Math.max(0, v))
  const i = Math.floor(x)
  const j = Math.floor(y)
  const at = (j * w + i) * 3 + c
  const top = out[at] + (x - i) * (out[at + 3] - out[at])
  const bottom = out[at + w * 3] + (x - i) * (out[at + w * 3 + 3] - out[at + w * 3])
  return top + (y - j) * (bottom - top)
}

/** Light that spills from what is bright, as in a lens with a little mist on it. */
function addBloom(picture, scene) {
  const { width, height } = picture
  const light = picture[scene]
  const floor = scene === 'dusk' ? 0.75 : 0.5
  for (const [factor, radius, strength] of [
    [4, 3, 0.16],
    [8, 7, 0.12],
    [16, 11, 0.1],
  ]) {
    const unit = Math.max(1, Math.round((factor * height) / 1440))
    const small = shrink(light, width, height, unit, (v) => Math.min(3, Math.max(0, v - floor)))
    smear(small, radius)
    for (let at = 0; at < width * height * 3; at++) {
      const pixel = Math.floor(at / 3)
      const u = ((pixel % width) + 0.5) / unit - 0.5
      const v = (Math.floor(pixel / width) + 0.5) / unit - 0.5
      light[at] += strength * sample(small, u, v, at % 3)
    }
  }
}

/** Soft shafts: brightness of the open sky carried outward from the sun past the ridges in its way. */
function addRays(picture) {
  const { width, height, dusk } = picture
  const unit = Math.max(1, Math.round((4 * height) / 1440))
  const small = shrink(dusk, width, height, unit, (v, at) =>
    picture.depth[at / 3] >= SKY_DEPTH ? Math.max(0, Math.min(2.2, v) - 0.42) : 0,
  )
  const sx = picture.column(SUN.t) / unit
  const sy = picture.row(SUN.e) / unit
  const rays = { w: small.w, h: small.h, out: new Float32Array(small.out.length) }
  const steps = 72
  const ray = (x, y, c) => {
    let sum = 0
    for (let k = 0; k < steps; k++) {
      const share = ((k + 0.5) / steps) * 0.92
      sum += ((1 - share) ** 0.6 / steps) * sample(small, mix(x, sx, share), mix(y, sy, share), c)
    }
    return sum
  }
  for (let at = 0; at < rays.out.length; at++) {
    const pixel = Math.floor(at / 3)
    rays.out[at] = ray(pixel % small.w, Math.floor(pixel / small.w), at % 3)
  }
  smear(rays, 1)
  const tint = [0.46, 0.32, 0.2]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const away = Math.hypot(picture.tangent(x) - SUN.t, picture.elevation(y) - SUN.e)
      const fade = Math.exp(-away / 0.16)
      const at = (y * width + x) * 3
      for (let c = 0; c < 3; c++) dusk[at + c] += tint[c] * fade * sample(rays, x / unit, y / unit, c)
    }
  }
}

/** Rolls bright light off towards white instead of cutting it, per channel. */
function shoulder(v) {
  const knee = 0.55
  return v <= knee ? Math.max(0, v) : knee + (1 - knee) * (1 - Math.exp(-(v - knee) / (1 - knee)))
}

function encode(v) {
  return v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055
}

/** Eyes lose colour in the dark, and what is left of it goes blue; windows are bright enough to stay warm. */
function cool(light, at) {
  const grey = light[at] * 0.25 + light[at + 1] * 0.6 + light[at + 2] * 0.15
  const share = 0.5 * Math.exp(-grey / 0.3)
  light[at] = mix(light[at], grey * 0.6, share)
  light[at + 1] = mix(light[at + 1], grey, share)
  light[at + 2] = mix(light[at + 2], grey * 1.75, share)
}

/** Film grain, about a pixel and a half wide, unit spread. */
function createGrain(width, height, seed) {
  const random = createRandom(seed)
  const raw = new Float32Array(width * height)
  for (let i = 0; i < raw.length; i++) raw[i] = random() + random() + random() - 1.5
  const out = new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    const above = Math.max(0, y - 1) * width
    const below = Math.min(height - 1, y + 1) * width
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      const left = x > 0 ? at - 1 : at
      const right = x < width - 1 ? at + 1 : at
      out[at] = (raw[at] * 2 + raw[left] + raw[right] + raw[above + x] + raw[below + x]) * 0.7
    }
  }
  return out
}

/** Grain in the middle tones, in 8-bit steps; enough to be felt, too little to cost many bytes. */
const GRAIN = { dusk: 1.55, night: 1.35 }

/**
 * Finishes one scene.
 * @param {ReturnType<typeof import('./scene.mjs').createPicture>} picture
 * @param {'dusk' | 'night'} scene
 * @param {number} seed
 * @returns {Buffer} 8-bit BGRA, as Electron's nativeImage takes it
 */
export function finish(picture, scene, seed) {
  const { width, height } = picture
  if (scene === 'dusk') addRays(picture)
  addBloom(picture, scene)
  const light = picture[scene]
  const grain = createGrain(width, height, seed)
  const random = createRandom(seed + 1)
  const bytes = Buffer.alloc(width * height * 4)
  for (let y = 0; y < height; y++) {
    const v = (y / height - 0.5) * 2
    for (let x = 0; x < width; x++) {
      const u = (x / width - 0.5) * 2
      const vignette = 1 - 0.34 * smoothstep(0.45, 1.75, u * u * 0.9 + v * v * 0.75)
      const from = (y * width + x) * 3
      const to = (y * width + x) * 4
      let luma = 0
      if (scene === 'night') cool(light, from)
      for (let c = 0; c < 3; c++) {
        const tone = encode(shoulder(light[from + c] * vignette))
        // A gentle S: a little deeper in the shadows, a little brighter above the middle.
        const curve = tone + 0.055 * Math.sin((tone - 0.5) * Math.PI * 2 * 0.86) * (1 - Math.abs(tone - 0.5))
        luma += curve * [0.25, 0.6, 0.15][c]
        bytes[to + 2 - c] = 0
        shades[c] = curve
      }
      const speck = grain[from / 3] * GRAIN[scene] * (0.55 + 1.8 * luma * (1 - luma))
      for (let c = 0; c < 3; c++) {
        const dither = random() - 0.5
        bytes[to + 2 - c] = Math.max(0, Math.min(255, Math.round(shades[c] * 255 + speck + dither)))
      }
      bytes[to + 3] = 255
    }
  }
  return bytes
}

const shades = [0, 0, 0]
