// `npm run bench -- <name> [arguments]`: one JSON line on stdout.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { assertNode } from '../node-version.mjs'
import { ensureBuilt } from './build.mjs'
import { ROOT, runOpenly } from './tools.mjs'

/** A wrong name is a mistake on the command line, not a failed bench. */
const USAGE_ERROR = 2

assertNode()
const [name = '', ...args] = process.argv.slice(2)
const files = benchFiles()
const file = files.get(name)
if (file === undefined) {
  const names = files.size === 0 ? 'none yet' : [...files.keys()].join(', ')
  console.error(
    `${name === '' ? 'Name a bench' : `There is no bench "${name}"`}: npm run bench -- <name>, with one of: ${names}.`,
  )
  process.exitCode = USAGE_ERROR
} else {
  process.exitCode = (await ensureBuilt()) ? await runOpenly([process.execPath, file, ...args]) : 1
}

/** @returns {Map<string, string>} paths by name */
function benchFiles() {
  const folder = join(ROOT, 'bench')
  /** @type {string[]} */
  let names = []
  try {
    names = readdirSync(folder)
  } catch {
    // No bench yet.
  }
  return new Map(
    names
      .filter((entry) => /(?<!\.d)\.(ts|mjs)$/.test(entry))
      .toSorted()
      .map((entry) => [entry.replace(/\.\w+$/, ''), join(folder, entry)]),
  )
}
