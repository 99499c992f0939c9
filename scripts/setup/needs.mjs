import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { ask, isOnPath, NOT_FOUND } from './run.mjs'

const FONT_FOLDERS = [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  join(homedir(), '.local/share/fonts'),
  join(homedir(), '.fonts'),
]

/**
 * What Electron would miss on this Linux, as names a person can search for.
 * @typedef {readonly string[]} Missing
 *
 * @typedef {{
 *   ldd: (binary: string) => string,
 *   hasProgram: (name: string) => boolean,
 *   hasLibrary: (name: string) => boolean,
 *   hasFont: () => boolean,
 * }} Probes
 */

/** @type {Probes} */
export const systemProbes = {
  ldd: (binary) => {
    const answer = ask('ldd', [binary])
    return answer.code === NOT_FOUND ? '' : answer.output
  },
  hasProgram: (name) => isOnPath(name),
  hasLibrary: (name) => {
    // By its path: an ordinary user's PATH lacks it. Where it cannot tell (musl, NixOS), the tests will.
    const answer = ask('/sbin/ldconfig', ['-p'])
    return answer.code !== 0 || answer.output.includes(name)
  },
  hasFont: () => FONT_FOLDERS.some(holdsFont) || listsFont(),
}

/**
 * The shared libraries that `ldd` does not find, in glibc's and in musl's wording.
 * @param {string} output
 * @returns {string[]}
 */
export function missingLibraries(output) {
  const names = [...output.matchAll(/^\s*(\S+) => not found|Error loading shared library ([^:\s]+)/gm)]
  return [...new Set(names.map((match) => match[1] ?? match[2] ?? ''))]
}

/**
 * What has to be installed before Electron runs and shows text, and with `needsKeyring` before the tests of stored
 * keys have a keyring to store them in.
 * @param {{ binary: string, needsVirtualDisplay: boolean, needsKeyring: boolean, probes: Probes }} deps
 * @returns {Missing}
 */
export function findMissing({ binary, needsVirtualDisplay, needsKeyring, probes }) {
  const wanted = [
    ...(needsVirtualDisplay ? ['xvfb-run', 'xauth'] : []),
    ...(needsKeyring ? ['gnome-keyring-daemon', 'dbus-daemon'] : []),
  ]
  const programs = wanted.filter((name) => !probes.hasProgram(name))
  // Chromium opens it only when it looks for a keyring, so ldd does not tell of it.
  const libsecret = needsKeyring && !probes.hasLibrary('libsecret-1.so.0') ? ['libsecret-1.so.0'] : []
  // Without any font Electron starts and renders no text at all.
  const fonts = probes.hasFont() ? [] : ['a TrueType font']
  return [...missingLibraries(probes.ldd(binary)), ...programs, ...libsecret, ...fonts]
}

/** @param {string} folder */
function holdsFont(folder) {
  if (!existsSync(folder)) return false
  // Level by level instead of `recursive: true`, which lists thousands of files before the first is looked at.
  const pending = [folder]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const entry of readdirSync(next, { withFileTypes: true })) {
      if (entry.isDirectory()) pending.push(join(next, entry.name))
      else if (/\.(ttf|otf|ttc)$/i.test(entry.name)) return true
    }
  }
  return false
}

/** Systems such as NixOS keep their fonts elsewhere. */
function listsFont() {
  const answer = ask('fc-list', ['--format', '%{file}\n'])
  return answer.code === 0 && answer.output.trim() !== ''
}
