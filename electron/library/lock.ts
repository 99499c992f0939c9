import { DatabaseSync } from 'node:sqlite'
import { AppError } from '../../shared/error'

/**
 * Holds a library for this process: an exclusive SQLite lock that the system itself drops when the process ends,
 * however it ends.
 *
 * @returns the function that lets go of it.
 * @throws AppError `library-locked` when another Inbetween has it open.
 */
export function lockLibrary(path: string): () => void {
  const db = new DatabaseSync(path, { timeout: 0 })
  try {
    db.exec('pragma locking_mode = exclusive; begin exclusive;')
  } catch (error) {
    db.close()
    if (!(error instanceof Error) || !/locked|busy/i.test(error.message)) throw error
    throw new AppError(
      'library-locked',
      'This library is open in another Inbetween. Close it there, or choose another library folder.',
      path,
    )
  }
  return () => db.close()
}
