import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fsyncFolder, fsyncPath, writeDurable } from '../../../electron/files/durable'
import { temporaryFolder } from '../../support/folder'
import { recordFileCalls } from '../../support/file-calls'

test('the content is on the disk before the name is, and the name before it returns', async () => {
  const folder = temporaryFolder()
  const { calls, stop } = recordFileCalls(folder)
  await writeDurable(join(folder, 'a.json'), 'new')
  stop()
  expect(calls).toEqual([
    'open a.json.*.tmp wx',
    'writeFile a.json.*.tmp',
    'sync a.json.*.tmp',
    'close a.json.*.tmp',
    'rename a.json.*.tmp a.json',
    'open . r',
    'sync .',
    'close .',
  ])
  expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe('new')
})

test('the temporary file may lie where it is swept', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'scratch'))
  const { calls, stop } = recordFileCalls(folder)
  await writeDurable(join(folder, 'a.json'), 'new', join(folder, 'scratch'))
  stop()
  expect(calls).toContain('rename scratch/a.json.*.tmp a.json')
  expect(calls.slice(-2)).toEqual(['sync .', 'close .'])
  expect(readdirSync(join(folder, 'scratch'))).toEqual([])
})

test('it replaces a file whole and leaves no temporary one', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'a.json'), 'old and longer')
  await writeDurable(join(folder, 'a.json'), new Uint8Array([110, 101, 119]))
  expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe('new')
  expect(readdirSync(folder)).toEqual(['a.json'])
})

test('when it cannot put the file there, the old one stays and nothing is left behind', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'a.json', 'in the way'), { recursive: true })
  await expect(writeDurable(join(folder, 'a.json'), 'new')).rejects.toThrow(/rename/)
  expect(readdirSync(folder)).toEqual(['a.json'])
  await expect(writeDurable(join(folder, 'missing', 'a.json'), 'new')).rejects.toMatchObject({
    code: 'ENOENT',
  })
})

test('many writers of one file leave one whole file', async () => {
  const folder = temporaryFolder()
  const contents = Array.from({ length: 20 }, (_, index) => String(index).repeat(1000))
  await Promise.all(contents.map((content) => writeDurable(join(folder, 'a'), content)))
  expect(readdirSync(folder)).toEqual(['a'])
  expect(contents).toContain(readFileSync(join(folder, 'a'), 'utf8'))
})

test('a missing file or folder is told', async () => {
  const missing = join(temporaryFolder(), 'missing')
  await expect(fsyncPath(missing)).rejects.toMatchObject({ code: 'ENOENT' })
  await expect(fsyncFolder(missing)).rejects.toMatchObject({ code: 'ENOENT' })
})
