/** The bank in front and its pines, stroke by stroke, nearly black against the water. */
import { createNoise, createRandom, fbm, mix, ridged, smoothstep } from './noise.mjs'
import { SCENES, blend, paint } from './scene.mjs'

/** Colour of what is in shade, and of the light that catches an edge. */
const SHADE = { dusk: paint('0f0d14'), night: paint('070d17') }
const RIM = { dusk: paint('a8582f'), night: paint('4a6a8c') }
const AMBIENT = { dusk: paint('3a2c3c'), night: paint('12223a') }

/** How much of each pixel the foreground covers, and how much light catches it there. */
function createLayer(width, height) {
  const cover = new Float32Array(width * height)
  const light = new Float32Array(width * height)

  const dab = (x, y, amount, catches) => {
    const at = y * width + x
    cover[at] += (1 - cover[at]) * amount
    light[at] += (catches - light[at]) * amount
  }

  /** A soft-edged line that tapers from one width to another. */
  const stroke = (x0, y0, x1, y1, w0, w1, catches) => {
    const pad = Math.max(w0, w1) + 1
    const left = Math.max(0, Math.floor(Math.min(x0, x1) - pad))
    const right = Math.min(width - 1, Math.ceil(Math.max(x0, x1) + pad))
    const top = Math.max(0, Math.floor(Math.min(y0, y1) - pad))
    const bottom = Math.min(height - 1, Math.ceil(Math.max(y0, y1) + pad))
    const dx = x1 - x0
    const dy = y1 - y0
    const square = dx * dx + dy * dy || 1e-6
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const px = x + 0.5 - x0
        const py = y + 0.5 - y0
        const s = Math.min(1, Math.max(0, (px * dx + py * dy) / square))
        const away = Math.hypot(px - s * dx, py - s * dy)
        const half = mix(w0, w1, s) * 0.5
        const amount = Math.min(1, Math.max(0, half + 0.5 - away)) * Math.min(1, half * 2 + 0.25)
        if (amount > 0) dab(x, y, amount, catches)
      }
    }
  }
  return { width, height, cover, light, dab, stroke }
}

/** One bough: a limb that sags and lifts at its tip, hung with needles on both sides. */
function drawBough(layer, random, x, y, side, length, angle, unit) {
  const steps = Math.max(3, Math.round(length / (2.6 * unit)))
  let px = x
  let py = y
  for (let k = 1; k <= steps; k++) {
    const s = k / steps
    const bend = angle + (0.34 * s - 0.62 * s * s) * (1 - Math.abs(angle))
    px += (side * Math.cos(bend) * length) / steps
    py += (Math.sin(bend) * length) / steps
    const limb = mix(1.7, 0.6, s) * unit
    layer.stroke(px - (side * length) / steps, py, px, py, limb, limb * 0.8, 0.1)
    const sunny = side > 0 ? 0.06 + 0.34 * s * s : 0.02 + 0.05 * s
    const twig = (3 + 13 * random()) * unit * Math.min(1.3, 0.35 + length / (80 * unit)) * mix(1, 0.5, s)
    const hang = 0.35 + random() * 1.1
    const tx = px + side * Math.cos(hang) * twig * (random() * 1.3 - 0.3)
    const ty = py + Math.sin(hang) * twig
    layer.stroke(px, py, tx, ty, 1.3 * unit, 0.7 * unit, sunny * 0.5)
    const needles = 4 + Math.round(random() * 4)
    for (let n = 0; n < needles; n++) {
      const along = random()
      const ox = mix(px, tx, along)
      const oy = mix(py, ty, along)
      const size = (2.4 + 4.2 * random()) * unit
      const way = random() * Math.PI * 2
      const above = Math.sin(way) < -0.2
      layer.stroke(
        ox,
        oy,
        ox + Math.cos(way) * size,
        oy + Math.sin(way) * size * 0.8,
        1.2 * unit,
        0.6 * unit,
        sunny * (above ? 1.3 : 0.55),
      )
    }
  }
}

/** A spruce, irregular on purpose: gaps, broken tiers, a slight lean. */
function drawSpruce(layer, seed, x, y, tall, pixel) {
  // Small trees have small needles, or their tops turn into brushes.
  const unit = pixel * Math.min(1, Math.max(0.42, tall / (620 * pixel)))
  const random = createRandom(seed)
  const lean = (random() - 0.5) * 0.05 * tall
  const wide = 0.15 + 0.05 * random()
  const bare = 0.04 + 0.1 * random()
  const at = (v) => x + lean * v * v + Math.sin(v * 5 + seed) * 0.004 * tall
  for (let k = 0; k < 40; k++) {
    const v = k / 40
    const girth = (mix(0.021, 0.002, v) * tall + 0.6 * unit) * 0.9
    layer.stroke(at(v), y - v * tall, at(v + 0.025), y - (v + 0.025) * tall, girth, girth * 0.96, 0.12)
  }
  let v = bare
  while (v < 0.985) {
    const length = tall * wide * ((1 - v) ** 0.86 * (0.55 + 0.6 * random()) + 0.006)
    const angle = mix(0.42, -0.5, v ** 1.3) + (random() - 0.5) * 0.24
    const gap = random() < 0.1
    for (const side of [-1, 1]) {
      if (gap && random() < 0.6) continue
      const share = 0.72 + 0.42 * random()
      drawBough(layer, random, at(v), y - v * tall + random() * 4 * unit, side, length * share, angle, unit)
    }
    // A bough that points at us fills the middle.
    drawBough(layer, random, at(v), y - v * tall, random() < 0.5 ? -1 : 1, length * 0.45, angle + 0.5, unit)
    v += (0.0062 + 0.0105 * random()) * mix(1.15, 0.7, v) * Math.max(1, (420 * unit) / tall) ** 0.7
  }
}

/** Row of the top of the bank in a column, as a share of the picture's height. */
function bankAt(noise, u) {
  const left = 0.105 * Math.exp(-((u / 0.21) ** 2))
  const right = 0.135 * Math.exp(-(((1.02 - u) / 0.17) ** 2))
  const dip = 0.035 * Math.exp(-(((u - 0.52) / 0.2) ** 2))
  const stones = (ridged(noise, u * 14, 3.3, 5) - 0.4) * 0.014
  return 0.948 - left - right + dip - fbm(noise, u * 5, 1.5, 5) * 0.02 - stones
}

function drawBank(layer, noise, random, unit) {
  const { width, height } = layer
  const top = Float32Array.from({ length: width }, (_, x) => bankAt(noise, x / width) * height)
  for (let x = 0; x < width; x++) {
    for (let y = Math.max(0, Math.floor(top[x])); y < height; y++) {
      const amount = Math.min(1, y + 1 - top[x])
      const depth = (y - top[x]) / (60 * unit)
      const slope = x > 0 ? top[x] - top[x - 1] : 0
      const patch = fbm(noise, x / (46 * unit), y / (20 * unit), 5)
      const catches = Math.max(0, 0.1 + 0.3 * Math.exp(-depth * 1.6) * (0.5 + slope) + 0.14 * patch)
      layer.dab(x, y, amount, catches)
    }
  }
  // Grass and heather along the edge and over the face of the bank.
  const blades = Math.round(width * 5.5)
  for (let k = 0; k < blades; k++) {
    const x = random() * width
    const edge = top[Math.min(width - 1, Math.floor(x))]
    const down = random() ** 2.2
    const y = edge + down * (height - edge)
    const clump = smoothstep(-0.3, 0.5, fbm(noise, x / (70 * unit), y / (40 * unit) + 8, 3))
    const size = (3 + 13 * random() * clump) * unit * (1 + 0.8 * down)
    const lean = (random() - 0.42) * 0.7
    const catches = (0.1 + 0.34 * random()) * (1 - 0.7 * down) * (lean > 0 ? 1 : 0.5)
    layer.stroke(x, y, x + lean * size, y - size, 1.3 * unit, 0.5 * unit, catches)
  }
  return top
}

/** Where the pines stand: [share of the width, height as a share of the picture's, how far down the bank]. */
const PINES = [
  [-0.008, 0.7, 0.05],
  [0.031, 0.5, 0.02],
  [0.062, 0.66, 0.06],
  [0.094, 0.36, 0.01],
  [0.117, 0.45, 0.035],
  [0.149, 0.25, 0.008],
  [0.168, 0.31, 0.02],
  [0.201, 0.16, 0.004],
  [0.219, 0.2, 0.01],
  [0.262, 0.095, 0.002],
  [0.838, 0.12, 0.003],
  [0.872, 0.22, 0.008],
  [0.893, 0.16, 0.01],
  [0.921, 0.35, 0.02],
  [0.948, 0.27, 0.012],
  [0.973, 0.47, 0.035],
  [1.006, 0.4, 0.03],
]

/** Colour of a place that catches a share of the light: a little of the sky's, and on edges the low light itself. */
function shadeAt(scene, catches, out) {
  for (let c = 0; c < 3; c++) {
    out[c] = SHADE[scene][c] + AMBIENT[scene][c] * catches * 0.35 + RIM[scene][c] * catches ** 2 * 0.5
  }
}

/**
 * Paints the foreground over everything.
 * @param {ReturnType<typeof import('./scene.mjs').createPicture>} picture
 * @param {number} seed
 */
export function paintForeground(picture, seed) {
  const { width, height } = picture
  const unit = height / 1440
  const random = createRandom(seed)
  const noise = createNoise(seed)
  const layer = createLayer(width, height)
  const colour = [0, 0, 0]
  const far = PINES.toSorted((a, b) => a[2] - b[2])
  const top = drawBank(layer, noise, random, unit)
  far.forEach(([u, tall, down], k) => {
    const column = Math.min(width - 1, Math.max(0, Math.round(u * width)))
    drawSpruce(layer, seed + k * 17, u * width, top[column] + down * height, tall * height, unit)
  })
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      const amount = layer.cover[at]
      if (amount <= 0.001) continue
      for (const scene of SCENES) {
        shadeAt(scene, layer.light[at], colour)
        blend(picture[scene], at * 3, colour, amount)
      }
      picture.depth[at] = 50
    }
  }
}
