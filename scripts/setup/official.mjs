import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { endTogether } from './run.mjs'

/**
 * Where the executable lies inside an unpacked Electron, as electron's own install.js has it.
 * @param {NodeJS.Platform} platform
 * @returns {string}
 */
export function executableIn(platform) {
  if (platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron')
  return platform === 'win32' ? 'electron.exe' : 'electron'
}

/**
 * The version of the electron package, without a `v`.
 * @param {string} root
 * @returns {string}
 */
export function officialVersion(root) {
  return JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8')).version
}

/**
 * Whether the official binary of this version is there and complete. Its path.txt is written last, so a half
 * unpacked one does not count.
 * @param {string} root
 * @param {NodeJS.Platform} platform
 * @returns {boolean}
 */
export function hasOfficial(root, platform) {
  const folder = join(root, 'node_modules', 'electron')
  try {
    const version = readFileSync(join(folder, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '')
    return (
      version === officialVersion(root) &&
      existsSync(join(folder, 'path.txt')) &&
      existsSync(join(folder, 'dist', executableIn(platform)))
    )
  } catch {
    return false
  }
}

/**
 * Downloads the official binary in a process of its own, because @electron/get needs a newer Node than set-up.
 * @param {{ node: string, env: NodeJS.ProcessEnv }} deps
 * @returns {Promise<import('./official-download.mjs').OfficialResult>} never rejects
 */
export function fetchOfficial({ node, env }) {
  const child = spawn(node, [fileURLToPath(new URL('official-child.mjs', import.meta.url))], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // Node's fetch ignores the proxy variables that npm follows unless told.
    env: { ...env, NODE_USE_ENV_PROXY: '1' },
  })
  endTogether(child)
  return new Promise((resolve) => {
    /** @type {import('./official-download.mjs').OfficialResult} */
    let result = {
      kind: 'failed',
      sentence: 'The download of Electron ended unexpectedly; run the same command again.',
      detail: '',
    }
    child.on('message', (message) => {
      if (isResult(message)) result = message
    })
    child.on('error', () => resolve(result))
    child.on('close', () => resolve(result))
  })
}

/**
 * @param {unknown} message
 * @returns {message is import('./official-download.mjs').OfficialResult}
 */
function isResult(message) {
  return typeof message === 'object' && message !== null && 'kind' in message
}
