import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { completeLock, missingOptionals } from '../../scripts/setup/lock.mjs'

const lock = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/linter': {
      version: '1.0.0',
      dev: true,
      optionalDependencies: {
        '@linter/linux-x64-musl': '1.0.0',
        '@linter/darwin-arm64': '1.0.0',
        nested: '2.0.0',
      },
    },
    'node_modules/linter/node_modules/nested': {
      version: '2.0.0',
      optionalDependencies: { '@linter/win32-x64': '3.0.0' },
    },
    'node_modules/@linter/win32-x64': { version: '3.0.0' },
  },
}

test('packages of other systems that npm left out are added, in its order, with the system they are for', () => {
  const { lock: completed, added } = completeLock(lock)
  expect(added).toEqual(['@linter/linux-x64-musl', '@linter/darwin-arm64'])
  expect(Object.keys(completed.packages)).toEqual([
    '',
    'node_modules/@linter/darwin-arm64',
    'node_modules/@linter/linux-x64-musl',
    'node_modules/@linter/win32-x64',
    'node_modules/linter',
    'node_modules/linter/node_modules/nested',
  ])
  expect(completed.packages['node_modules/@linter/linux-x64-musl']).toEqual({
    version: '1.0.0',
    dev: true,
    optional: true,
    os: ['linux'],
    cpu: ['x64'],
    libc: ['musl'],
  })
  expect(missingOptionals(completed)).toEqual([])
})

test('our lockfile is complete, or `npm ci` would refuse it (run `node scripts/complete-lock.mjs`)', () => {
  const ours = JSON.parse(readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8'))
  expect(missingOptionals(ours).map(({ name }) => name)).toEqual([])
})
