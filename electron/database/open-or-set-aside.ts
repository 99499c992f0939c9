import { rename, rm } from 'node:fs/promises'
import type { DatabaseSync } from 'node:sqlite'
import { newId } from '../files/ids'
import { isCorrupt } from './failure'
import { openDatabase, type Migration } from './open'

/** An open database, and where a damaged one that lay in its place is kept now. */
export interface Opened {
  readonly db: DatabaseSync
  readonly aside: string | undefined
}

/**
 * Opens a database; a damaged one is put aside under another name, never deleted, and a new one takes its place.
 *
 * @throws what `openDatabase` throws for any other reason.
 */
export async function openOrSetAside(path: string, migrations: readonly Migration[]): Promise<Opened> {
  try {
    return { db: openDatabase(path, migrations), aside: undefined }
  } catch (error) {
    if (!isCorrupt(error)) throw error
  }
  const aside = `${path}.corrupt-${newId()}`
  await rename(path, aside)
  for (const suffix of ['-wal', '-shm']) await rm(`${path}${suffix}`, { force: true })
  return { db: openDatabase(path, migrations), aside }
}
