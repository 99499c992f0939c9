import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { executableIn, hasOfficial } from '../../scripts/setup/official.mjs'
import { downloadOfficial } from '../../scripts/setup/official-download.mjs'
import { recordingSay, temporaryFolder, writeFiles } from './folders.mjs'
import { deadAddress, serve } from './servers.mjs'
import { storedZip } from './stored-zip.mjs'

const MODULES = join(import.meta.dirname, '..', '..', 'node_modules')
const VERSION = '45.4.1'
const ZIP = storedZip({ version: VERSION, [executableIn(process.platform).replaceAll('\\', '/')]: 'tiny' })

/**
 * A project with electron's real install.js and @electron/get, and checksums of our own.
 * @param {string} mirror
 * @param {string} checksum
 */
function setUp(mirror, checksum = createHash('sha256').update(ZIP).digest('hex')) {
  const root = temporaryFolder()
  const electronDir = join(root, 'node_modules', 'electron')
  writeFiles(electronDir, {
    'package.json': JSON.stringify({ version: VERSION }),
    'checksums.json': JSON.stringify({
      [`electron-v${VERSION}-${process.platform}-${process.arch}.zip`]: checksum,
    }),
  })
  copyFileSync(join(MODULES, 'electron', 'install.js'), join(electronDir, 'install.js'))
  for (const name of ['@electron/get', '@electron-internal/extract-zip']) {
    mkdirSync(join(root, 'node_modules', name, '..'), { recursive: true })
    symlinkSync(join(MODULES, name), join(root, 'node_modules', name), 'junction')
  }
  vi.stubEnv('ELECTRON_MIRROR', mirror)
  vi.stubEnv('npm_config_electron_mirror', undefined)
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', undefined)
  vi.stubEnv('electron_config_cache', join(root, 'zips'))
  const tempDir = join(root, '.cache')
  const say = recordingSay()
  return {
    root,
    tempDir,
    say,
    result: downloadOfficial({ electronDir, tempDir, say, stallMs: 300, pauseMs: 1 }),
  }
}

test('the binary is fetched from the mirror, checked and unpacked', async () => {
  /** @type {(string | undefined)[]} */
  const paths = []
  const mirror = await serve((request, response) => {
    paths.push(request.url)
    response.end(ZIP)
  })
  const { root, tempDir, say, result } = setUp(mirror)
  expect(await result).toEqual({ kind: 'ready' })
  expect(paths).toEqual([`/v${VERSION}/electron-v${VERSION}-${process.platform}-${process.arch}.zip`])
  expect(hasOfficial(root, process.platform)).toBe(true)
  expect(readFileSync(join(root, 'node_modules/electron/dist', executableIn(process.platform)), 'utf8')).toBe(
    'tiny',
  )
  expect(readdirSync(tempDir)).toEqual([])
  expect(say.lines).toEqual([`Electron ${VERSION} downloaded, unpacking…`])
})

test('a download with the wrong checksum is a failure and leaves nothing', async () => {
  const mirror = await serve((_, response) => response.end(ZIP))
  const { root, tempDir, result } = setUp(mirror, '0'.repeat(64))
  expect(await result).toMatchObject({
    kind: 'failed',
    sentence: expect.stringMatching(/does not match its checksum.*\.$/),
  })
  expect(hasOfficial(root, process.platform)).toBe(false)
  expect(readdirSync(tempDir)).toEqual([])
})

test('a host that refuses, stalls or does not have it is unreachable', async () => {
  expect(await setUp(await deadAddress()).result).toMatchObject({
    kind: 'unreachable',
    reason: expect.stringMatching(/refuses/),
  })
  const stalling = await serve((_, response) => response.writeHead(200).write('PK'))
  expect(await setUp(stalling).result).toMatchObject({
    kind: 'unreachable',
    reason: expect.stringMatching(/nothing for/),
  })
  const empty = await serve((_, response) => response.writeHead(404).end())
  expect(await setUp(empty).result).toMatchObject({
    kind: 'unreachable',
    reason: expect.stringMatching(/answered 404/),
  })
})

test('a file that is no archive is a failure in one sentence', async () => {
  const nonsense = Buffer.from('not a zip')
  const mirror = await serve((_, response) => response.end(nonsense))
  const { result } = setUp(mirror, createHash('sha256').update(nonsense).digest('hex'))
  expect(await result).toMatchObject({
    kind: 'failed',
    sentence: expect.stringMatching(/could not be unpacked; .*\.$/),
  })
})
