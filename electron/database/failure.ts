import { AppError, toErrorShape } from '../../shared/error'
import { isDiskFull, isErrno } from '../files/exists'

/** SQLite's result codes, sqlite.org/rescode.html. */
const corruptCodes: readonly unknown[] = [11, 26]
const fullCode = 13

/** Whether SQLite says that a file is damaged or no database at all. */
export function isCorrupt(error: unknown): boolean {
  return corruptCodes.includes(sqliteCode(error))
}

/** A failure of a file that cannot be used, in plain words. `reassurance` says what it means for money and files. */
export function storageFailure(error: unknown, what: string, reassurance: string): AppError {
  if (error instanceof AppError) return error
  const { details } = toErrorShape(error)
  if (isDiskFull(error) || sqliteCode(error) === fullCode) {
    const message = `The disk is full, so ${what} cannot be used. Free some space and try again. ${reassurance}`
    return new AppError('disk-full', message, details)
  }
  if (sqliteCode(error) !== undefined || systemCodes.some((code) => isErrno(error, code))) {
    const message = `${upperFirst(what)} cannot be read or written. Check that the disk is there, that nothing else lies in its place or uses it, and the permissions. ${reassurance}`
    return new AppError('unreadable', message, details)
  }
  return new AppError(
    'internal',
    `${upperFirst(what)}: something went wrong inside Inbetween. ${reassurance}`,
    details,
  )
}

/** Wrong permissions, a read-only or broken disk, a file where a folder should be or the other way round. */
const systemCodes = [
  'EACCES',
  'EPERM',
  'EROFS',
  'EIO',
  'ENOTDIR',
  'EISDIR',
  'EEXIST',
  'ENOENT',
  'EBUSY',
] as const

/** The low byte: the rest says in what way (267 is a damaged virtual table, 779 a damaged index). */
function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
    return undefined
  return error.errcode & 0xff
}

const upperFirst = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
