import { mkdir, readFile, realpath } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { backUp, isDue } from '../../database/backup'
import { openEngine } from '../../database/ladder'
import { writeDurable } from '../../files/durable'
import { isErrno } from '../../files/exists'
import { newId } from '../../files/ids'
import { createMeta } from './meta'
import { engineMigrations } from './schema'
import {
  openSubmitLog,
  readSubmitLog,
  type LoggedIntent,
  type SubmitLine,
  type SubmitLog,
} from './submit-log'

/** What this computer knows of jobs and money, open. */
export interface EngineFiles {
  readonly db: DatabaseSync
  readonly submitLog: SubmitLog
  /** What `submits.log` held when it was opened. */
  readonly intents: readonly LoggedIntent[]
  readonly orphans: readonly SubmitLine[]
  /** True when engine.db may be older than what was sent, or is of another computer. */
  readonly isRestored: boolean
  /** Finished clips of libraries that are not open. */
  readonly parked: string
  /** What the user should know. */
  readonly notices: readonly string[]
  /** Makes the daily backup when it is due. */
  readonly backUpIfDue: () => Promise<void>
  /** Every open job of a restored database is held now. */
  readonly settle: () => void
  readonly close: () => void
}

/**
 * Opens engine.db and `submits.log` in the user-data folder.
 *
 * @throws AppError when they cannot be used.
 */
export async function openEngineFiles(userData: string, now: () => number): Promise<EngineFiles> {
  const { db, notice, restored, settle } = await openEngine(userData, engineMigrations, now)
  try {
    return await openBeside(userData, { db, notice, isRestored: restored !== 'no', settle }, now)
  } catch (error) {
    db.close()
    throw error
  }
}

async function openBeside(
  userData: string,
  engine: {
    readonly db: DatabaseSync
    readonly notice: string | undefined
    readonly isRestored: boolean
    readonly settle: () => void
  },
  now: () => number,
): Promise<EngineFiles> {
  const { db, notice } = engine
  const parked = join(userData, 'waiting-clips')
  await mkdir(parked, { recursive: true })
  const logPath = join(userData, 'submits.log')
  const { intents, orphans, unreadable } = readSubmitLog(logPath)
  const installation = await installationOf(userData)
  const meta = createMeta(db)
  const known = meta.get('installation')
  const isElsewhere = known !== undefined && known !== installation
  const sessionPath = join(userData, 'session')
  const sessions = await countIn(sessionPath)
  // An engine.db that somebody put back by hand knows of fewer sessions than there were.
  const isOlder = sessions > Number(meta.get('session') ?? 0)
  const submitLog = openSubmitLog(logPath)
  const backups = join(userData, 'backups')
  return {
    db,
    submitLog,
    intents,
    orphans,
    isRestored: engine.isRestored || isElsewhere || isOlder,
    parked,
    notices: [
      ...(notice === undefined ? [] : [notice]),
      ...(isElsewhere ? [movedNotice] : []),
      ...(isOlder && !engine.isRestored ? [olderNotice] : []),
      ...(unreadable + orphans.length > 0 ? [unreadableNotice(unreadable + orphans.length, logPath)] : []),
    ],
    async backUpIfDue() {
      if (await isDue(backups, now)) await backUp(db, backups, now)
    },
    settle() {
      engine.settle()
      // Not before: until every open job is held, a crash must not make this look like the same computer.
      meta.set('installation', installation)
      // The database first: one that knows of more sessions than the file is no older one.
      meta.set('session', String(sessions + 1))
      writeFileSync(sessionPath, `${sessions + 1}\n`)
    },
    close() {
      submitLog.close()
      db.close()
    },
  }
}

const movedNotice =
  'These jobs come from another computer or folder. Each is looked up and shown; none is sent without you.'

const olderNotice =
  'The list of jobs is older than the last session. Each open job is looked up and shown; none is sent without you.'

const unreadableNotice = (lines: number, path: string) =>
  `${lines} lines of the submit log could not be read; they are kept in ${path}. Jobs are looked up at the platforms instead.`

async function countIn(path: string): Promise<number> {
  try {
    return Number.parseInt(await readFile(path, 'utf8'), 10) || 0
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return 0
    throw error
  }
}

/** Which installation and folder this is: a copy elsewhere must not send what the original sends. */
async function installationOf(userData: string): Promise<string> {
  const path = join(userData, 'installation')
  let id: string
  try {
    id = (await readFile(path, 'utf8')).trim()
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error
    id = newId()
    await writeDurable(path, `${id}\n`)
  }
  // Not the host's name: macOS changes it with the network.
  const place = `${id} ${await realpath(userData)}`
  return createHash('sha256').update(place).digest('hex').slice(0, 20)
}
