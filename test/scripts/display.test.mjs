import { expect, test } from 'vitest'
import { inVirtualDisplay, needsVirtualDisplay, sandboxHint } from '../../scripts/setup/display.mjs'

test.each([
  ['linux', {}, true],
  ['linux', { DISPLAY: '' }, true],
  ['linux', { DISPLAY: ':0' }, false],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, false],
  ['darwin', {}, false],
  ['win32', {}, false],
])('on %s with %o a virtual display is needed: %s', (platform, env, expected) => {
  expect(needsVirtualDisplay({ platform: /** @type {NodeJS.Platform} */ (platform), env })).toBe(expected)
})

test('the command runs inside xvfb-run, with room for the largest window', () => {
  expect(inVirtualDisplay(['node', 'task.mjs', '--flag'])).toEqual([
    'xvfb-run',
    '-a',
    '-s',
    '-screen 0 1600x1000x24',
    'node',
    'task.mjs',
    '--flag',
  ])
})

test('a kernel that restricts the sandbox is named with the way out, to those it concerns', () => {
  const ubuntu = (/** @type {string} */ name) =>
    name === 'kernel.apparmor_restrict_unprivileged_userns' ? '1' : null
  const linux = { platform: /** @type {const} */ ('linux'), isRoot: false }
  expect(sandboxHint({ ...linux, readSetting: ubuntu })).toMatch(
    /sudo sysctl -w kernel\.apparmor_restrict_unprivileged_userns=0/,
  )
  expect(sandboxHint({ ...linux, readSetting: () => null })).toBeNull()
  expect(sandboxHint({ ...linux, isRoot: true, readSetting: ubuntu })).toBeNull()
})
