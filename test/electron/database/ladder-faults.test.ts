import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, expect, test } from 'vitest'
import { openEngine } from '../../../electron/database/ladder'
import { failFileCall, recordFileCalls } from '../../support/file-calls'
import { codeOf, failureOf } from '../../support/failure'
import { temporaryFolder } from '../../support/folder'
import { asideName, damage, engineScene, migrations, notesOf, now } from './engine-scene'

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

test('a backup on a bad spot of the disk is passed over', async () => {
  await makeBackup('good', 1)
  const bad = await makeBackup('bad', 2)
  damage(path)
  failFileCall('copyFile', 'EIO', (from) => from === bad)
  expect(notesOf((await open()).db)).toEqual(['good'])
})

test('what an interrupted restoring left reaches no other database', async () => {
  await makeBackup('backup', 1)
  const live = new DatabaseSync(path)
  live.exec("pragma wal_autocheckpoint = 0; update notes set text = 'from a foreign WAL'")
  copyFileSync(`${path}-wal`, `${path}.restoring-wal`)
  copyFileSync(path, `${path}.restoring`)
  live.close()
  damage(path)
  expect(notesOf((await open()).db)).toEqual(['backup'])
  expect(names()).toEqual(['engine.db', asideName])
})

const alone = () => {}
test.each([
  ['engine.db alone was deleted', alone],
  [
    'the last start ended after putting it aside',
    () => renameSync(path, join(userData, 'engine.db.corrupt-x')),
  ],
])('a missing one is restored: %s', async (_name, vanish) => {
  await makeBackup('backup', 1)
  vanish()
  if (existsSync(path)) renameSync(path, join(temporaryFolder(), 'gone'))
  if (vanish !== alone) writeFileSync(`${path}-wal`, 'of another database')
  const { db, restored, notice } = await open()
  expect(restored).toBe('backup')
  expect(notice).toContain('was missing and was restored')
  expect(notesOf(db)).toEqual(['backup'])
})

test.each(['submits.log', 'engine.db.corrupt-x'])(
  'a missing one is told where %s tells of it',
  async (trace) => {
    writeFileSync(join(userData, trace), '')
    const { restored, notice } = await open()
    expect(restored).toBe('fresh')
    expect(notice).toContain('was missing')
  },
)

test('until it is settled each start says that it was restored', async () => {
  await makeBackup('backup', 1)
  damage(path)
  const before = await open()
  before.db.close()
  const again = await open()
  expect(again).toMatchObject({ restored: 'backup', aside: undefined })
  expect(again.notice).toContain('at the last start')
  again.settle()
  again.db.close()
  expect(await open()).toMatchObject({ restored: 'no', notice: undefined })
})

test.each([migrations, [...migrations, 'create table third (text text) strict']])(
  'a backups folder that cannot be written does not stop the start and is told',
  async (...steps) => {
    writeEngine('kept')
    writeFileSync(backups, 'a file in its place')
    const { db, notice, restored } = await open(steps)
    expect(restored).toBe('no')
    expect(notesOf(db)).toEqual(['kept'])
    expect(notice).toContain(backups)
    expect(notice).toContain('not affected')
  },
)

test('a folder where the file should be is told and stays', async () => {
  mkdirSync(join(path, 'inside'), { recursive: true })
  const failure = await failureOf(() => open())
  expect(failure.code).toBe('unreadable')
  expect(failure.message).toContain(path)
  expect(readdirSync(path)).toEqual(['inside'])
})

test('a file where the user-data folder should be is told', async () => {
  writeFileSync(join(userData, 'file'), '')
  expect(await codeOf(() => openEngine(join(userData, 'file'), migrations, now))).toBe('unreadable')
})

test.each([
  ['ENOSPC', 'disk-full'],
  ['EACCES', 'unreadable'],
  ['EROFS', 'unreadable'],
])(
  'when the copy of the backup fails with %s, nothing was moved and the next start does it',
  async (code, expected) => {
    await makeBackup('backup', 1)
    damage(path)
    const listed = readdirSync(userData)
    let isFull = true
    failFileCall('copyFile', code, () => isFull)
    const failure = await failureOf(() => open())
    expect(failure.code).toBe(expected)
    expect(failure.message).toContain('Nothing was deleted and nothing was sent')
    expect(readdirSync(userData)).toEqual(listed)
    isFull = false
    expect(notesOf((await open()).db)).toEqual(['backup'])
  },
)

test('the copy is on the disk before anything is moved, and in its place before the start goes on', async () => {
  await makeBackup('backup', 1)
  damage(path)
  const { calls, stop } = recordFileCalls(userData)
  await open()
  stop()
  const order = calls.filter((call) => /^(copyFile|sync|rename)/.test(call))
  expect(order).toEqual([
    'copyFile backups/engine-2026-11-21T13-00-00.000Z.db',
    'sync engine.db.restoring',
    `rename engine.db ${asideName}`,
    'rename engine.db.restoring engine.db',
    'sync .',
  ])
})

test('wherever the restoring is cut off, the next start ends it', async () => {
  for (let cutAt = 0; ; cutAt++) {
    const scene = engineScene()
    await scene.makeBackup('backup', 1)
    damage(scene.path)
    let calls = 0
    const { stop } = recordFileCalls(scene.userData, () => {
      if (calls++ === cutAt) throw new Error('cut')
    })
    const ended = await scene.open().then(
      ({ db }) => db.close(),
      () => 'cut' as const,
    )
    stop()
    const { db, restored } = await scene.open()
    expect(notesOf(db)).toEqual(['backup'])
    expect(restored).toBe('backup')
    expect(scene.names().filter((name) => /corrupt-.*Z$/.test(name))).toEqual([asideName])
    expect(scene.names().filter((name) => name.includes('restoring'))).toEqual([])
    db.close()
    if (ended !== 'cut') break
    expect(cutAt).toBeLessThan(100)
  }
})
