import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { openLibrary, sweepPartial } from '../../../electron/library/open'
import { libraryPaths } from '../../../electron/library/paths'
import { codeOf, failureOf } from '../../support/failure'
import { temporaryFolder } from '../../support/folder'
import { testLibrary } from '../../support/library'

test('a new library has an id, its folder’s name and an empty index', async () => {
  const { library, paths, clips } = await testLibrary()
  expect(library.id).toMatch(/^[0-9a-f]{20}$/)
  expect(library.name).toBe('Library')
  expect(library.mayLackRows).toBe(true)
  expect(JSON.parse(readFileSync(paths.identity, 'utf8'))).toEqual({ id: library.id, version: 1 })
  expect(clips.page({ search: '', sort: 'newest', offset: 0, limit: 1 })).toEqual({ total: 0, clips: [] })
})

test('closed in order, it opens again as the same, with nothing to look for', async () => {
  const first = await testLibrary()
  first.close()
  const second = await testLibrary(first.folder)
  expect(second.library.id).toBe(first.library.id)
  expect(second.library.mayLackRows).toBe(false)
})

test('an index made anew belongs to the same library and knows that it lacks rows', async () => {
  const first = await testLibrary()
  first.close()
  unlinkSync(first.paths.database)
  const second = await testLibrary(first.folder)
  expect(second.library.id).toBe(first.library.id)
  expect(second.library.mayLackRows).toBe(true)
})

test('a newer library is refused and left as it is, and is not held', async () => {
  const first = await testLibrary()
  first.close()
  const newer = new DatabaseSync(first.paths.database)
  newer.exec('create table future (v integer); pragma user_version = 1000;')
  newer.close()
  const before = readFileSync(first.paths.database)
  const failure = await failureOf(() => openLibrary(first.folder))
  expect(failure.code).toBe('newer-version')
  expect(failure.message).toMatch(/newer version/)
  expect(readFileSync(first.paths.database).equals(before)).toBe(true)
  expect(await codeOf(() => openLibrary(first.folder))).toBe('newer-version')
})

const broken: readonly (readonly [string, string, string])[] = [
  ['a lock that is no database', 'lock.db', 'letter '.repeat(300)],
  ['an identity that is no JSON', 'library.json', '{"id":'],
  ['an identity without id', 'library.json', '{"version":1}'],
  ['an identity of a later kind', 'library.json', '{"id":"x","version":2}'],
]

test.each(broken)('%s: told, kept as it is, and not held', async (_what, name, content) => {
  const first = await testLibrary()
  first.close()
  const path = join(first.paths.inner, name)
  const original = readFileSync(path)
  writeFileSync(path, content)
  expect(await codeOf(() => openLibrary(first.folder))).toBe('library-unavailable')
  expect(readFileSync(path, 'utf8')).toBe(content)
  writeFileSync(path, original)
  expect((await testLibrary(first.folder)).library.id).toBe(first.library.id)
})

test('a damaged index is put aside, told, and made anew', async () => {
  const first = await testLibrary()
  first.close()
  const garbage = 'letter '.repeat(300)
  writeFileSync(first.paths.database, garbage)
  const second = await testLibrary(first.folder)
  expect(second.library).toMatchObject({ id: first.library.id, mayLackRows: true })
  expect(second.library.notice).toMatch(/no clip is lost/)
  const aside = readdirSync(first.paths.inner).filter((name) => name.startsWith('library.db.corrupt-'))
  expect(aside.map((name) => readFileSync(join(first.paths.inner, name), 'utf8'))).toEqual([garbage])
})

test('closed while files may lack rows, the next opening knows', async () => {
  const folder = join(temporaryFolder(), 'Library')
  for (const isIndexed of [true, false, true]) {
    const library = await openLibrary(folder)
    library.close(isIndexed)
    const again = await openLibrary(folder)
    expect(again.mayLackRows).toBe(!isIndexed)
    again.close(true)
  }
})

test.each(['clips', 'stills'])('a library whose %s is a link is not opened', async (name) => {
  const folder = join(temporaryFolder(), 'Library')
  ;(await openLibrary(folder)).close(true)
  symlinkSync(temporaryFolder(), join(folder, name))
  expect(await codeOf(() => openLibrary(folder))).toBe('library-unavailable')
})

test('a file where the folder should be is told with the folder’s name', async () => {
  const file = join(temporaryFolder(), 'Library')
  writeFileSync(file, 'a file')
  for (const folder of [file, join(file, 'below')]) {
    const failure = await failureOf(() => openLibrary(folder))
    expect(failure).toMatchObject({
      code: 'library-unavailable',
      message: expect.stringContaining(folder) as string,
    })
  }
  expect(readFileSync(file, 'utf8')).toBe('a file')
})

test('a library reached by a link is that library', async () => {
  const first = await testLibrary()
  const link = join(temporaryFolder(), 'by link')
  symlinkSync(first.folder, link)
  expect(await codeOf(() => openLibrary(link))).toBe('library-locked')
  first.close()
  expect((await testLibrary(link)).library.id).toBe(first.library.id)
})

// A library may come from somebody else: unzipped, synced, copied. Links in it must not lead our writing and deleting.
test.each([
  '.inbetween',
  '.inbetween/partial',
  '.inbetween/posters',
  '.inbetween/library.db',
  '.inbetween/lock.db',
])('a library in which %s is a link to something else is refused, and that is not touched', async (name) => {
  const top = temporaryFolder()
  const folder = join(top, 'Library')
  const precious = join(top, 'Documents')
  mkdirSync(precious)
  writeFileSync(join(precious, 'novel.txt'), 'ten years of work')
  const target = name.endsWith('.db') ? join(precious, 'novel.txt') : precious
  mkdirSync(join(folder, name, '..'), { recursive: true })
  symlinkSync(target, join(folder, name))
  expect(await codeOf(() => openLibrary(folder))).toBe('library-unavailable')
  expect(readFileSync(join(precious, 'novel.txt'), 'utf8')).toBe('ten years of work')
})

test('sweeping removes what no job owns, whatever it is, and only in partial/', async () => {
  const { paths } = await testLibrary()
  writeFileSync(join(paths.partial, 'mine.part'), 'keep')
  writeFileSync(join(paths.partial, 'left.part'), 'remove')
  mkdirSync(join(paths.partial, 'folder', 'deep'), { recursive: true })
  const outside = join(temporaryFolder(), 'outside')
  mkdirSync(outside)
  writeFileSync(join(outside, 'file'), 'x')
  symlinkSync(outside, join(paths.partial, 'link'))
  await sweepPartial(paths, new Set(['mine.part', 'other.part']))
  expect(readdirSync(paths.partial)).toEqual(['mine.part'])
  expect(existsSync(join(outside, 'file'))).toBe(true)
  expect(existsSync(paths.database)).toBe(true)
})

test('closing lets another open it at once', async () => {
  const { close, folder } = await testLibrary()
  close()
  const again = await openLibrary(folder)
  again.close(true)
  expect(readdirSync(libraryPaths(folder).inner).toSorted()).toEqual([
    'library.db',
    'library.json',
    'lock.db',
    'partial',
  ])
})
