import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, expect, test } from 'vitest'
import { backUp } from '../../../electron/database/backup'
import { openEngine } from '../../../electron/database/ladder'
import { codeOf, failureOf } from '../../support/failure'
import { temporaryFolder } from '../../support/folder'
import {
  asideName,
  damage,
  damages,
  engineScene,
  firstStep,
  migrations,
  notesOf,
  now,
  start,
} from './engine-scene'

type Scene = ReturnType<typeof engineScene>
let userData: string
let path: string
let backups: string
let open: Scene['open']
let writeEngine: Scene['writeEngine']
let makeBackup: Scene['makeBackup']
let names: Scene['names']

beforeEach(() => {
  ;({ userData, path, backups, open, writeEngine, makeBackup, names } = engineScene())
})

test('the first start makes a new one and says nothing', async () => {
  const { db, ...rest } = await open()
  expect(rest).toMatchObject({ notice: undefined, restored: 'no', aside: undefined })
  expect(notesOf(db)).toEqual([])
  expect(names()).toEqual(['engine.db'])
})

test('a first start that was cut short is still the first', async () => {
  writeFileSync(path, '')
  expect(await open()).toMatchObject({ notice: undefined, restored: 'no', aside: undefined })
})

test('a good one is opened as it is, also after a crash', async () => {
  writeEngine('kept')
  const db = new DatabaseSync(path)
  db.exec("pragma wal_autocheckpoint = 0; insert into notes values ('in the WAL')")
  // What lies there after a crash.
  const crashed = temporaryFolder()
  for (const beside of ['', '-wal']) copyFileSync(path + beside, join(crashed, `engine.db${beside}`))
  db.close()
  const engine = await openEngine(crashed, migrations, now)
  expect(engine).toMatchObject({ notice: undefined, restored: 'no', aside: undefined })
  expect(notesOf(engine.db)).toEqual(['kept', 'in the WAL'])
  engine.db.close()
})

test('a change that was half done before the WAL began is rolled back', async () => {
  writeEngine('kept')
  const db = new DatabaseSync(path)
  db.exec('pragma journal_mode = delete; pragma cache_size = 1; begin; delete from notes; delete from filler')
  const crashed = temporaryFolder()
  for (const beside of ['', '-journal']) copyFileSync(path + beside, join(crashed, `engine.db${beside}`))
  db.exec('rollback')
  db.close()
  const engine = await openEngine(crashed, migrations, now)
  expect(engine.restored).toBe('no')
  expect(notesOf(engine.db)).toEqual(['kept'])
  engine.db.close()
})

test('an older one is copied before it is brought up to date', async () => {
  writeEngine('old', [firstStep])
  const { db, notice } = await open()
  expect(notice).toBeUndefined()
  expect(db.prepare('pragma user_version').get()).toMatchObject({ user_version: 2 })
  expect(readdirSync(backups)).toEqual(['engine-2026-11-22T12-00-00.000Z-version-1.db'])
  const copy = new DatabaseSync(join(backups, 'engine-2026-11-22T12-00-00.000Z-version-1.db'), {
    readOnly: true,
  })
  expect(copy.prepare('pragma user_version').get()).toMatchObject({ user_version: 1 })
  expect(notesOf(copy)).toEqual(['old'])
  copy.close()
})

test('one that is up to date is not copied', async () => {
  writeEngine('new')
  await open()
  expect(readdirSync(backups)).toEqual([])
})

test.each(Object.entries(damages))('%s: the newest good backup takes its place', async (_name, harm) => {
  await makeBackup('older', 1)
  await makeBackup('newer', 2)
  writeEngine('lost')
  harm(path)
  const damaged = readFileSync(path)
  const { db, notice, restored, aside } = await open()
  expect(restored).toBe('backup')
  expect(notesOf(db)).toEqual(['newer'])
  expect(aside).toBe(join(userData, asideName))
  expect(readFileSync(aside ?? '').equals(damaged)).toBe(true)
  expect(notice).toMatch(/was damaged and was restored from the backup of 2[12] November 2026/)
  expect(notice).toContain('Nothing is sent again')
  expect(notice).toContain(asideName)
  expect(names()).toEqual(['engine.db', asideName])
  expect(readdirSync(backups)).toHaveLength(2)
})

test('a damaged newest backup is passed over for a good older one', async () => {
  await makeBackup('good', 1)
  damage(await makeBackup('bad', 2))
  writeFileSync(join(backups, 'engine-2026-11-21T16-00-00.000Z.db.tmp'), 'half a backup')
  writeEngine('lost')
  damage(path)
  const { db, restored } = await open()
  expect(restored).toBe('backup')
  expect(notesOf(db)).toEqual(['good'])
})

test('a backup of a newer Inbetween is passed over', async () => {
  await makeBackup('good', 1)
  const newer = new DatabaseSync(await makeBackup('newer', 2))
  newer.exec('pragma user_version = 3')
  newer.close()
  damage(path)
  expect(notesOf((await open()).db)).toEqual(['good'])
})

test('an older backup is brought up to date', async () => {
  writeEngine('old', [firstStep])
  const db = new DatabaseSync(path)
  await backUp(db, backups, () => start)
  db.close()
  damage(path)
  const { db: restored } = await open()
  expect(notesOf(restored)).toEqual(['old'])
  expect(restored.prepare('pragma user_version').get()).toMatchObject({ user_version: 2 })
})

test.each(['with damaged backups', 'without backups'])('damaged %s: a new one is begun', async (which) => {
  if (which === 'with damaged backups') {
    damage(await makeBackup('bad', 1))
    damage(await makeBackup('bad', 2))
  }
  writeEngine('lost')
  damage(path)
  const damaged = readFileSync(path)
  const { db, notice, restored, aside } = await open()
  expect(restored).toBe('fresh')
  expect(notesOf(db)).toEqual([])
  expect(readFileSync(aside ?? '').equals(damaged)).toBe(true)
  expect(notice).toContain('no good backup was found')
  expect(notice).toContain('Set your spending limits again')
  expect(names()).toEqual(['engine.db', asideName])
})

test('a damaged one is kept with its WAL, which reaches no other database', async () => {
  await makeBackup('backup', 1)
  writeEngine('lost')
  const live = new DatabaseSync(path)
  live.exec("pragma wal_autocheckpoint = 0; insert into notes values ('only in the WAL')")
  const crashed = temporaryFolder()
  mkdirSync(join(crashed, 'backups'))
  for (const beside of ['', '-wal']) copyFileSync(path + beside, join(crashed, `engine.db${beside}`))
  for (const name of readdirSync(backups)) copyFileSync(join(backups, name), join(crashed, 'backups', name))
  live.close()
  damage(join(crashed, 'engine.db'))
  const wal = readFileSync(join(crashed, 'engine.db-wal'))
  const { db, aside } = await openEngine(crashed, migrations, now)
  expect(notesOf(db)).toEqual(['backup'])
  expect(db.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' })
  expect(readFileSync(`${aside}-wal`).equals(wal)).toBe(true)
  db.close()
})

test.each(['wal', 'delete'])('a newer one in %s mode is refused and left byte for byte', async (mode) => {
  await makeBackup('older', 1)
  const newer = new DatabaseSync(path)
  newer.exec(`pragma journal_mode = ${mode}; pragma user_version = 3`)
  newer.close()
  const before = readFileSync(path)
  const listed = readdirSync(userData)
  const failure = await failureOf(() => open())
  expect(failure.code).toBe('newer-version')
  expect(failure.message).toContain('Update Inbetween')
  expect(readFileSync(path).equals(before)).toBe(true)
  expect(readdirSync(userData)).toEqual(listed)
})

test('a newer one that crashed is left with its WAL', async () => {
  writeEngine('a')
  const newer = new DatabaseSync(path)
  newer.exec('pragma user_version = 3')
  const crashed = temporaryFolder()
  for (const beside of ['', '-wal']) copyFileSync(path + beside, join(crashed, `engine.db${beside}`))
  newer.close()
  const [file, wal] = ['', '-wal'].map((beside) => readFileSync(join(crashed, `engine.db${beside}`)))
  expect(await codeOf(() => openEngine(crashed, migrations, now))).toBe('newer-version')
  expect(readFileSync(join(crashed, 'engine.db'))).toEqual(file)
  expect(readFileSync(join(crashed, 'engine.db-wal'))).toEqual(wal)
})
