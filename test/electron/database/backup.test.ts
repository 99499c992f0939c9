import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { backUp, isDue, listBackups } from '../../../electron/database/backup'
import { openDatabase } from '../../../electron/database/open'
import { failFileCall, recordFileCalls } from '../../support/file-calls'
import { codeOf, failureOf } from '../../support/failure'
import { temporaryFolder } from '../../support/folder'

const start = Date.UTC(2026, 10, 21, 12, 33, 26, 123)
const hourMs = 3_600_000

let userData: string
let folder: string
let time: number
let db: DatabaseSync
const now = () => time

beforeEach(() => {
  userData = temporaryFolder()
  folder = join(userData, 'backups')
  time = start
  db = openDatabase(join(userData, 'engine.db'), ['create table notes (text text) strict'])
  db.exec("insert into notes values ('paid')")
  onTestFinished(() => {
    if (db.isOpen) db.close()
  })
})

function notesIn(path: string) {
  const copy = new DatabaseSync(path, { readOnly: true })
  const notes = copy.prepare('select text from notes').all()
  copy.close()
  return notes.map(({ text }) => text)
}

test('a copy of a database in use holds what was committed, stands alone and is named by its time', async () => {
  const path = await backUp(db, folder, now)
  expect(readdirSync(folder)).toEqual(['engine-2026-11-21T12-33-26.123Z.db'])
  expect(notesIn(path)).toEqual(['paid'])
  expect(readdirSync(folder)).toHaveLength(1)
  expect(await listBackups(folder, now)).toEqual([{ path, at: start }])
})

test('a row written while the copy is made does no harm', async () => {
  db.exec(
    'with recursive c(i) as (select 1 union all select i + 1 from c where i < 2000) insert into notes select hex(randomblob(1000)) from c',
  )
  const made = backUp(db, folder, now)
  db.exec("insert into notes values ('meanwhile')")
  const notes = notesIn(await made)
  expect(notes.length).toBeGreaterThanOrEqual(2001)
  expect(notes[0]).toBe('paid')
})

test('the copy is on the disk before it gets its name, and the name before it counts', async () => {
  const { calls, stop } = recordFileCalls(folder)
  await backUp(db, folder, now)
  stop()
  const name = 'engine-2026-11-21T12-33-26.123Z.db'
  expect(calls.filter((call) => !call.startsWith('close'))).toEqual([
    'mkdir .',
    `open ${name}.tmp r+`,
    `sync ${name}.tmp`,
    `rename ${name}.tmp ${name}`,
    'open . r',
    'sync .',
  ])
})

test('the newest five are kept', async () => {
  for (let day = 0; day < 7; day++) {
    time = start + day * 24 * hourMs
    await backUp(db, folder, now)
  }
  const days = readdirSync(folder).map((name) => name.slice(15, 17))
  expect(days).toEqual(['23', '24', '25', '26', '27'])
})

test('a copy of a year to come, of a clock that was wrong, is neither the newest nor one of five', async () => {
  time = start + 365 * 24 * hourMs
  await backUp(db, folder, now)
  time = start
  expect(await isDue(folder, now)).toBe(true)
  const path = await backUp(db, folder, now)
  expect((await listBackups(folder, now)).map(({ at }) => at)).toEqual([start, start + 365 * 24 * hourMs])
  for (let hour = 1; hour <= 4; hour++) {
    time = start + hour * hourMs
    await backUp(db, folder, now)
  }
  const kept = await listBackups(folder, now)
  expect(kept).toHaveLength(5)
  expect(kept.at(-1)?.path).toBe(path)
})

test('it is due without any, and a day after the newest', async () => {
  expect(await isDue(folder, now)).toBe(true)
  await backUp(db, folder, now)
  expect(await isDue(folder, now)).toBe(false)
  time += 24 * hourMs - 1
  expect(await isDue(folder, now)).toBe(false)
  time += 1
  expect(await isDue(folder, now)).toBe(true)
})

test('what an interrupted backup left does not count and is swept; files of others stay', async () => {
  mkdirSync(folder)
  const left = ['engine-2026-11-21T11-00-00.000Z.db.tmp', 'engine-2026-11-21T11-00-00.000Z.db.tmp-journal']
  for (const name of [...left, 'my copy.db']) writeFileSync(join(folder, name), 'half')
  expect(await isDue(folder, now)).toBe(true)
  expect(await listBackups(folder, now)).toEqual([])
  await backUp(db, folder, now)
  expect(readdirSync(folder)).toEqual(['engine-2026-11-21T12-33-26.123Z.db', 'my copy.db'])
})

test('the copy of a damaged database does not count, and pushes no good one out', async () => {
  for (let hour = 0; hour < 5; hour++) {
    time = start + hour * hourMs
    await backUp(db, folder, now)
  }
  const before = readdirSync(folder)
  db.exec(
    'with recursive c(i) as (select 1 union all select i + 1 from c where i < 300) insert into notes select hex(randomblob(500)) from c',
  )
  db.close()
  const path = join(userData, 'engine.db')
  writeFileSync(path, readFileSync(path).fill(0x55, 3 * 4096, 12 * 4096))
  db = new DatabaseSync(path)
  time += hourMs
  const failure = await failureOf(() => backUp(db, folder, now))
  expect(failure.message).toContain('The job list itself is not affected.')
  expect(readdirSync(folder)).toEqual(before)
})

test.each([
  ['ENOSPC', 'disk-full'],
  ['EACCES', 'unreadable'],
])('when it cannot get its name (%s) that is told and nothing is left behind', async (code, expected) => {
  failFileCall('rename', code)
  expect(await codeOf(() => backUp(db, folder, now))).toBe(expected)
  expect(readdirSync(folder)).toEqual([])
})

test('a file where the folder should be is told', async () => {
  writeFileSync(folder, 'in the way')
  expect(await isDue(folder, now)).toBe(true)
  const failure = await failureOf(() => backUp(db, folder, now))
  expect(failure.code).toBe('unreadable')
  expect(failure.message).toContain(folder)
  expect(readFileSync(folder, 'utf8')).toBe('in the way')
})

test('quitting while it is made leaves no half copy that counts', async () => {
  db.exec(
    'with recursive c(i) as (select 1 union all select i + 1 from c where i < 5000) insert into notes select hex(randomblob(1000)) from c',
  )
  const made = backUp(db, folder, now).then(
    () => 'made',
    () => 'failed',
  )
  while (!existsSync(join(folder, 'engine-2026-11-21T12-33-26.123Z.db.tmp'))) await new Promise(setImmediate)
  db.close()
  await made
  for (const { path } of await listBackups(folder, now)) expect(notesIn(path)).toHaveLength(5001)
})
