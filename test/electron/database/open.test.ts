import * as fc from 'fast-check'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase, transaction } from '../../../electron/database/open'
import { engineMigrations } from '../../../electron/jobs/store/schema'
import { libraryMigrations } from '../../../electron/library/schema'
import { codeOf } from '../../support/failure'
import { temporaryFolder } from '../../support/folder'
import { seed } from '../../support/seed'

/** Migrations that each add a table with one row, as a program that grew would have. */
const grown = [1, 2, 3, 4, 5].map(
  (n) => `create table t${n} (v integer) strict; insert into t${n} values (${n});`,
)

const pathIn = (folder: string) => join(folder, 'a.db')

function opened(path: string, migrations: readonly string[]): DatabaseSync {
  const db = openDatabase(path, migrations)
  onTestFinished(() => {
    if (db.isOpen) db.close()
  })
  return db
}

const pragma = (db: DatabaseSync, name: string) => Object.values(db.prepare(`pragma ${name}`).get() ?? {})[0]
const tables = (db: DatabaseSync) =>
  db
    .prepare("select name from sqlite_schema where type = 'table' and name like 't_' order by name")
    .all()
    .map(({ name }) => name)

test('every connection is durable, checks foreign keys and waits for others', () => {
  const db = opened(pathIn(temporaryFolder()), grown)
  expect(pragma(db, 'journal_mode')).toBe('wal')
  expect(pragma(db, 'synchronous')).toBe(2)
  expect(pragma(db, 'foreign_keys')).toBe(1)
  expect(pragma(db, 'busy_timeout')).toBe(5000)
})

test('from any version to any later one, each step runs once and rows stay', () => {
  const step = fc.integer({ min: 0, max: grown.length })
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (versions) => {
      const path = pathIn(temporaryFolder())
      for (const version of versions.toSorted((a, b) => a - b)) {
        const db = openDatabase(path, grown.slice(0, version))
        const expected = Array.from({ length: version }, (_, index) => `t${index + 1}`)
        expect(pragma(db, 'user_version')).toBe(version)
        expect(tables(db)).toEqual(expected)
        for (const table of expected)
          expect(db.prepare(`select count(*) n from ${table}`).get()?.['n']).toBe(1)
        db.close()
      }
    }),
    { seed, numRuns: 25 },
  )
})

test('a step that fails half way leaves the version before it, whole, and can be mended', () => {
  const path = pathIn(temporaryFolder())
  const broken = [
    ...grown.slice(0, 2),
    'create table t3 (v integer); insert into missing values (1);',
    ...grown.slice(3),
  ]
  expect(() => openDatabase(path, broken)).toThrow(/missing/)
  const left = opened(path, grown.slice(0, 2))
  expect(tables(left)).toEqual(['t1', 't2'])
  left.close()
  expect(tables(opened(path, grown))).toEqual(['t1', 't2', 't3', 't4', 't5'])
})

test('a migration may end in a comment', () => {
  const db = opened(pathIn(temporaryFolder()), ['create table t1 (v integer); -- why'])
  expect(pragma(db, 'user_version')).toBe(1)
})

test.each(['wal', 'delete'])(
  'a newer file in %s mode is refused and left byte for byte as it is',
  async (mode) => {
    const folder = temporaryFolder()
    const path = pathIn(folder)
    const newer = new DatabaseSync(path)
    newer.exec(`pragma journal_mode = ${mode}; create table future (v integer); pragma user_version = 6;`)
    newer.close()
    const before = readFileSync(path)
    expect(await codeOf(() => openDatabase(path, grown))).toBe('newer-version')
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(readdirSync(folder)).toEqual(['a.db'])
  },
)

test('a file that is no database is refused and left as it is', () => {
  const path = pathIn(temporaryFolder())
  const text = 'this is a letter, not a database. '.repeat(100)
  writeFileSync(path, text)
  expect(() => openDatabase(path, grown)).toThrow(/not a database/)
  expect(readFileSync(path, 'utf8')).toBe(text)
})

test.each([
  ['engine', engineMigrations],
  ['library', libraryMigrations],
])('the %s schema is made whole and opens again', (_name, migrations) => {
  const path = pathIn(temporaryFolder())
  opened(path, migrations).close()
  const db = opened(path, migrations)
  expect(pragma(db, 'user_version')).toBe(migrations.length)
  expect(pragma(db, 'integrity_check')).toBe('ok')
})

test('a transaction is written whole or not at all, and gives what its work gives', () => {
  const db = opened(pathIn(temporaryFolder()), ['create table t1 (v integer primary key) strict;'])
  expect(transaction(db, () => db.prepare('insert into t1 values (1)').run().changes)).toBe(1)
  const work = () => {
    db.exec('insert into t1 values (2)')
    throw new Error('half way')
  }
  expect(() => transaction(db, work)).toThrow('half way')
  expect(db.prepare('select v from t1').all()).toEqual([{ v: 1 }])
  expect(db.isTransaction).toBe(false)
})

test('when SQLite has rolled back by itself, its own reason is told', () => {
  const db = opened(pathIn(temporaryFolder()), ['create table t1 (v integer primary key) strict;'])
  db.exec('insert into t1 values (1)')
  // `or rollback` does what a full disk does: the transaction is gone before our own rollback.
  expect(() => transaction(db, () => db.exec('insert or rollback into t1 values (1)'))).toThrow(/UNIQUE/)
})
