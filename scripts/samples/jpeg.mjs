/** Writes JPEG files through Electron's own encoder (libjpeg-turbo), so that the scripts need no image library. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { executableIn, hasOfficial } from '../setup/official.mjs'
import { hasThirdParty, thirdPartyDist } from '../setup/third-party.mjs'

/** What Electron runs: reads raw pixels, writes the JPEG, leaves. */
const ENCODER = `
const { app, nativeImage } = require('electron')
const { readFileSync, writeFileSync } = require('node:fs')
const [source, target, width, height, quality] = process.argv.slice(-5)
const image = nativeImage.createFromBitmap(readFileSync(source), { width: Number(width), height: Number(height) })
writeFileSync(target, image.toJPEG(Number(quality)))
app.exit(0)
`

/** Longest time an encoder run may take, milliseconds; it needs about one second. */
const ENCODE_TIMEOUT = 30_000

/**
 * The Electron binary to encode with: the one named by ELECTRON_OVERRIDE_DIST_PATH, the official one, or the one that
 * set-up keeps in `.cache`.
 * @param {string} root the project's folder
 * @returns {string}
 * @throws when there is none
 */
export function findElectron(root) {
  const executable = executableIn(process.platform)
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (override) return join(override, executable)
  if (hasOfficial(root, process.platform)) return join(root, 'node_modules/electron/dist', executable)
  if (hasThirdParty(root)) return join(thirdPartyDist(root), executable)
  throw new Error('No Electron found: run "npm start" once, it fetches one.')
}

/**
 * @param {string} electron path of an Electron binary
 * @param {string} target file to write
 * @param {Buffer} bgra 8-bit pixels, blue first
 * @param {{ width: number, height: number, quality: number }} size quality from 0 to 100
 * @throws when Electron cannot start, for example without a display
 */
export function writeJpeg(electron, target, bgra, { width, height, quality }) {
  const folder = mkdtempSync(join(tmpdir(), 'inbetween-jpeg-'))
  try {
    const script = join(folder, 'encode.cjs')
    const pixels = join(folder, 'pixels.bgra')
    writeFileSync(script, ENCODER)
    writeFileSync(pixels, bgra)
    const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const args = [...flags, script, pixels, target, String(width), String(height), String(quality)]
    execFileSync(electron, args, { stdio: ['ignore', 'ignore', 'ignore'], timeout: ENCODE_TIMEOUT })
  } catch (cause) {
    throw new Error(
      'Electron could not write the JPEG: run this under "xvfb-run -a" where there is no display.',
      {
        cause,
      },
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
