import type { DatabaseSync } from 'node:sqlite'

type MetaKey = 'installation' | 'session' | 'open-since' | 'closed-at' | 'paused'

/** What engine.db keeps of itself. */
export interface Meta {
  readonly get: (key: MetaKey) => string | undefined
  readonly set: (key: MetaKey, value: string) => void
  readonly clear: (key: 'open-since' | 'paused') => void
}

/** The small facts of an engine.db. */
export function createMeta(db: DatabaseSync): Meta {
  const get = db.prepare('select value from meta where key = ?')
  const set = db.prepare('insert or replace into meta (key, value) values (?, ?)')
  const clear = db.prepare('delete from meta where key = ?')
  return {
    get(key) {
      const value = get.get(key)?.['value']
      return typeof value === 'string' ? value : undefined
    },
    set: (key, value) => void set.run(key, value),
    clear: (key) => void clear.run(key),
  }
}
