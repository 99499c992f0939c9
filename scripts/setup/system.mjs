import { findMissing } from './needs.mjs'
import { SetupError, whileSaying } from './say.mjs'

/** What Electron needs beyond a bare Debian 12 or Ubuntu 22.04, found with ldd and by starting it. */
const PACKAGES = [
  'xvfb',
  'xauth',
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libxtst6',
  'libatk-bridge2.0-0',
  'libdrm2',
  'libxkbcommon0',
  'libcups2',
  'fonts-dejavu-core',
]

/** Debian 13 and Ubuntu 24.04 renamed libraries that carry a 64-bit time; the old name may be ambiguous there. */
const RENAMED = new Set(['libgtk-3-0', 'libasound2', 'libatk-bridge2.0-0', 'libcups2'])

/** Another apt-get may hold the lock on a machine that was just started. */
const LOCK_WAIT_S = 120

/**
 * The package names this system's apt knows.
 * @param {(name: string) => boolean} isKnown
 * @returns {string[]}
 */
export function packageNames(isKnown) {
  return PACKAGES.map((name) => (RENAMED.has(name) && isKnown(`${name}t64`) ? `${name}t64` : name))
}

/**
 * What to do about things that are missing.
 * @param {{
 *   missing: import('./needs.mjs').Missing,
 *   isRoot: boolean,
 *   hasApt: boolean,
 *   isKnown: (name: string) => boolean,
 * }} deps
 * @returns {{ kind: 'nothing' } | { kind: 'install' } | { kind: 'stop', sentence: string }}
 */
export function systemPlan({ missing, isRoot, hasApt, isKnown }) {
  if (missing.length === 0) return { kind: 'nothing' }
  if (hasApt && isRoot) return { kind: 'install' }
  const lacks = `Electron needs what is missing on this system: ${missing.join(', ')}`
  if (hasApt) {
    const command = `sudo apt-get update && sudo apt-get install -y ${packageNames(isKnown).join(' ')}`
    return { kind: 'stop', sentence: `${lacks}; run this line and then the same command again: ${command}` }
  }
  return {
    kind: 'stop',
    sentence: `${lacks}; install the packages of your system that hold these and run the same command again.`,
  }
}

/**
 * Makes sure that Electron finds its libraries, a font and, where needed, a virtual display: installs them as root
 * with apt-get, otherwise stops with the line to run.
 * @param {{
 *   binary: string,
 *   needsVirtualDisplay: boolean,
 *   isRoot: boolean,
 *   probes: import('./needs.mjs').Probes,
 *   ask: (command: string, args: readonly string[]) => import('./run.mjs').Outcome,
 *   run: import('./run.mjs').Run,
 *   say: import('./say.mjs').Say,
 *   env: NodeJS.ProcessEnv,
 * }} deps
 * @returns {Promise<void>} rejects with {@link SetupError}
 */
export async function ensureSystem({ binary, needsVirtualDisplay, isRoot, probes, ask, run, say, env }) {
  const look = () => findMissing({ binary, needsVirtualDisplay, probes })
  /** @param {string} name */
  const isKnown = (name) => ask('apt-cache', ['show', '--no-all-versions', name]).code === 0
  const missing = look()
  const plan = systemPlan({ missing, isRoot, hasApt: probes.hasProgram('apt-get'), isKnown })
  switch (plan.kind) {
    case 'nothing':
      return
    case 'stop':
      throw new SetupError(plan.sentence)
    case 'install': {
      say.line(`Missing for Electron: ${missing.join(', ')}. Installing with apt-get, as root…`)
      const packages = await whileSaying(say, 'Installing system packages', () =>
        aptInstall({ run, say, env, isKnown }),
      )
      const still = look()
      if (still.length > 0) {
        throw new SetupError(
          `apt-get installed its packages but these are still missing: ${still.join(', ')}; install them and run the same command again.`,
        )
      }
      say.line(`Installed: ${packages.join(' ')}.`)
    }
  }
}

/**
 * @param {{
 *   run: import('./run.mjs').Run,
 *   say: import('./say.mjs').Say,
 *   env: NodeJS.ProcessEnv,
 *   isKnown: (name: string) => boolean,
 * }} deps
 * @returns {Promise<string[]>} what was asked for
 */
async function aptInstall({ run, say, env, isKnown }) {
  const options = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' } }
  const lock = ['-o', `DPkg::Lock::Timeout=${LOCK_WAIT_S}`]
  const update = await run('apt-get', [...lock, 'update'], options)
  say.detail(update.output)
  // The names are looked up now because a bare image has no lists before.
  const packages = packageNames(isKnown)
  const install = await run(
    'apt-get',
    [...lock, 'install', '-y', '--no-install-recommends', ...packages],
    options,
  )
  say.detail(install.output)
  if (install.code === 0) return packages
  const next = update.code === 0 ? 'read .cache/setup.log' : 'check that the package mirror can be reached'
  throw new SetupError(
    `apt-get could not install what Electron needs; ${next}, or run this line and then the same command again: apt-get install -y ${packages.join(' ')}`,
  )
}
