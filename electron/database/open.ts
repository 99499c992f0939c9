import { DatabaseSync } from 'node:sqlite'
import { AppError } from '../../shared/error'

/** One step of a schema; step `n` takes a database from version `n` to `n + 1`. */
export type Migration = string

/** Longest wait for another connection's lock, milliseconds: longer than any transaction of ours. */
export const busyTimeoutMs = 5000

/**
 * Opens a SQLite file with the settings every connection of ours has, and brings its schema up to date, each
 * step in a transaction of its own.
 *
 * @throws AppError `newer-version` when a later Inbetween has written the file; it is left as it is.
 */
export function openDatabase(path: string, migrations: readonly Migration[]): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: busyTimeoutMs, enableForeignKeyConstraints: true })
  try {
    // First: even a change of the journal mode writes to the file.
    const version = knownVersion(db, path, migrations.length)
    // FULL: a row that says "this was done" must survive a power cut, not only a crash.
    // fullfsync: without it macOS leaves the drive's own cache unwritten. Other systems ignore it.
    db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma fullfsync = on;')
    for (const [index, step] of migrations.entries()) {
      if (index < version) continue
      // On a line of its own, for a step may end in a comment.
      transaction(db, () => db.exec(`${step}\n; pragma user_version = ${index + 1};`))
    }
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function knownVersion(db: DatabaseSync, path: string, newest: number): number {
  const version = Number(db.prepare('pragma user_version').get()?.['user_version'] ?? 0)
  if (version <= newest) return version
  throw new AppError(
    'newer-version',
    'This library was last used by a newer version of Inbetween. Update Inbetween to open it; nothing was changed.',
    `${path}: version ${version}, this program knows ${newest}`,
  )
}

/** Runs `work` in one transaction: all of it is written, or nothing. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('begin immediate')
  try {
    const result = work()
    db.exec('commit')
    return result
  } catch (error) {
    // SQLite has rolled back by itself when the disk is full or broken; its own reason is the one to tell.
    if (db.isTransaction) db.exec('rollback')
    throw error
  }
}
