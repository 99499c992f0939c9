import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hashFile } from '../../../electron/files/hash'
import { temporaryFolder } from '../../support/folder'

test.each([
  ['an empty file', 0],
  ['one byte', 1],
  ['several read pieces', 300_001],
])('%s', async (_name, length) => {
  const bytes = Buffer.alloc(length, 'inbetween')
  const path = join(temporaryFolder(), 'file')
  writeFileSync(path, bytes)
  expect(await hashFile(path)).toEqual({
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: length,
  })
})

test('a known value', async () => {
  const path = join(temporaryFolder(), 'file')
  writeFileSync(path, 'abc')
  expect((await hashFile(path)).sha256).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
})

test('a missing file is the system’s error', async () => {
  await expect(hashFile(join(temporaryFolder(), 'file'))).rejects.toMatchObject({ code: 'ENOENT' })
})
