import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setDefaultAutoSelectFamilyAttemptTimeout } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { run } from './run.mjs'
import { createSteadyDownloader, DownloadGivenUp } from './steady-download.mjs'

/** As the issue asks: a line this slow is not a line. */
const STALL_MS = 20_000

/** Between two tries at a server that broke off or is overloaded. */
const PAUSE_MS = 2000

/** Node tries IPv6 and IPv4 in turns of 250 ms, too short for a slow or distant line: both then count as failed. */
const ADDRESS_ATTEMPT_MS = 2000

const MEGABYTE = 1e6

/**
 * How the official download ended. `reason` and `sentence` are for people.
 * @typedef {{ kind: 'ready' }
 *   | { kind: 'unreachable', reason: string }
 *   | { kind: 'failed', sentence: string, detail: string }} OfficialResult
 */

/**
 * Fetches the official Electron binary into @electron/get's cache with our patience, then lets electron's own
 * install.js unpack it from there. Needs Node 22.12 or newer (@electron/get). Mirrors are set as always:
 * ELECTRON_MIRROR, `electron_mirror` in .npmrc.
 * @param {{
 *   electronDir: string,
 *   tempDir: string,
 *   say: import('./say.mjs').Say,
 *   stallMs?: number,
 *   pauseMs?: number,
 * }} deps `electronDir`: the folder of the electron package
 * @returns {Promise<OfficialResult>}
 */
export async function downloadOfficial({
  electronDir,
  tempDir,
  say,
  stallMs = STALL_MS,
  pauseMs = PAUSE_MS,
}) {
  setDefaultAutoSelectFamilyAttemptTimeout(ADDRESS_ATTEMPT_MS)
  const { version } = readJson(join(electronDir, 'package.json'))
  const title = `Electron ${version}`
  const downloader = createSteadyDownloader({
    stallMs,
    pauseMs,
    onProgress: ({ received, total }) => say.status(`Downloading ${title}: ${progressText(received, total)}`),
  })
  try {
    mkdirSync(tempDir, { recursive: true })
    const { downloadArtifact } = await importFrom(electronDir, '@electron/get')
    await downloadArtifact({
      version,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      cacheRoot: process.env['electron_config_cache'],
      checksums: usesRemoteChecksums() ? undefined : readJson(join(electronDir, 'checksums.json')),
      tempDirectory: tempDir,
      downloader,
    })
  } catch (error) {
    return afterError(error, title)
  }
  say.line(`${title} downloaded, unpacking…`)
  const unpacked = await run(process.execPath, [join(electronDir, 'install.js')], { cwd: electronDir })
  if (unpacked.code === 0) return { kind: 'ready' }
  return {
    kind: 'failed',
    sentence: `${title} was downloaded but could not be unpacked; free about 1 GB on this disk and run the same command again (details: .cache/setup.log).`,
    detail: unpacked.output,
  }
}

/**
 * @param {unknown} error
 * @param {string} title
 * @returns {OfficialResult}
 */
function afterError(error, title) {
  if (error instanceof DownloadGivenUp) return { kind: 'unreachable', reason: error.message }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  if (/did not match expected checksum/.test(detail)) {
    return {
      kind: 'failed',
      sentence: `The download of ${title} does not match its checksum and was deleted; run the same command again, and if it happens twice check the proxy or ELECTRON_MIRROR.`,
      detail,
    }
  }
  return {
    kind: 'failed',
    sentence: `${title} could not be stored; check the free space and the rights of this folder and run the same command again (details: .cache/setup.log).`,
    detail,
  }
}

/**
 * @param {number} received
 * @param {number | null} total
 * @returns {string}
 */
function progressText(received, total) {
  const done = Math.round(received / MEGABYTE)
  if (total === null) return `${done} MB`
  return `${Math.floor((100 * received) / total)} % of ${Math.round(total / MEGABYTE)} MB`
}

/** install.js reads the same two names. */
function usesRemoteChecksums() {
  const { env } = process
  return Boolean(env['electron_use_remote_checksums'] ?? env['npm_config_electron_use_remote_checksums'])
}

/**
 * Takes the copy of a package that electron itself uses; it is electron's dependency, not ours.
 * @param {string} electronDir
 * @param {string} name
 */
function importFrom(electronDir, name) {
  return import(pathToFileURL(createRequire(join(electronDir, 'package.json')).resolve(name)).href)
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}
