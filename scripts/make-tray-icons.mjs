/**
 * Draws the tray icons: the first and the last frame as two bars, and what comes between them as a triangle.
 *
 *   node scripts/make-tray-icons.mjs
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodePng } from './fixtures/png.mjs'
import { assertNode } from './node-version.mjs'

assertNode()

/** The drawing is made on a grid of this many units. */
const GRID = 16
/** Samples a pixel each way: the triangle's edges are slanted. */
const SAMPLES = 8

const BLACK = [0, 0, 0]
/** `--accent` of the tokens: seen on dark and on light taskbars. */
const ACCENT = [0xf2, 0xa3, 0x3a]

const ICONS = [
  // macOS colours a template itself, and finds the double size by its name.
  { name: 'trayTemplate.png', size: 16, colour: BLACK },
  { name: 'trayTemplate@2x.png', size: 32, colour: BLACK },
  { name: 'tray.png', size: 32, colour: ACCENT },
]

/** Whether a point of the grid is inked. */
function isInked(x, y) {
  const isBar = y >= 2 && y <= 14 && ((x >= 1 && x <= 3) || (x >= 13 && x <= 15))
  const isTriangle = x >= 5.5 && x <= 11 && Math.abs(y - 8) <= ((11 - x) / 5.5) * 4
  return isBar || isTriangle
}

/** How much of a pixel is inked, 0 to 255. */
function inkOf(column, row, size) {
  let hits = 0
  for (let i = 0; i < SAMPLES * SAMPLES; i++) {
    const x = column + ((i % SAMPLES) + 0.5) / SAMPLES
    const y = row + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES
    if (isInked((x * GRID) / size, (y * GRID) / size)) hits += 1
  }
  return Math.round((hits / SAMPLES ** 2) * 255)
}

function draw({ size, colour }) {
  const pixels = Buffer.alloc(size * size * 4)
  for (let i = 0; i < size * size; i++) {
    pixels.set([...colour, inkOf(i % size, Math.floor(i / size), size)], i * 4)
  }
  return encodePng({ width: size, height: size, pixels })
}

const folder = join(import.meta.dirname, '../build')
mkdirSync(folder, { recursive: true })
for (const icon of ICONS) writeFileSync(join(folder, icon.name), draw(icon))
console.log(`${ICONS.length} icons in ${folder}`)
