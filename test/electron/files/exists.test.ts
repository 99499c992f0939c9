import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exists, isErrno } from '../../../electron/files/exists'
import { temporaryFolder } from '../../support/folder'

test('tells what is there from what is not', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'file'), '')
  symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling'))
  expect(await exists(join(folder, 'file'))).toBe(true)
  expect(await exists(folder)).toBe(true)
  expect(await exists(join(folder, 'other'))).toBe(false)
  expect(await exists(join(folder, 'dangling'))).toBe(false)
})

test('any other failure is not taken for absence', async () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, '')
  await expect(exists(join(file, 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' })
})

test.each([
  [Object.assign(new Error('x'), { code: 'ENOENT' }), true],
  [Object.assign(new Error('x'), { code: 'EACCES' }), false],
  [new Error('ENOENT'), false],
  [{ code: 'ENOENT' }, false],
  ['ENOENT', false],
  [undefined, false],
])('isErrno(%o, ENOENT) is %s', (error, expected) => {
  expect(isErrno(error, 'ENOENT')).toBe(expected)
})
