import { stat } from 'node:fs/promises'

/** Whether an error is the system's error of that name, such as `ENOENT`. */
export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

/** Whether an error says that the disk, or the user's share of it, is full. */
export function isDiskFull(error: unknown): boolean {
  return isErrno(error, 'ENOSPC') || isErrno(error, 'EDQUOT') || isSqliteFull(error)
}

/** Whether something lies at the path; any failure but "not there" is thrown. */
export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false
    throw error
  }
}

/** SQLite's result code for a disk without room, or for a database at its greatest size. */
const sqliteFull = 13

function isSqliteFull(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteFull
}
