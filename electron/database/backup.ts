import { access, constants, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { fsyncFolder, fsyncPath } from '../files/durable'
import { isErrno } from '../files/exists'
import { storageFailure } from './failure'

/** How many backups are kept: a working week of daily ones. */
const keptBackups = 5

/** How old the newest backup may grow, milliseconds: a day. */
const dueAfterMs = 24 * 3_600_000

/** `engine-2026-11-21T12-33-26.123Z.db`, `engine-2026-11-21T12-33-26.123Z-version-1.db`. */
const backupName = /^engine-(\d{4}-\d\d-\d\dT)(\d\d)-(\d\d)-(\d\d\.\d{3}Z)(?:-version-\d+)?\.db$/

/** A verified copy of a database. */
export interface Backup {
  readonly path: string
  /** When it was made, milliseconds since 1970. */
  readonly at: number
}

/**
 * Copies a database in use into `folder`, which is made when missing, and removes all but the newest five. The copy
 * counts only when it was found whole and has been renamed to its name.
 *
 * @returns its path.
 * @throws AppError when it could not be made; older backups are all still there.
 */
export async function backUp(
  db: DatabaseSync,
  folder: string,
  now: () => number,
  why: 'daily' | 'before-migration' = 'daily',
): Promise<string> {
  await prepareFolder(folder)
  try {
    await sweep(folder)
    const version = versionOf(db)
    const suffix = why === 'daily' ? '' : `-version-${version}`
    const path = join(folder, `engine-${fileTime(now())}${suffix}.db`)
    await copyVerified(db, version, path)
    await fsyncFolder(folder)
    for (const old of (await listBackups(folder, now)).slice(keptBackups)) await rm(old.path, { force: true })
    return path
  } catch (error) {
    throw notBackedUp(error, folder)
  }
}

/** Makes the folder when it is missing. @throws AppError when no backup can be put there. */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK)
  } catch (error) {
    throw notBackedUp(error, folder)
  }
}

const notBackedUp = (error: unknown, folder: string) =>
  storageFailure(
    error,
    `the folder for backups of the job list (${folder})`,
    'The job list itself is not affected.',
  )

async function copyVerified(db: DatabaseSync, version: number, path: string): Promise<void> {
  const temporary = `${path}.tmp`
  try {
    await backup(db, temporary)
    const copy = new DatabaseSync(temporary)
    try {
      // One file that stands alone: a copy in WAL mode grows two more beside it whenever it is looked at.
      copy.exec('pragma journal_mode = delete')
      const found = versionOf(copy)
      if (!isWhole(copy, 'integrity_check') || found !== version) {
        throw new Error(`the copy is not whole: version ${found} instead of ${version}`)
      }
    } finally {
      copy.close()
    }
    await fsyncPath(temporary)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Whether no backup of the last day is there. */
export async function isDue(folder: string, now: () => number): Promise<boolean> {
  const time = now()
  return !(await listBackups(folder, now)).some(({ at }) => at <= time && time - at < dueAfterMs)
}

/**
 * The finished backups, newest first. Those of a time to come are last: a clock that once was wrong must not make an
 * old copy the newest for ever.
 *
 * @throws the system's error when there is a folder that cannot be read.
 */
export async function listBackups(folder: string, now: () => number): Promise<readonly Backup[]> {
  const time = now()
  const found = (await filesIn(folder)).flatMap((name) => {
    const at = Date.parse(name.replace(backupName, '$1$2:$3:$4'))
    return backupName.test(name) && !Number.isNaN(at) ? [{ path: join(folder, name), at }] : []
  })
  return found.toSorted((a, b) => Number(a.at > time) - Number(b.at > time) || b.at - a.at)
}

/** A time as part of a file name: `2026-11-21T12-33-26.123Z`. Windows takes no colons. */
export function fileTime(time: number): string {
  return new Date(time).toISOString().replaceAll(':', '-')
}

/** The schema's version; 0 is a database that nobody has filled. */
export function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('pragma user_version').get()?.['user_version'])
}

/** Whether SQLite finds no damage. @throws SQLite's error for damage that ends the check. */
export function isWhole(db: DatabaseSync, check: 'quick_check' | 'integrity_check'): boolean {
  return db.prepare(`pragma ${check}(1)`).get()?.[check] === 'ok'
}

/** Removes what an interrupted backup left, with SQLite's files beside it. */
async function sweep(folder: string): Promise<void> {
  for (const name of await filesIn(folder)) {
    if (/^engine-.*\.db\.tmp(-journal|-wal|-shm)?$/.test(name)) await rm(join(folder, name), { force: true })
  }
}

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'ENOTDIR')) return []
    throw error
  }
}
