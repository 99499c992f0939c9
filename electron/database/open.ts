import { DatabaseSync } from 'node:sqlite'
import { AppError } from '../../shared/error'

/** One step of a schema; step `n` takes a database from version `n` to `n + 1`. */
export type Migration = string

/** Longest wait for another connection's lock, milliseconds: longer than any transaction of ours. */
const busyTimeoutMs = 5000

/**
 * Opens a SQLite file with the settings every connection of ours has, and brings its schema up to date, each
 * step in a transaction of its own.
 *
 * @throws AppError `newer-version` when a later Inbetween has written the file; it is left as it is.
 */
export function openDatabase(path: string, migrations: readonly Migration[]): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: busyTimeoutMs, enableForeignKeyConstraints: true })
  try {
    // FULL: a row that says "this was done" must survive a power cut, not only a crash.
    db.exec('pragma journal_mode = wal; pragma synchronous = full;')
    migrate(db, path, migrations)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function migrate(db: DatabaseSync, path: string, migrations: readonly Migration[]): void {
  const version = Number(db.prepare('pragma user_version').get()?.['user_version'] ?? 0)
  if (version > migrations.length) {
    throw new AppError(
      'newer-version',
      'This library was last used by a newer version of Inbetween. Update Inbetween to open it; nothing was changed.',
      `${path}: version ${version}, this program knows ${migrations.length}`,
    )
  }
  for (const [index, step] of migrations.entries()) {
    if (index < version) continue
    transaction(db, () => db.exec(`${step}; pragma user_version = ${index + 1};`))
  }
}

/** Runs `work` in one transaction: all of it is written, or nothing. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('begin immediate')
  try {
    const result = work()
    db.exec('commit')
    return result
  } catch (error) {
    db.exec('rollback')
    throw error
  }
}
