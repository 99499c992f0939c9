/**
 * A picture as BT.709 limited-range 4:2:0 samples, four samples a word, so that one operation resamples two of them:
 * each word of `luma` holds one pixel of four rows, each of `chroma` U and V of one pixel of two rows. The bytes are, from
 * the lowest: rows 0, 2, 1, 3 and U of row 0, U of row 1, V of row 0, V of row 1.
 *
 * We convert ourselves because Chromium's encoder makes BT.601 of RGB frames, which editing programs show wrong.
 */
export interface Planes {
  /** Pixels; a multiple of 8. */
  readonly width: number
  /** Pixels; a multiple of 4. */
  readonly height: number
  /** `height / 4` rows of `width` words. */
  readonly luma: Uint32Array
  /** `height / 4` rows of `width / 2` words. */
  readonly chroma: Uint32Array
}

// Weights of ITU-R BT.709, part 1, item 3.2, scaled to the limited range (item 4.6) in 16-bit fixed point.
const lumaRange = 219 / 255
const chromaRange = 224 / 255
const fixed = (weight: number) => Math.round(weight * 65_536)
const yRed = fixed(0.2126 * lumaRange)
const yGreen = fixed(0.7152 * lumaRange)
const yBlue = fixed(0.0722 * lumaRange)
const uRed = fixed((-0.2126 / 1.8556) * chromaRange)
const uGreen = fixed((-0.7152 / 1.8556) * chromaRange)
const half = fixed(0.5 * chromaRange)
const vGreen = fixed((-0.7152 / 1.5748) * chromaRange)
const vBlue = fixed((-0.0722 / 1.5748) * chromaRange)
/** 16 and a half in 16-bit fixed point: black, and the rounding. */
const yZero = 16.5 * 65_536
/** The same of 128, for a sum of four pixels. */
const chromaZero = 128.5 * 4 * 65_536

/** Converts sRGB pixels (RGBA, alpha ignored). */
export function toPlanes(pixels: Uint8ClampedArray, width: number, height: number): Planes {
  const rgba = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height)
  const luma = new Uint32Array((width * height) / 4)
  const chroma = new Uint32Array((width * height) / 8)
  for (let row = 0; row < height; row += 2) {
    // The lower two rows of each four go to the odd bytes.
    const shift = row % 4 === 2 ? 8 : 0
    const line = (row >> 2) * width
    for (let column = 0; column < width; column += 2) {
      const at = row * width + column
      const a = rgba[at] ?? 0
      const b = rgba[at + 1] ?? 0
      const c = rgba[at + width] ?? 0
      const d = rgba[at + width + 1] ?? 0
      add(luma, line + column, pair(lumaOf(a), lumaOf(c)) << shift)
      add(luma, line + column + 1, pair(lumaOf(b), lumaOf(d)) << shift)
      add(chroma, (line + column) / 2, chromaOf(a, b, c, d) << shift)
    }
  }
  return { width, height, luma, chroma }
}

/** Luma of one little-endian RGBA word, 16 to 235. */
function lumaOf(pixel: number): number {
  const sum = yRed * (pixel & 255) + yGreen * ((pixel >>> 8) & 255) + yBlue * ((pixel >>> 16) & 255)
  return (sum + yZero) >> 16
}

/** U and V of the mean of four pixels, 16 to 240 each. */
function chromaOf(a: number, b: number, c: number, d: number): number {
  const red = (a & 255) + (b & 255) + (c & 255) + (d & 255)
  const green = ((a >>> 8) & 255) + ((b >>> 8) & 255) + ((c >>> 8) & 255) + ((d >>> 8) & 255)
  const blue = ((a >>> 16) & 255) + ((b >>> 16) & 255) + ((c >>> 16) & 255) + ((d >>> 16) & 255)
  const u = (uRed * red + uGreen * green + half * blue + chromaZero) >> 18
  const v = (half * red + vGreen * green + vBlue * blue + chromaZero) >> 18
  return pair(u, v)
}

/** Two samples in the even bytes of a word. */
function pair(low: number, high: number): number {
  return low | (high << 16)
}

function add(words: Uint32Array, index: number, bits: number): void {
  words[index] = (words[index] ?? 0) | bits
}
