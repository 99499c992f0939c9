/**
 * Paints the two sample stills that a new project starts with: one valley at dusk and on a clear night, the same to
 * the pixel, so that dissolving between them is a picture at every moment. Everything is grown from seeds; the same
 * seeds give the same files.
 *
 *   xvfb-run -a node scripts/make-samples.mjs            (no xvfb-run where there is a display)
 */
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createAir } from './samples/air.mjs'
import { paintCabins } from './samples/cabins.mjs'
import { finish } from './samples/finish.mjs'
import { paintForeground } from './samples/foreground.mjs'
import { paintForest } from './samples/forest.mjs'
import { paintGround } from './samples/ground.mjs'
import { findElectron, writeJpeg } from './samples/jpeg.mjs'
import { paintRanges } from './samples/ranges.mjs'
import { createRelief } from './samples/relief.mjs'
import { createPicture } from './samples/scene.mjs'
import { paintSky, paintStars } from './samples/sky.mjs'
import { growLand } from './samples/terrain.mjs'
import { paintWater } from './samples/water.mjs'
import { assertNode } from './node-version.mjs'

assertNode()

/** Width of the stills in pixels, at 16:9: enough for a push-in at 1080p. */
const WIDTH = 2560
const QUALITY = 88

/** Chosen by eye among many; every one of them moves something. */
const SEEDS = {
  land: 7,
  sky: 11,
  air: 21,
  ranges: 31,
  relief: 41,
  ground: 51,
  forest: 61,
  cabins: 65,
  water: 71,
  foreground: 81,
  grain: 91,
}

const root = join(import.meta.dirname, '..')
const folder = join(root, 'renderer/public/samples')
const started = performance.now()

function report(what) {
  console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s  ${what}`)
}

function paintScene() {
  const picture = createPicture(WIDTH)
  const air = createAir(SEEDS.air)
  paintSky(picture, SEEDS.sky)
  paintRanges(picture, air, SEEDS.ranges)
  report('sky and far ranges')
  const relief = createRelief(growLand(SEEDS.land), SEEDS.relief)
  report('land grown')
  paintGround(picture, relief, air, SEEDS.ground)
  paintForest(picture, relief, air, SEEDS.forest)
  paintCabins(picture, SEEDS.cabins)
  report('land, woods, cabins')
  paintWater(picture, air, SEEDS.water)
  paintStars(picture, SEEDS.sky)
  paintForeground(picture, SEEDS.foreground)
  report('lake and foreground')
  return picture
}

const electron = findElectron(root)
const picture = paintScene()
mkdirSync(folder, { recursive: true })
for (const [scene, name] of /** @type {const} */ ([
  ['dusk', 'first.jpg'],
  ['night', 'last.jpg'],
])) {
  const target = join(folder, name)
  const bytes = finish(picture, scene, SEEDS.grain)
  writeJpeg(electron, target, bytes, { width: picture.width, height: picture.height, quality: QUALITY })
  report(`${target}, ${Math.round(statSync(target).size / 1024)} KiB`)
}
