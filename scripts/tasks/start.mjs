// `npm start -- <arguments of the application>`
import electron from 'electron'
import { assertNode } from '../node-version.mjs'
import { ensureBuilt } from './build.mjs'
import { ROOT, runOpenly } from './tools.mjs'

assertNode()
/** @type {string[]} */
const flags = []
if (process.platform === 'linux' && process.getuid?.() === 0) {
  console.error(
    'Running as root: Chromium refuses its sandbox to root, so it is off for this run (--no-sandbox).',
  )
  flags.push('--no-sandbox')
}
// Terminals inside Electron applications (VS Code) set this one, and Electron would run as a bare Node.
const env = { ...process.env }
delete env['ELECTRON_RUN_AS_NODE']
// Outside Electron the package's default export is the path of the executable; its types describe the inside.
/** @type {unknown} */
const executable = electron
if (typeof executable !== 'string') throw new TypeError('the electron package gave no path')
process.exitCode = (await ensureBuilt())
  ? await runOpenly([executable, ...flags, ROOT, ...process.argv.slice(2)], env)
  : 1
