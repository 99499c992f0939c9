/** The lake: what stands above it, mirrored column by column, then broken up by ripples and wind. */
import { createNoise, fbm, mix, smoothstep } from './noise.mjs'
import { EYE_HEIGHT, MOON, SCENES, SKY_DEPTH, SUN, paint } from './scene.mjs'

/** Colour of the water itself, where it does not mirror. */
const BODY = { dusk: paint('2a2637'), night: paint('0a1a2c') }

/** First row in each column with nothing but water from there down. */
function findShore(picture) {
  const { width, height, depth } = picture
  const shore = new Int32Array(width)
  const horizon = Math.ceil(picture.row(0))
  for (let x = 0; x < width; x++) {
    let y = height - 1
    while (y > horizon && depth[y * width + x] >= SKY_DEPTH) y--
    shore[x] = y + 1
  }
  return shore
}

/**
 * For each row of water in a column, the row above the shore that it mirrors. A point at distance z seen at
 * elevation e shows in the water at e + 2 * eye / z below the horizon.
 */
function mirrorColumn(picture, x, shore, rows) {
  const { width, height, depth } = picture
  rows.fill(-1)
  let lastTarget = -1
  let lastSource = 0
  for (let y = 0; y < shore; y++) {
    const z = depth[y * width + x]
    const target = Math.round(picture.row(-(picture.elevation(y + 0.5) + (2 * EYE_HEIGHT) / z)))
    if (target < 0 || target >= height) continue
    const from = lastTarget < 0 ? target : Math.min(lastTarget, target)
    const to = lastTarget < 0 ? target : Math.max(lastTarget, target)
    for (let r = from; r <= to; r++) {
      const share = to === from ? 1 : Math.abs(r - lastTarget) / (to - from)
      rows[r] = Math.abs(y - lastSource) < 3 ? mix(lastSource, y, share) : y
    }
    lastTarget = target
    lastSource = y
  }
  // Close to a shore, where rounding leaves rows out, the picture is turned over at the water's edge.
  let edge = shore
  const horizon = Math.ceil(picture.row(0))
  for (let r = horizon; r < height; r++) {
    if (depth[r * width + x] < SKY_DEPTH) edge = r + 1
    if (rows[r] < 0 || rows[r] >= r) rows[r] = Math.max(0, 2 * Math.min(edge, r) - r - 1)
    let source = Math.floor(rows[r])
    while (source > horizon && depth[source * width + x] >= SKY_DEPTH) source--
    if (source < Math.floor(rows[r])) rows[r] = source
  }
}

/**
 * Paints the lake into every pixel below the shore.
 * @param {ReturnType<typeof import('./scene.mjs').createPicture>} picture
 * @param {ReturnType<typeof import('./air.mjs').createAir>} air
 * @param {number} seed
 */
export function paintWater(picture, air, seed) {
  const { width, height } = picture
  const noise = createNoise(seed)
  const shore = findShore(picture)
  const rows = new Float32Array(width * height)
  const one = new Float32Array(height)
  const top = Math.ceil(picture.row(0)) + 1
  const wet = Uint8Array.from(picture.depth, (z, at) => (z >= SKY_DEPTH && at >= top * width ? 1 : 0))
  for (let x = 0; x < width; x++) {
    mirrorColumn(picture, x, shore[x], one)
    for (let y = top; y < height; y++) rows[y * width + x] = one[y]
  }
  const source = { dusk: picture.dusk.slice(), night: picture.night.slice() }
  const unit = height / 1440
  const colour = [0, 0, 0]

  const waterAt = (x, y) => {
    const e = picture.elevation(y + 0.5)
    const z = EYE_HEIGHT / -e
    const wx = picture.tangent(x + 0.5) * z
    const near = smoothstep(5000, 700, z)
    // Long low swell and short ripples, both foreshortened by the grazing view.
    const swell = fbm(noise, wx / 190, z / 95, 3)
    const ripple = fbm(noise, wx / 26 + 50, z / 12, 4, 0.6)
    const breeze = smoothstep(0.08, 0.5, fbm(noise, wx / 900 + 7, z / 300, 4) + 0.06)
    const rough = mix(0.22, 1, breeze)
    const dy = (swell * 3 + ripple * 9 * rough) * unit * (0.35 + 2.1 * near)
    const dx = ripple * 2.2 * rough * unit * (0.3 + near)
    const sx = Math.min(width - 1, Math.max(0, Math.round(x + dx)))
    const moved = Math.min(height - 1, Math.max(top, Math.round(y + dy)))
    const sy = wet[moved * width + sx] ? moved : Math.max(shore[sx], moved)
    const grazing = Math.min(1, -e / 0.2)
    const mirror = mix(0.92, 0.6, grazing ** 0.8)
    // A soft vertical spread: the rougher the water, the longer each light is drawn out.
    const reach = (1.5 + 16 * rough * (0.25 + near)) * unit
    const at = (y * width + x) * 3
    for (const scene of SCENES) {
      colour.fill(0)
      for (let k = -2; k <= 2; k++) {
        const spread = Math.min(height - 1, Math.max(top, Math.round(sy + (k * reach) / 2)))
        const ry = wet[spread * width + sx] ? spread : sy
        const from = rows[ry * width + sx]
        const y0 = Math.min(height - 1, Math.max(0, Math.floor(from)))
        const weight = [0.12, 0.23, 0.3, 0.23, 0.12][k + 2]
        for (let c = 0; c < 3; c++) colour[c] += weight * source[scene][(y0 * width + sx) * 3 + c]
      }
      const glint = glitter(scene, wx / z, e, ripple, rough, near)
      const sheen = breeze * 0.1 * (1 - grazing)
      for (let c = 0; c < 3; c++) {
        const body = BODY[scene][c]
        colour[c] = mix(body, colour[c], mirror * (1 - 0.16 * breeze)) + (glint[c] ?? 0) + sheen * body * 2
      }
      air.veil(scene, wx / z, 0, z, wx, colour)
      for (let c = 0; c < 3; c++) picture[scene][at + c] = colour[c]
    }
    picture.depth[y * width + x] = z
  }

  for (let y = top; y < height; y++) {
    for (let x = 0; x < width; x++) if (wet[y * width + x]) waterAt(x, y)
  }
}

/** The path of sparks under the sun or the moon. */
function glitter(scene, t, e, ripple, rough, near) {
  const disc = scene === 'dusk' ? SUN : MOON
  const spread = 0.012 + 0.03 * near
  const path = Math.exp(-(((t - disc.t) / spread) ** 2))
  const spark = smoothstep(0.05, 0.55, ripple + 0.12)
  const depth = Math.exp(-Math.abs(-e - disc.e) / (scene === 'dusk' ? 0.07 : 0.09))
  const power = path * spark * depth * (0.4 + 0.6 * rough)
  return scene === 'dusk'
    ? [power * 0.85, power * 0.46, power * 0.17]
    : [power * 0.13, power * 0.22, power * 0.36]
}
