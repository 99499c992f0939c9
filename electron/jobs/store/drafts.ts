import type { DatabaseSync } from 'node:sqlite'
import { draftSchema, type Draft } from '../../../shared/contract'

/** What the composer held last, per library: nothing typed is lost at a restart. */
export interface Drafts {
  readonly get: (library: string) => Draft | undefined
  readonly set: (library: string, draft: Draft) => void
}

/** The drafts of an engine.db. */
export function createDrafts(db: DatabaseSync): Drafts {
  const get = db.prepare('select draft from drafts where library = ?')
  const set = db.prepare('insert or replace into drafts (library, draft) values (?, ?)')
  return {
    get(library) {
      const row = get.get(library)
      return row && draftSchema.parse(JSON.parse(String(row['draft'])))
    },
    set: (library, draft) => void set.run(library, JSON.stringify(draft)),
  }
}
