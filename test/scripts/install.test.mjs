import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { install, isInstalled, markInstalled } from '../../scripts/setup/install.mjs'
import { npmProgram } from '../../scripts/setup/npm.mjs'
import { recordingSay, temporaryFolder, writeFiles } from './folders.mjs'

const npm = { command: 'npm', args: [], shell: false }

function project() {
  const root = temporaryFolder()
  writeFiles(root, { 'package-lock.json': '{}', 'node_modules/a/package.json': '{}' })
  return root
}

/**
 * @param {{ code: number, output: string }} outcome of `npm ci`
 * @param {{ code: number, output: string }} ping
 */
function running(outcome, ping = { code: 0, output: 'PONG' }) {
  const root = project()
  const say = recordingSay()
  /** @type {string[]} */
  const commands = []
  const run = vi.fn(async (/** @type {string} */ program, /** @type {readonly string[]} */ args) => {
    commands.push([program, ...args].join(' '))
    return args.includes('ping') ? ping : outcome
  })
  return { root, say, run, commands, done: install({ root, say, run, npm }) }
}

test('packages are installed once per lockfile', async () => {
  const { root, say, run, commands, done } = running({
    code: 0,
    output: 'npm warn EBADENGINE x\nadded 509 packages in 21s',
  })
  await done
  expect(commands.at(-1)).toMatch(/^npm ci .*--ignore-scripts/)
  expect(commands.at(-1)).not.toMatch(/--offline/)
  expect(say.lines.join('\n')).toMatch(/509 packages installed/)
  expect(say.lines.join('\n')).not.toMatch(/EBADENGINE/)

  const before = commands.length
  await install({ root, say, run, npm })
  expect(commands).toHaveLength(before)
})

test('without a registry the cache of npm is tried, and then it is one sentence', async () => {
  const cut = { code: 1, output: 'npm error code EAI_AGAIN' }
  const cached = running({ code: 0, output: 'added 509 packages' }, cut)
  await cached.done
  expect(cached.commands.at(-1)).toMatch(/--offline/)
  const empty = running({ code: 1, output: 'npm error code ENOTCACHED' }, cut)
  await expect(empty.done).rejects.toThrow(/registry cannot be reached; check the network/)
})

test('a mirror that does not know ping is there', async () => {
  const { commands, done } = running({ code: 0, output: '' }, { code: 1, output: 'npm error code E404' })
  await done
  expect(commands.at(-1)).not.toMatch(/--offline/)
})

test('a changed lockfile or an emptied node_modules means installing again', () => {
  const root = project()
  expect(isInstalled(root)).toBe(false)
  markInstalled(root)
  expect(isInstalled(root)).toBe(true)
  writeFiles(root, { 'package-lock.json': '{"changed":true}' })
  expect(isInstalled(root)).toBe(false)
  markInstalled(root)
  rmSync(join(root, 'node_modules'), { recursive: true })
  expect(isInstalled(root)).toBe(false)
})

test.each([
  [
    'no network',
    { code: 1, output: 'npm error code ENOTFOUND' },
    /registry cannot be reached; check the network/,
  ],
  [
    'an untrusted certificate',
    { code: 1, output: 'npm error code SELF_SIGNED_CERT_IN_CHAIN' },
    /NODE_EXTRA_CA_CERTS/,
  ],
  ['a full disk', { code: 1, output: 'npm error code ENOSPC' }, /disk is full; free/],
  ['a foreign folder', { code: 1, output: 'npm error code EACCES' }, /chown/],
  [
    'an old lockfile',
    { code: 1, output: 'npm error code EUSAGE\n ... are in sync' },
    /do not agree; run `npm install`/,
  ],
  ['a changed package', { code: 1, output: 'npm error code EINTEGRITY' }, /checksum .*cache clean/],
  ['anything else', { code: 1, output: 'boom' }, /setup\.log/],
  ['no npm', { code: 127, output: 'spawn npm ENOENT' }, /npm was not found; install Node 24/],
])('%s is one sentence with the next step', async (_, outcome, sentence) => {
  const { root, done } = running(outcome)
  await expect(done).rejects.toThrow(sentence)
  await expect(done).rejects.toThrow(/^[^\n]+\.$/)
  expect(isInstalled(root)).toBe(false)
})

test('the npm that started us is used, with the Node that runs now', () => {
  const where = {
    env: { npm_execpath: '/n/npm-cli.js' },
    platform: /** @type {const} */ ('linux'),
    execPath: '/n/node',
  }
  expect(npmProgram(where)).toEqual({ command: '/n/node', args: ['/n/npm-cli.js'], shell: false })
  expect(npmProgram({ ...where, env: { npm_execpath: '/n/yarn.js' } }).command).toBe('npm')
  expect(npmProgram({ ...where, env: {}, platform: 'win32' }).shell).toBe(true)
})
