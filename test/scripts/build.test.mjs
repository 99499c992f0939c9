import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isBuilt, sourceFingerprint } from '../../scripts/tasks/build.mjs'
import { temporaryFolder, writeFiles } from './folders.mjs'

function project() {
  const root = temporaryFolder()
  writeFiles(root, {
    'package.json': '{}',
    'electron.vite.config.ts': '',
    'electron/shell/window.ts': 'a',
    'renderer/app.tsx': 'b',
    'test/window.test.ts': 'c',
  })
  return root
}

test.each([
  ['a changed source', { 'electron/shell/window.ts': 'longer' }],
  ['a new source', { 'shared/clip.ts': '' }],
  ['a changed setting', { 'tsconfig.json': '{}' }],
  ['other packages', { 'package-lock.json': '{}' }],
])('%s makes the build stale', (_, change) => {
  const root = project()
  const before = sourceFingerprint(root)
  expect(sourceFingerprint(root)).toBe(before)
  writeFiles(root, change)
  expect(sourceFingerprint(root)).not.toBe(before)
})

test('a changed test does not', () => {
  const root = project()
  const before = sourceFingerprint(root)
  writeFiles(root, { 'test/window.test.ts': 'another', 'README.md': '' })
  expect(sourceFingerprint(root)).toBe(before)
})

test('a deleted out folder means building', () => {
  const root = project()
  expect(isBuilt(root)).toBe(false)
  writeFiles(root, { 'out/.built-from': sourceFingerprint(root) })
  expect(isBuilt(root)).toBe(true)
  rmSync(join(root, 'out'), { recursive: true })
  expect(isBuilt(root)).toBe(false)
})
