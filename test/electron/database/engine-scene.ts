import { readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { onTestFinished } from 'vitest'
import { backUp } from '../../../electron/database/backup'
import { openEngine } from '../../../electron/database/ladder'
import { openDatabase } from '../../../electron/database/open'
import { temporaryFolder } from '../../support/folder'

export const firstStep = 'create table notes (text text) strict'
export const migrations = [firstStep, 'create table more (text text) strict']

/** The day of the backups. */
export const start = Date.UTC(2026, 10, 21, 12)
const hourMs = 3_600_000
/** When the engine is opened: a day later. */
export const now = () => start + 24 * hourMs
/** The name a damaged one gets then. */
export const asideName = 'engine.db.corrupt-2026-11-22T12-00-00.000Z'

/** A user-data folder with ways to fill it. */
export function engineScene() {
  const userData = temporaryFolder()
  const path = join(userData, 'engine.db')
  const backups = join(userData, 'backups')

  /** Makes an engine.db with one note, and enough beside it that damage in the middle hits something. */
  function writeEngine(note: string, steps = migrations): void {
    const db = openDatabase(path, steps)
    db.exec('delete from notes')
    db.prepare('insert into notes values (?)').run(note)
    db.exec(
      'create table if not exists filler (text text); with recursive c(i) as (select 1 union all select i + 1 from c where i < 300) insert into filler select hex(randomblob(500)) from c',
    )
    db.close()
  }

  return {
    userData,
    path,
    backups,
    writeEngine,
    open: async (steps: readonly string[] = migrations) => {
      const engine = await openEngine(userData, steps, now)
      onTestFinished(() => {
        if (engine.db.isOpen) engine.db.close()
      })
      return engine
    },
    /** Makes a backup of an engine.db with that note, so many hours after `start`. */
    makeBackup: async (note: string, hour: number): Promise<string> => {
      writeEngine(note)
      const db = new DatabaseSync(path)
      const made = await backUp(db, backups, () => start + hour * hourMs)
      db.close()
      return made
    },
    /** What lies there, without the backups and SQLite's files beside the open database. */
    names: () => readdirSync(userData).filter((name) => !/^engine\.db(-wal|-shm)$|^backups$/.test(name)),
  }
}

/** The notes of an engine.db, by which tests tell databases apart. */
export function notesOf(db: DatabaseSync) {
  return db
    .prepare('select text from notes')
    .all()
    .map(({ text }) => text)
}

/** Damages pages in the middle: the header stays good. */
export function damage(file: string): void {
  writeFileSync(file, readFileSync(file).fill(0x55, 5 * 4096, 9 * 4096))
}

/** Every kind of damage, by name. */
export const damages: Readonly<Record<string, (file: string) => void>> = {
  'a damaged header': (file) => writeFileSync(file, readFileSync(file).fill('letter ', 0, 100)),
  'damage in the middle': damage,
  'a cut end': (file) => truncateSync(file, 4 * 4096),
}
