import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, runQuietly, stepLine, tool } from './tools.mjs'

const SOURCE_FOLDERS = ['electron', 'renderer', 'shared']

/** The lockfile too: a newer library makes a different window. */
const SOURCE_FILES = /^(electron\.vite\.config\.ts|package\.json|package-lock\.json|tsconfig.*\.json)$/

const STAMP = join('out', '.built-from')

/**
 * A fingerprint of everything the build reads: paths, sizes and times. Contents are not read, which keeps it at a
 * few milliseconds; a touched file costs one needless build.
 * @param {string} root
 * @returns {string}
 */
export function sourceFingerprint(root) {
  const files = [
    ...readdirSync(root).filter((name) => SOURCE_FILES.test(name)),
    ...SOURCE_FOLDERS.flatMap((folder) => filesIn(root, folder)),
  ]
  const hash = createHash('sha256')
  for (const file of files.toSorted()) {
    const { size, mtimeMs } = statSync(join(root, file))
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

/**
 * Whether `out/` was built from the sources as they are now.
 * @param {string} root
 * @returns {boolean}
 */
export function isBuilt(root) {
  try {
    return readFileSync(join(root, STAMP), 'utf8') === sourceFingerprint(root)
  } catch {
    return false
  }
}

/**
 * Builds the application when its sources have changed and prints one line, with the output when it fails.
 * @returns {Promise<boolean>} whether `out/` is now as the sources say
 */
export async function ensureBuilt() {
  if (isBuilt(ROOT)) return true
  const startedAt = performance.now()
  // First the stamp, so that an interrupted build is not taken for a finished one; and the fingerprint from before
  // the build, so that a file saved during it leads to another.
  rmSync(join(ROOT, STAMP), { force: true })
  const fingerprint = sourceFingerprint(ROOT)
  const { code, output } = await runQuietly(tool('electron-vite/bin/electron-vite.js', ['build']))
  // On stderr: stdout belongs to a bench, which prints one JSON line.
  console.error(stepLine(code === 0, 'build', startedAt))
  if (code !== 0) {
    console.error(output.trimEnd())
    return false
  }
  mkdirSync(join(ROOT, 'out'), { recursive: true })
  writeFileSync(join(ROOT, STAMP), fingerprint)
  return true
}

/**
 * @param {string} root
 * @param {string} folder
 */
function filesIn(root, folder) {
  try {
    return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
  } catch {
    return []
  }
}
