import { expect, test, vi } from 'vitest'
import { findMissing, missingLibraries } from '../../scripts/setup/needs.mjs'
import { ensureSystem, packageNames, systemPlan } from '../../scripts/setup/system.mjs'
import { recordingSay } from './folders.mjs'

const GLIBC = `	linux-vdso.so.1 (0x00007ffd)
	libffmpeg.so => /app/libffmpeg.so (0x00007f1)
	libnss3.so => not found
	libgbm.so.1 => not found
	libnss3.so => not found
	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f2)`
const MUSL = 'Error loading shared library libnss3.so: No such file or directory (needed by /app/electron)'
const complete = { ldd: () => '', hasProgram: () => true, hasLibrary: () => true, hasFont: () => true }

test('missing libraries are read from both wordings of ldd', () => {
  expect(missingLibraries(GLIBC)).toEqual(['libnss3.so', 'libgbm.so.1'])
  expect(missingLibraries(MUSL)).toEqual(['libnss3.so'])
  expect(missingLibraries('	statically linked')).toEqual([])
})

const bare = { ldd: () => GLIBC, hasProgram: () => false, hasLibrary: () => false, hasFont: () => false }
const binary = '/app/electron'

test('libraries, fonts and, where there is no display, its programs are needed', () => {
  const needs = { binary, needsKeyring: false }
  expect(findMissing({ ...needs, needsVirtualDisplay: true, probes: bare })).toEqual([
    'libnss3.so',
    'libgbm.so.1',
    'xvfb-run',
    'xauth',
    'a TrueType font',
  ])
  expect(findMissing({ ...needs, needsVirtualDisplay: false, probes: bare })).not.toContain('xvfb-run')
  expect(findMissing({ ...needs, needsVirtualDisplay: true, probes: complete })).toEqual([])
})

test('the tests need a keyring too, and its library, which ldd does not tell of', () => {
  const needs = { binary, needsVirtualDisplay: false, needsKeyring: true }
  const keyring = ['gnome-keyring-daemon', 'dbus-daemon', 'libsecret-1.so.0']
  expect(findMissing({ ...needs, probes: bare })).toEqual(expect.arrayContaining(keyring))
  expect(findMissing({ ...needs, probes: { ...complete, hasLibrary: () => false } })).toEqual([
    'libsecret-1.so.0',
  ])
  expect(findMissing({ ...needs, probes: complete })).toEqual([])
})

const lacking = { missing: ['libnss3.so'], needsKeyring: false, isKnown: () => false }

test('an ordinary user gets the one line to run', () => {
  expect(systemPlan({ ...lacking, isRoot: false, hasApt: true })).toEqual({
    kind: 'stop',
    sentence: expect.stringMatching(
      /libnss3\.so; run this line .*: sudo apt-get update && sudo apt-get install -y xvfb .*libnss3/,
    ),
  })
})

test('who lacks a keyring for the tests is told that they are what needs it', () => {
  const plan = systemPlan({
    missing: ['gnome-keyring-daemon'],
    needsKeyring: true,
    isKnown: () => false,
    isRoot: false,
    hasApt: true,
  })
  expect(plan).toEqual({
    kind: 'stop',
    sentence: expect.stringMatching(
      /^The tests, .*keyring, need what is missing .*: gnome-keyring-daemon; .* gnome-keyring dbus libsecret-1-0$/,
    ),
  })
})

test('a system without apt-get is told what is missing', () => {
  expect(systemPlan({ ...lacking, isRoot: true, hasApt: false })).toEqual({
    kind: 'stop',
    sentence: expect.stringMatching(
      /missing on this system: libnss3\.so; install the packages of your system.*\.$/,
    ),
  })
})

test('newer Debian and Ubuntu get their own names', () => {
  expect(packageNames({ needsKeyring: false, isKnown: () => false })).toContain('libasound2')
  const names = packageNames({ needsKeyring: false, isKnown: (name) => name.endsWith('t64') })
  expect(names).toContain('libasound2t64')
  expect(names).toContain('libnss3')
  expect(names).not.toContain('libasound2')
})

test('only the tests get a keyring', () => {
  const isKnown = () => false
  expect(packageNames({ needsKeyring: false, isKnown })).not.toContain('gnome-keyring')
  expect(packageNames({ needsKeyring: true, isKnown })).toEqual(
    expect.arrayContaining(['gnome-keyring', 'dbus', 'libsecret-1-0']),
  )
})

/**
 * @param {{ heals: boolean, code?: number, updateCode?: number, isRoot?: boolean, needsKeyring?: boolean }} given
 */
function ensuring({ heals, code = 0, updateCode = 0, isRoot = true, needsKeyring = false }) {
  let isInstalled = false
  const say = recordingSay()
  const run = vi.fn(async (/** @type {string} */ _, /** @type {readonly string[]} */ args) => {
    if (args.includes('update')) return { code: updateCode, output: '' }
    isInstalled = heals
    return { code, output: '' }
  })
  const probes = { ...complete, ldd: () => (isInstalled ? '' : GLIBC) }
  const ask = () => ({ code: 1, output: '' })
  const done = ensureSystem({
    binary: '/app/electron',
    needsVirtualDisplay: true,
    needsKeyring,
    isRoot,
    probes,
    ask,
    run,
    say,
    env: {},
  })
  return { say, run, done }
}

test('root gets them installed and is told', async () => {
  const { say, run, done } = ensuring({ heals: true })
  await done
  expect(run.mock.calls.map(([, args]) => args.find((word) => /^(update|install)$/.test(word)))).toEqual([
    'update',
    'install',
  ])
  expect(say.lines[0]).toMatch(/libnss3\.so, libgbm\.so\.1.*as root/)
  expect(say.lines[1]).toMatch(/^Installed: xvfb xauth /)
})

test('for the tests root gets the keyring as well, and a mirror without it is one sentence', async () => {
  const { run, done } = ensuring({ heals: true, needsKeyring: true })
  await done
  expect(run.mock.calls.at(-1)?.[1]).toContain('gnome-keyring')
  await expect(ensuring({ heals: false, code: 100, needsKeyring: true }).done).rejects.toThrow(
    /could not install what the tests need; .* gnome-keyring dbus libsecret-1-0$/,
  )
})

test('anybody else stops and nothing is installed', async () => {
  const { run, done } = ensuring({ heals: true, isRoot: false })
  await expect(done).rejects.toThrow(/sudo apt-get/)
  expect(run).not.toHaveBeenCalled()
})

test('an installation that fails or does not help is one sentence', async () => {
  await expect(ensuring({ heals: false }).done).rejects.toThrow(/still missing: libnss3\.so, libgbm\.so\.1; /)
  await expect(ensuring({ heals: false, code: 100 }).done).rejects.toThrow(/could not install.*setup\.log/)
  await expect(ensuring({ heals: false, code: 100, updateCode: 100 }).done).rejects.toThrow(
    /package mirror can be reached/,
  )
})
