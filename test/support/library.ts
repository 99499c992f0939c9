import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openDatabase } from '../../electron/database/open'
import { createClips } from '../../electron/library/clips'
import { openLibrary } from '../../electron/library/open'
import { libraryMigrations } from '../../electron/library/schema'
import { createStills } from '../../electron/library/stills'
import { temporaryFolder } from './folder'

/** The clips of a new index that lies in memory: the same SQLite and schema, for what only asks and answers. */
export function clipsInMemory() {
  return indexInMemory().clips
}

/** As {@link clipsInMemory}, with its database. */
export function indexInMemory() {
  const db = openDatabase(':memory:', libraryMigrations)
  onTestFinished(() => db.close())
  return { db, clips: createClips(db) }
}

/** A real library in `folder`, a new one by default, closed when the test has ended. */
export async function testLibrary(folder = join(temporaryFolder(), 'Library')) {
  const library = await openLibrary(folder)
  let isOpen = true
  const close = () => {
    if (isOpen) library.close(true)
    isOpen = false
  }
  onTestFinished(close)
  return {
    folder,
    library,
    paths: library.paths,
    clips: createClips(library.db),
    stills: createStills(library.db),
    close,
  }
}
