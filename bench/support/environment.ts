import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** The project's own folder. */
export const projectFolder = join(import.meta.dirname, '../..')

/** The Electron that `scripts/setup.mjs` chose. */
export function electronPath(): string {
  // The electron package is a path in Node; its types describe what it is inside Electron.
  return createRequire(import.meta.url)('electron')
}

/** Arguments every start needs on this machine. */
export function systemArgs(): readonly string[] {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

/** Ends the bench with the way to get a program that is missing. */
export function requireProgram(name: string, howToGet: string): void {
  if (spawnSync(name, ['-version'], { stdio: 'ignore' }).error === undefined) return
  console.error(`This bench compares with ${name}, which is not installed. Get it with: ${howToGet}`)
  process.exit(2)
}

/** The middle value; the lower middle of an even count. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
}
