import electron from 'electron'
import { ensureBuilt } from './build.mjs'
import { ROOT, runOpenly } from './tools.mjs'

/**
 * Builds the application when that is needed, and runs it to its end.
 * @param {readonly string[]} args of the application
 * @param {Readonly<Record<string, string>>} [environment] beside our own
 * @returns {Promise<number>} the exit code
 */
export async function startApplication(args, environment = {}) {
  /** @type {string[]} */
  const flags = []
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    console.error(
      'Running as root: Chromium refuses its sandbox to root, so it is off for this run (--no-sandbox).',
    )
    flags.push('--no-sandbox')
  }
  // Terminals inside Electron applications (VS Code) set this one, and Electron would run as a bare Node.
  const env = { ...process.env, ...environment }
  delete env['ELECTRON_RUN_AS_NODE']
  // Outside Electron the package's default export is the path of the executable; its types describe the inside.
  /** @type {unknown} */
  const executable = electron
  if (typeof executable !== 'string') throw new TypeError('the electron package gave no path')
  if (!(await ensureBuilt())) return 1
  return runOpenly([executable, ...flags, ROOT, ...args], env)
}
