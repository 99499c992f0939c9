// `node scripts/complete-lock.mjs`, after an `npm install` that changed package-lock.json on a network whose registry
// lacks packages of other systems: npm then leaves them out of the lockfile, and `npm ci` refuses such a lockfile.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { completeLock } from './setup/lock.mjs'

const file = join(dirname(dirname(fileURLToPath(import.meta.url))), 'package-lock.json')
const { lock, added } = completeLock(JSON.parse(readFileSync(file, 'utf8')))
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(
  added.length === 0 ? 'package-lock.json is complete.' : `Added to package-lock.json: ${added.join(', ')}.`,
)
