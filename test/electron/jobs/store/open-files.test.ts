import { copyFileSync, cpSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openEngineFiles, type EngineFiles } from '../../../../electron/jobs/store/open-files'
import { temporaryFolder } from '../../../support/folder'
import { noon } from '../../../support/samples'

/** A start of the program on a user-data folder, as far as its files go. */
async function start(userData: string): Promise<EngineFiles> {
  const files = await openEngineFiles(userData, () => noon)
  onTestFinished(() => {
    if (files.db.isOpen) files.close()
  })
  return files
}

/** A whole session: every open job is held where it must be, and the program ends in order. */
async function session(userData: string): Promise<EngineFiles> {
  const files = await start(userData)
  files.settle()
  files.close()
  return files
}

test('the first start and every later one: nothing to tell, a folder for clips of other libraries', async () => {
  const folder = temporaryFolder()
  for (let n = 0; n < 3; n += 1) {
    const { isRestored, notices, parked, intents } = await session(folder)
    expect([isRestored, notices, intents]).toEqual([false, [], []])
    expect([parked, statSync(parked).isDirectory()]).toEqual([join(folder, 'waiting-clips'), true])
  }
})

test('an engine.db of an earlier session that somebody put back is told as older, until it is gone through', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'engine.db')
  await session(folder)
  copyFileSync(path, join(folder, 'older'))
  await session(folder)
  copyFileSync(join(folder, 'older'), path)
  // A crash before every open job is held changes nothing.
  const crashed = await start(folder)
  crashed.close()
  const files = await session(folder)
  for (const { isRestored, notices } of [crashed, files]) {
    expect(isRestored).toBe(true)
    expect(notices).toEqual([expect.stringContaining('older than the last session')])
  }
  expect((await session(folder)).isRestored).toBe(false)
})

test('a kill between the two places of the counter is no older database', async () => {
  const folder = temporaryFolder()
  await session(folder)
  const counter = readFileSync(join(folder, 'session'))
  await session(folder)
  writeFileSync(join(folder, 'session'), counter)
  expect((await session(folder)).isRestored).toBe(false)
})

test('a copy of the folder elsewhere is held and told, until it is gone through', async () => {
  const folder = temporaryFolder()
  await session(folder)
  const copy = join(temporaryFolder(), 'copy')
  cpSync(folder, copy, { recursive: true })
  const moved = await session(copy)
  expect([moved.isRestored, moved.notices]).toEqual([
    true,
    [expect.stringContaining('another computer or folder')],
  ])
  expect([(await session(copy)).isRestored, (await session(folder)).isRestored]).toEqual([false, false])
})

test('answers without a readable submit are told, kept, and handed on', async () => {
  const folder = temporaryFolder()
  await session(folder)
  const accepted = { kind: 'accepted', at: noon, intent: 'gone-1', remoteId: 'r1' }
  writeFileSync(join(folder, 'submits.log'), `damaged\n${JSON.stringify(accepted)}\n`)
  const { notices, orphans } = await session(folder)
  expect(notices).toEqual([expect.stringMatching(/^2 lines of the submit log could not be read/)])
  expect(orphans).toEqual([accepted])
  expect(existsSync(join(folder, 'submits.log'))).toBe(true)
})
