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

/** What the tests of stored keys need beside it: a real keyring, and the bus it is asked over. */
const KEYRING_PACKAGES = ['gnome-keyring', 'dbus', 'libsecret-1-0']

/** Debian 13 and Ubuntu 24.04 renamed libraries that carry a 64-bit time; the old name may be ambiguous there. */
const RENAMED = new Set(['libgtk-3-0', 'libasound2', 'libatk-bridge2.0-0', 'libcups2'])

/** Another apt-get may hold the lock on a machine that was just started. */
const LOCK_WAIT_S = 120

/**
 * The package names this system's apt knows.
 * @param {{ needsKeyring: boolean, isKnown: (name: string) => boolean }} deps
 * @returns {string[]}
 */
export function packageNames({ needsKeyring, isKnown }) {
  const names = [...PACKAGES, ...(needsKeyring ? KEYRING_PACKAGES : [])]
  return names.map((name) => (RENAMED.has(name) && isKnown(`${name}t64`) ? `${name}t64` : name))
}

/**
 * What to do about things that are missing.
 * @param {{
 *   missing: import('./needs.mjs').Missing,
 *   needsKeyring: boolean,
 *   isRoot: boolean,
 *   hasApt: boolean,
 *   isKnown: (name: string) => boolean,
 * }} deps
 * @returns {{ kind: 'nothing' } | { kind: 'install' } | { kind: 'stop', sentence: string }}
 */
export function systemPlan({ missing, needsKeyring, isRoot, hasApt, isKnown }) {
  if (missing.length === 0) return { kind: 'nothing' }
  if (hasApt && isRoot) return { kind: 'install' }
  const lacks = `${needing(needsKeyring)} what is missing on this system: ${missing.join(', ')}`
  if (hasApt) {
    const command = `sudo apt-get update && sudo apt-get install -y ${packageNames({ needsKeyring, isKnown }).join(' ')}`
    return { kind: 'stop', sentence: `${lacks}; run this line and then the same command again: ${command}` }
  }
  return {
    kind: 'stop',
    sentence: `${lacks}; install the packages of your system that hold these and run the same command again.`,
  }
}

/** @param {boolean} needsKeyring */
const needing = (needsKeyring) =>
  needsKeyring ? 'The tests, in a real Electron with a real keyring, need' : 'Electron needs'

/**
 * Makes sure that Electron finds its libraries, a font and, where needed, a virtual display and a keyring: installs them as root
 * with apt-get, otherwise stops with the line to run.
 * @param {{
 *   binary: string,
 *   needsVirtualDisplay: boolean,
 *   needsKeyring?: boolean,
 *   isRoot: boolean,
 *   probes: import('./needs.mjs').Probes,
 *   ask: (command: string, args: readonly string[]) => import('./run.mjs').Outcome,
 *   run: import('./run.mjs').Run,
 *   say: import('./say.mjs').Say,
 *   env: NodeJS.ProcessEnv,
 * }} deps
 * @returns {Promise<void>} rejects with {@link SetupError}
 */
export async function ensureSystem({
  binary,
  needsVirtualDisplay,
  needsKeyring = false,
  isRoot,
  probes,
  ask,
  run,
  say,
  env,
}) {
  const look = () => findMissing({ binary, needsVirtualDisplay, needsKeyring, probes })
  /** @param {string} name */
  const isKnown = (name) => ask('apt-cache', ['show', '--no-all-versions', name]).code === 0
  const missing = look()
  const plan = systemPlan({ missing, needsKeyring, isRoot, hasApt: probes.hasProgram('apt-get'), isKnown })
  switch (plan.kind) {
    case 'nothing':
      return
    case 'stop':
      throw new SetupError(plan.sentence)
    case 'install': {
      say.line(
        `Missing for ${needsKeyring ? 'the tests' : 'Electron'}: ${missing.join(', ')}. Installing with apt-get, as root…`,
      )
      const packages = await whileSaying(say, 'Installing system packages', () =>
        aptInstall({ run, say, env, needsKeyring, isKnown }),
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
 *   needsKeyring: boolean,
 *   isKnown: (name: string) => boolean,
 * }} deps
 * @returns {Promise<string[]>} what was asked for
 */
async function aptInstall({ run, say, env, needsKeyring, isKnown }) {
  const options = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' } }
  const lock = ['-o', `DPkg::Lock::Timeout=${LOCK_WAIT_S}`]
  const update = await run('apt-get', [...lock, 'update'], options)
  say.detail(update.output)
  // The names are looked up now because a bare image has no lists before.
  const packages = packageNames({ needsKeyring, isKnown })
  const install = await run(
    'apt-get',
    [...lock, 'install', '-y', '--no-install-recommends', ...packages],
    options,
  )
  say.detail(install.output)
  if (install.code === 0) return packages
  const next = update.code === 0 ? 'read .cache/setup.log' : 'check that the package mirror can be reached'
  throw new SetupError(
    `apt-get could not install what ${needsKeyring ? 'the tests need' : 'Electron needs'}; ${next}, or run this line and then the same command again: apt-get install -y ${packages.join(' ')}`,
  )
}
