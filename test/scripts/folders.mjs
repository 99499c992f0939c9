import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/**
 * A temporary folder that goes away with the test.
 * @returns {string}
 */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'inbetween-scripts-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/**
 * Writes files, making their folders.
 * @param {string} root
 * @param {Readonly<Record<string, string>>} contentsByPath
 */
export function writeFiles(root, contentsByPath) {
  for (const [path, contents] of Object.entries(contentsByPath)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), contents)
  }
}

/**
 * A voice that remembers what it said.
 * @returns {import('../../scripts/setup/say.mjs').Say & { lines: string[] }}
 */
export function recordingSay() {
  /** @type {string[]} */
  const lines = []
  return { lines, line: (text) => void lines.push(text), status: () => {}, detail: () => {} }
}
