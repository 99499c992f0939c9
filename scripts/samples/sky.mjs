/** The two skies: colour, clouds, sun, moon, stars. */
import { createNoise, createRandom, fbm, mix, smoothstep } from './noise.mjs'
import { MOON, SKY_DEPTH, SUN, createRamp, paint } from './scene.mjs'

/** Tangent at the top edge of the picture; the ramps below run from the horizon (0) to it (1). */
const TOP = 0.2545

const duskSunward = createRamp([
  [0, 'ffbf7d'],
  [0.13, 'f59a5e'],
  [0.3, 'c9725a'],
  [0.55, '7c5b70'],
  [1, '2a3961'],
])
const duskAway = createRamp([
  [0, 'c28a7c'],
  [0.13, 'b07b7c'],
  [0.3, '846a7f'],
  [0.55, '505679'],
  [1, '1f2e53'],
])
const night = createRamp([
  [0, '3d6a88'],
  [0.16, '2a5279'],
  [0.42, '183869'],
  [0.72, '112852'],
  [1, '0c1d42'],
])

const GOLD = paint('ffb45e')
const EMBER = paint('ff7f50')
const CLOUD_LIT = paint('ffa877')
const CLOUD_ROSE = paint('c77d80')
const CLOUD_SHADE = paint('4d4670')
const MOONLIGHT = paint('b9d2f0')
const MILK = paint('8fa6cf')

/** How thick the cloud is in a direction: 0 none, 1 thick. The same for both scenes, so a dissolve keeps it. */
function createClouds(seed) {
  const noise = createNoise(seed)
  const veil = (t, e) => {
    const k = 1 / (e + 0.055)
    const x = t * k * 1.15 + 3
    const z = k * 0.62
    const wx = fbm(noise, x * 0.5 + 11, z * 0.5, 3)
    const wz = fbm(noise, x * 0.5, z * 0.5 + 23, 3)
    const body = fbm(noise, x * 0.8 + wx * 0.9, z * 1.7 + wz * 1.1 - x * 0.16, 7, 0.54)
    const patch = fbm(noise, x * 0.22 + 5, z * 0.4 + 1.7, 3)
    return smoothstep(0.02, 0.62, body + patch * 0.75 - 0.02)
  }
  const bars = (t, e) => {
    const bend = fbm(noise, t * 5, e * 9 + 40, 3) * 0.012
    const line = fbm(noise, t * 5.5 + 70, (e + bend) * 95, 5, 0.55)
    const band = smoothstep(0.012, 0.04, e) * (1 - smoothstep(0.07, 0.12, e))
    return smoothstep(0.16, 0.6, line + 0.1) * band
  }
  return { veil, bars }
}

function duskAt(t, e, clouds, out, scratch) {
  const q = Math.max(0, e) / TOP
  duskAway(q, out)
  duskSunward(q, scratch)
  const dt = t - SUN.t
  const side = Math.exp(-((dt / 0.3) ** 2))
  const away = Math.hypot(dt, (e - SUN.e) * 1.25)
  const near = Math.exp(-away / 0.034)
  const wide = Math.exp(-away / 0.115)
  for (let c = 0; c < 3; c++) {
    out[c] = mix(out[c], scratch[c], side) + GOLD[c] * near * 0.8 + EMBER[c] * wide * 0.2
  }

  const veil = clouds.veil(t, e)
  if (veil > 0.002) {
    // The light comes from below and from the sun's side, so an edge that thins out that way glows.
    const toSun = clouds.veil(t + Math.sign(-dt) * 0.006, e - 0.0045)
    const edge = Math.min(1, Math.max(0, 0.42 + (veil - toSun) * 1.5))
    const lit = edge * (0.45 + 0.55 * side)
    const high = smoothstep(0.5, 1.05, q)
    const opacity = veil * (0.78 - 0.3 * high) * smoothstep(0.02, 0.075, e)
    const bright = 1 + 1.3 * wide
    for (let c = 0; c < 3; c++) {
      const warm = mix(CLOUD_ROSE[c], CLOUD_LIT[c], Math.min(1, side * 0.85 + wide * 0.5))
      const colour = mix(CLOUD_SHADE[c] * 1.1, warm * bright * 0.95, lit * (1 - 0.45 * high))
      out[c] = mix(out[c], colour, opacity)
    }
  }
  const bars = clouds.bars(t, e) * 0.5
  if (bars > 0.002) {
    for (let c = 0; c < 3; c++) {
      const colour = mix(CLOUD_SHADE[c] * 1.5, EMBER[c] * 0.8, Math.min(1, wide * 0.9 + side * 0.3))
      out[c] = mix(out[c], colour + GOLD[c] * near * 0.8, bars)
    }
  }

  const disc = 1 - smoothstep(SUN.radius * 0.9, SUN.radius * 1.08, Math.hypot(dt, e - SUN.e))
  // Looking through more air, the lower limb is deeper in colour.
  const low = smoothstep(SUN.e - SUN.radius * 1.2, SUN.e + SUN.radius, e)
  out[0] += disc * 1.7 * (1 - bars)
  out[1] += disc * mix(0.55, 0.95, low) * (1 - bars)
  out[2] += disc * mix(0.1, 0.34, low) * (1 - bars)
}

/** Brightness of the Milky Way in a direction, dust lanes and all. */
function createMilkyWay(seed) {
  const noise = createNoise(seed)
  return (t, e) => {
    // A band that climbs from the hero's left shoulder towards the top of the picture.
    const along = (t + 0.2) * 0.62 + (e - 0.1) * 0.785
    const across = (t + 0.2) * 0.785 - (e - 0.1) * 0.62 + fbm(noise, along * 4, 2.2, 3) * 0.02
    const band = Math.exp(-((across / 0.062) ** 2))
    const core = Math.exp(-((across / 0.024) ** 2))
    const cloud = 0.62 + 0.75 * fbm(noise, along * 17, across * 22, 6, 0.56)
    const dust = smoothstep(0.0, 0.5, fbm(noise, along * 12 + 8, across * 30 + 3, 6, 0.58) + 0.12)
    const lane = dust * Math.exp(-(((across - 0.006) / 0.03) ** 2))
    return Math.max(0, (band * 0.42 + core * 0.7) * Math.max(0, cloud) * (1 - 0.62 * lane))
  }
}

function moonAt(t, e, noise, out) {
  const x = (t - MOON.t) / MOON.radius
  const y = (e - MOON.e) / MOON.radius
  const r = Math.hypot(x, y)
  const glow = Math.exp(-r / 2.2) * 0.13 + Math.exp(-r / 7) * 0.1 + Math.exp(-r / 16) * 0.035
  for (let c = 0; c < 3; c++) out[c] += MOONLIGHT[c] * glow
  if (r > 1.12) return
  const disc = 1 - smoothstep(0.965, 1.03, r)
  const z = Math.sqrt(Math.max(0, 1 - r * r))
  // Gibbous: the light stands to the upper right and leaves a soft dark edge at the lower left.
  const lit = smoothstep(-0.06, 0.34, x * 0.5 + y * 0.32 + z * 0.8)
  const seas = smoothstep(-0.05, 0.4, fbm(noise, x * 1.25 + 4.3, y * 1.25 + 1.2, 5))
  const grain = fbm(noise, x * 6, y * 6 + 9, 4) * 0.09
  const face = (1 - 0.38 * seas + grain) * (0.74 + 0.26 * z) * mix(0.035, 1, lit)
  const tint = [1.0, 0.965, 0.885]
  for (let c = 0; c < 3; c++) out[c] = mix(out[c], tint[c] * face * 1.12 + out[c] * 0.1, disc)
}

function nightAt(t, e, clouds, milky, noise, out) {
  const q = Math.max(0, e) / TOP
  night(q, out)
  const away = Math.hypot(t - MOON.t, e - MOON.e)
  const lit = Math.exp(-away / 0.13)
  const clear = smoothstep(0.01, 0.1, e) * (1 - 0.75 * Math.exp(-((away / 0.16) ** 2)))
  const milk = milky(t, e) * clear
  // Where the sun went down the air still holds a trace of green.
  const after = Math.exp(-(((t - SUN.t) / 0.34) ** 2)) * Math.exp(-Math.max(0, e) / 0.05)
  for (let c = 0; c < 3; c++) out[c] += MILK[c] * milk * 0.27 + MOONLIGHT[c] * lit * 0.045
  out[0] += after * 0.014
  out[1] += after * 0.03
  out[2] += after * 0.028
  moonAt(t, e, noise, out)
  const veil = clouds.veil(t, e) * smoothstep(0.02, 0.075, e)
  const thin = veil * (0.16 + 0.2 * lit)
  const bars = clouds.bars(t, e) * 0.22
  const shade = Math.max(thin, bars)
  for (let c = 0; c < 3; c++) {
    const colour = MOONLIGHT[c] * (0.075 + 0.4 * lit) * (0.6 + 0.6 * veil)
    out[c] = mix(out[c], Math.max(colour, out[c] * 0.75), shade)
  }
}

/** A round spot with a soft edge, and round the brightest a faint halo. */
function drawStar(picture, x, y, { spread, reach, tint, power, halo }) {
  const { width, height, depth, night: light } = picture
  for (let py = Math.max(0, Math.floor(y - reach)); py <= Math.min(height - 1, y + reach); py++) {
    for (let px = Math.max(0, Math.floor(x - reach)); px <= Math.min(width - 1, x + reach); px++) {
      const pixel = py * width + px
      const d = Math.hypot(px + 0.5 - x, py + 0.5 - y) / spread
      const spot = depth[pixel] < SKY_DEPTH ? 0 : Math.exp(-d * d * 0.5) + halo * Math.exp(-d / 2.2)
      for (let c = 0; c < 3; c++) light[pixel * 3 + c] += tint[c] * power * spot * 0.5
    }
  }
}

/**
 * Adds stars wherever the sky still shows: small round spots of light, crowded along the Milky Way, gone near the
 * moon and the horizon. Painted after the lake, whose ripples are too rough to mirror them.
 * @param {ReturnType<typeof import('./scene.mjs').createPicture>} picture
 * @param {number} seed the one given to `paintSky`
 */
export function paintStars(picture, seed) {
  const clouds = createClouds(seed)
  const milky = createMilkyWay(seed + 1)
  const { width, height } = picture
  const random = createRandom(seed + 3)
  const unit = height / 1440
  for (let i = 0; i < 34_000; i++) {
    const x = random() * width
    const y = random() * height * 0.58
    const t = picture.tangent(x)
    const e = picture.elevation(y)
    const size = random()
    const warmth = random()
    const keep = random()
    const crowd = 0.26 + 1.1 * milky(t, e)
    const away = Math.hypot(t - MOON.t, e - MOON.e)
    if (e < 0 || keep > crowd || away < MOON.radius * 1.6) continue
    // Magnitudes: each step fainter is far more common.
    const bright = Math.min(7, 0.032 / (size + 0.005) ** 0.92)
    const dim =
      smoothstep(0.0, 0.13, e) * (1 - 0.85 * Math.exp(-away / 0.06)) * (1 - 0.75 * clouds.veil(t, e))
    const power = bright * dim
    if (power < 0.012) continue
    const spread = (0.62 + 0.34 * Math.min(1, bright * 0.35)) * unit
    const tint = warmth < 0.22 ? [1, 0.83, 0.66] : warmth < 0.6 ? [1, 0.97, 0.93] : [0.78, 0.88, 1]
    const reach = Math.ceil(spread * (bright > 1 ? 6 : 3.2))
    drawStar(picture, x, y, { spread, reach, tint, power, halo: bright > 1 ? 0.012 : 0 })
  }
}

/**
 * Paints both skies over the whole picture (below the horizon with the colour of the horizon).
 * @param {ReturnType<typeof import('./scene.mjs').createPicture>} picture
 * @param {number} seed
 */
export function paintSky(picture, seed) {
  const { width, height } = picture
  const clouds = createClouds(seed)
  const milky = createMilkyWay(seed + 1)
  const moonNoise = createNoise(seed + 2)
  const out = [0, 0, 0]
  const scratch = [0, 0, 0]
  const last = Math.ceil(picture.row(-0.01))
  for (let y = 0; y < Math.min(height, last); y++) {
    const e = picture.elevation(y + 0.5)
    for (let x = 0; x < width; x++) {
      const t = picture.tangent(x + 0.5)
      const at = (y * width + x) * 3
      duskAt(t, e, clouds, out, scratch)
      picture.dusk.set(out, at)
      nightAt(t, e, clouds, milky, moonNoise, out)
      picture.night.set(out, at)
    }
  }
  // Edges of what is painted later blend with this: neither black nor as bright as the sky.
  const row = width * 3
  for (let at = last * row; at < height * row; at++) {
    picture.dusk[at] = picture.dusk[(last - 1) * row + (at % row)] * 0.4
    picture.night[at] = picture.night[(last - 1) * row + (at % row)] * 0.4
  }
}
