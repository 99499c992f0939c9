import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { AppError, toErrorShape } from '../../shared/error'
import { fsyncFolder, fsyncPath } from '../files/durable'
import { exists, isErrno } from '../files/exists'
import { newId } from '../files/ids'
import { backUp, fileTime, isWhole, listBackups, prepareFolder, versionOf, type Backup } from './backup'
import { isCorrupt, storageFailure } from './failure'
import { noticeOf } from './ladder-words'
import { busyTimeoutMs, openDatabase, type Migration } from './open'

/** An open engine.db, and how it came to be. */
export interface OpenedEngine {
  readonly db: DatabaseSync
  /** What the user should know. */
  readonly notice: string | undefined
  /**
   * `backup`: it may be older than what was sent, so nothing in it may be submitted without the user. `fresh`: it is
   * new, though this is not the first start.
   */
  readonly restored: 'no' | 'backup' | 'fresh'
  /** Where the damaged file is kept now, with what lay beside it. */
  readonly aside: string | undefined
  /** Says that every open job is held: until then each start tells `restored: 'backup'`, also after a crash. */
  readonly settle: () => void
}

interface Place {
  readonly userData: string
  readonly path: string
  readonly backups: string
  readonly migrations: readonly Migration[]
  readonly now: () => number
}

/** `application_id` of a database that was restored and not yet gone through: "HELD". It moves with the file. */
const restoredMark = 0x48454c44

/** What SQLite keeps beside a database. Another database in its place would take a left WAL for its own. */
const besides = ['-wal', '-shm', '-journal'] as const

/**
 * Opens `engine.db` in the user-data folder. A damaged or missing one is put aside, never deleted, and the newest good
 * backup takes its place; without any, a new one does. Every step can be interrupted and is then done again.
 *
 * @throws AppError `newer-version`, or `disk-full` and `unreadable` when the file cannot be used; it is left as it is.
 */
export async function openEngine(
  userData: string,
  migrations: readonly Migration[],
  now: () => number,
): Promise<OpenedEngine> {
  const place = {
    userData,
    path: join(userData, 'engine.db'),
    backups: join(userData, 'backups'),
    migrations,
    now,
  }
  try {
    await mkdir(userData, { recursive: true })
    const found = await examine(place.path, migrations.length)
    const isUsable = found.kind === 'whole' || (found.kind === 'empty' && (await isFirstStart(place)))
    return isUsable ? await openFound(place, found) : await restore(place, found)
  } catch (error) {
    const reassurance = 'Nothing was deleted and nothing was sent.'
    throw storageFailure(error, `the job list of this computer (${place.path})`, reassurance)
  }
}

type Found =
  | { readonly kind: 'whole'; readonly version: number }
  /** No file, or one that was never filled. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'damaged' }

/** Looks without writing: a damaged file is kept with its WAL as it was, a newer one byte for byte. */
async function examine(path: string, newest: number): Promise<Found> {
  if (!(await exists(path))) return { kind: 'empty' }
  const hadWal = await exists(`${path}-wal`)
  // A half-done change outside the WAL must be rolled back before anybody can read.
  const readOnly = !(await exists(`${path}-journal`))
  const db = new DatabaseSync(path, { readOnly, timeout: busyTimeoutMs })
  try {
    // Always, not only after a crash: 36 ms for 41 MB, and disks and sync tools do damage to files at rest.
    if (!isWhole(db, 'quick_check')) return { kind: 'damaged' }
    const version = versionOf(db)
    if (version > newest) throw newerVersion(path, version, newest)
    return version === 0 ? { kind: 'empty' } : { kind: 'whole', version }
  } catch (error) {
    if (isCorrupt(error)) return { kind: 'damaged' }
    throw error
  } finally {
    db.close()
    // SQLite makes empty ones to read, and leaves them.
    if (readOnly && !hadWal) for (const beside of ['-wal', '-shm']) await rm(path + beside, { force: true })
  }
}

function newerVersion(path: string, version: number, newest: number): AppError {
  return new AppError(
    'newer-version',
    'The job list of this computer was last used by a newer version of Inbetween. Update Inbetween to go on; nothing was changed and nothing was sent.',
    `${path}: version ${version}, this program knows ${newest}`,
  )
}

/** Whether nothing here tells of an earlier life. */
async function isFirstStart({ userData, path, backups, now }: Place): Promise<boolean> {
  const names = await readdir(userData)
  const own = basename(path)
  // A WAL alone: a database lay beside it. With an empty database, it is only a first start that was cut short.
  const traces = names.includes(own) ? ['submits.log'] : ['submits.log', `${own}-wal`]
  if (names.some((name) => traces.includes(name) || name.startsWith(`${own}.corrupt-`))) return false
  return (await listBackups(backups, now)).length === 0
}

async function openFound(place: Place, found: Found): Promise<OpenedEngine> {
  const { path, migrations } = place
  const isOld = found.kind === 'whole' && found.version < migrations.length
  const backupFailure = await failureOf(() => (isOld ? copyBefore(place) : prepareFolder(place.backups)))
  const db = openDatabase(path, migrations)
  const restored = isMarked(db) ? 'backup' : 'no'
  return opened(db, { restored, aside: undefined, backupFailure })
}

/** A migration cannot be undone; the copy is what an older Inbetween can go back to. */
async function copyBefore({ path, backups, now }: Place): Promise<void> {
  const db = new DatabaseSync(path, { readOnly: true, timeout: busyTimeoutMs })
  try {
    await backUp(db, backups, now, 'before-migration')
  } finally {
    db.close()
  }
}

/** Missing backups do not stop the work: what they are for may never happen. */
async function failureOf(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    return toErrorShape(error).message
  }
}

/** The copy is made and brought up to date before anything is moved: a full disk then changes nothing. */
async function restore(place: Place, found: Found): Promise<OpenedEngine> {
  const { userData, path, migrations, now } = place
  const ready = `${path}.restoring`
  const from = await prepareCopy(place, ready)
  const aside = await moveAside(path, now)
  if (from) await rename(ready, path)
  await fsyncFolder(userData)
  const backupFailure = await failureOf(() => prepareFolder(place.backups))
  const db = openDatabase(path, migrations)
  return opened(db, {
    restored: from ? 'backup' : 'fresh',
    aside,
    backupFailure,
    lost: { wasDamaged: found.kind === 'damaged', from: from?.at },
  })
}

/** The newest backup that is good, as a whole database at `ready`; the backup itself is not touched. */
async function prepareCopy(place: Place, ready: string): Promise<Backup | undefined> {
  const { backups, migrations, now } = place
  for (const candidate of await listBackups(backups, now)) {
    await removeAll(ready)
    if (await isGoodCopy(candidate.path, ready, migrations)) return candidate
  }
  await removeAll(ready)
  return undefined
}

async function isGoodCopy(from: string, ready: string, migrations: readonly Migration[]): Promise<boolean> {
  try {
    await copyFile(from, ready)
    if ((await examine(ready, migrations.length)).kind !== 'whole') return false
    const db = openDatabase(ready, migrations)
    try {
      if (!isWhole(db, 'integrity_check')) return false
      db.exec(`pragma application_id = ${restoredMark}`)
    } finally {
      db.close()
    }
    await fsyncPath(ready)
    return true
  } catch (error) {
    if (isCorrupt(error) || isErrno(error, 'EIO')) return false
    // Written by a newer Inbetween: an older backup may do.
    if (error instanceof AppError && error.code === 'newer-version') return false
    throw error
  }
}

/** Keeps a database and what lies beside it under another name, so that SQLite can still open them together. */
async function moveAside(path: string, now: () => number): Promise<string | undefined> {
  const wanted = `${path}.corrupt-${fileTime(now())}`
  const aside = (await exists(wanted)) ? `${wanted}-${newId()}` : wanted
  // The database first: without its WAL it could pass for a whole, older one if this ended here.
  const moved: string[] = []
  for (const beside of ['', ...besides]) {
    if (!(await exists(path + beside))) continue
    await rename(path + beside, aside + beside)
    moved.push(aside + beside)
  }
  return moved[0]
}

async function removeAll(path: string): Promise<void> {
  for (const beside of ['', ...besides]) await rm(path + beside, { force: true })
}

const isMarked = (db: DatabaseSync) =>
  db.prepare('pragma application_id').get()?.['application_id'] === restoredMark

function opened(db: DatabaseSync, told: Parameters<typeof noticeOf>[0]): OpenedEngine {
  return {
    db,
    notice: noticeOf(told),
    restored: told.restored,
    aside: told.aside,
    settle: () => {
      if (isMarked(db)) db.exec('pragma application_id = 0')
    },
  }
}
