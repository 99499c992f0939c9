/**
 * What both stills share: where the camera stands, where the lights are, and the picture being painted. Directions
 * are tangents: t to the right of the middle of the picture, e above the horizon. Light is linear, 1 = white.
 */

/** Width of the view as a tangent: about 44 degrees, a 45 mm lens on a full frame. */
const VIEW_WIDTH = 0.808
/** Where the horizon lies, as a share of the picture's height from its top. */
const HORIZON = 0.56
/** Height of the eye above the lake, metres: enough to look down on the water, not on the hills. */
export const EYE_HEIGHT = 120
/** Depth of the sky in the depth plane, metres. */
export const SKY_DEPTH = 1e9

/** Names of the two stills, in the order of every pair of colours below. */
export const SCENES = /** @type {const} */ (['dusk', 'night'])

/** The sun, low over the gap on the right; larger than life, as a long lens and haze make it. */
export const SUN = { t: 0.186, e: 0.0375, radius: 0.0098 }
/** The moon stands in the upper right third. */
export const MOON = { t: 0.236, e: 0.182, radius: 0.0104 }

/**
 * Where the light on the land comes from (x right, y up, z away). Both are turned away from where the disc stands in
 * the picture: true back light would leave every slope we see flat.
 */
export const LIGHT = {
  dusk: unit(0.82, 0.2, 0.2),
  night: unit(0.66, 0.46, -0.3),
}

function unit(x, y, z) {
  const length = Math.hypot(x, y, z)
  return [x / length, y / length, z / length]
}

/**
 * An empty picture for both scenes, with the depth of what is nearest in each pixel (metres).
 * @param {number} width
 */
export function createPicture(width) {
  const height = Math.round((width * 9) / 16)
  const focal = width / VIEW_WIDTH
  const horizon = height * HORIZON
  return {
    width,
    height,
    focal,
    /** Pixel column to tangent. @param {number} x */
    tangent: (x) => (x - width / 2) / focal,
    /** Pixel row to tangent above the horizon. @param {number} y */
    elevation: (y) => (horizon - y) / focal,
    /** Tangent to pixel column. @param {number} t */
    column: (t) => t * focal + width / 2,
    /** Tangent above the horizon to pixel row. @param {number} e */
    row: (e) => horizon - e * focal,
    depth: new Float32Array(width * height).fill(SKY_DEPTH),
    dusk: new Float32Array(width * height * 3),
    night: new Float32Array(width * height * 3),
  }
}

/**
 * Lays a colour over a pixel.
 * @param {Float32Array} light one scene of a picture, changed in place
 * @param {number} at index of the pixel's red
 * @param {ArrayLike<number>} colour linear RGB
 * @param {number} amount 0 leaves the pixel, 1 covers it
 */
export function blend(light, at, colour, amount) {
  for (let c = 0; c < 3; c++) light[at + c] += (colour[c] - light[at + c]) * amount
}

/**
 * A colour as painters pick it, in linear light.
 * @param {string} hex six digits
 * @returns {number[]}
 */
export function paint(hex) {
  return [0, 2, 4].map((at) => {
    const v = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
  })
}

/**
 * A colour ramp: linear between stops, flat outside.
 * @param {readonly (readonly [number, string])[]} stops
 * @returns {(at: number, out: number[]) => void}
 */
export function createRamp(stops) {
  const places = stops.map(([at]) => at)
  const colours = stops.map(([, hex]) => paint(hex))
  return (at, out) => {
    let k = 0
    while (k < places.length - 2 && at > places[k + 1]) k++
    const raw = (at - places[k]) / (places[k + 1] - places[k])
    const share = Math.min(1, Math.max(0, raw))
    // Eased, so that no stop shows as a line in a smooth sky.
    const s = share * share * (3 - 2 * share) * 0.5 + share * 0.5
    for (let c = 0; c < 3; c++) out[c] = colours[k][c] + (colours[k + 1][c] - colours[k][c]) * s
  }
}
