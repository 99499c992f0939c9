import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '../../../electron/database/open'
import { openOrSetAside } from '../../../electron/database/open-or-set-aside'
import { codeOf } from '../../support/failure'
import { temporaryFolder } from '../../support/folder'

const migrations = ['create table notes (text text) strict']

test('a whole database is opened as it is', async () => {
  const path = join(temporaryFolder(), 'a.db')
  const first = openDatabase(path, migrations)
  first.exec("insert into notes values ('kept')")
  first.close()
  const { db, aside } = await openOrSetAside(path, migrations)
  expect(aside).toBeUndefined()
  expect(db.prepare('select text from notes').all()).toMatchObject([{ text: 'kept' }])
  db.close()
})

test('a damaged one is kept under another name, and a new one takes its place', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'a.db')
  const garbage = 'letter '.repeat(300)
  writeFileSync(path, garbage)
  writeFileSync(`${path}-wal`, 'old')
  const { db, aside } = await openOrSetAside(path, migrations)
  expect(db.prepare('select * from notes').all()).toEqual([])
  db.close()
  expect(readFileSync(aside ?? '', 'utf8')).toBe(garbage)
  expect(readdirSync(folder).filter((name) => name.includes('corrupt'))).toHaveLength(1)
})

test('a newer one is neither opened nor moved', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'a.db')
  openDatabase(path, [...migrations, 'create table more (text text) strict']).close()
  expect(await codeOf(() => openOrSetAside(path, migrations))).toBe('newer-version')
  expect(readdirSync(folder).filter((name) => name.includes('corrupt'))).toEqual([])
})
