import type { DatabaseSync } from 'node:sqlite'
import { stillSchema, type Still } from '../../shared/still-schema'

/** The stills of the index. */
export interface Stills {
  readonly get: (id: string) => Still | undefined
  readonly put: (still: Still, createdAt: number) => void
}

/** The stills table of a library's index. */
export function createStills(db: DatabaseSync): Stills {
  const byId = db.prepare('select id, type, width, height, bytes, name from stills where id = ?')
  const put = db.prepare(
    'insert or ignore into stills (id, type, width, height, bytes, name, created_at) values (?, ?, ?, ?, ?, ?, ?)',
  )
  return {
    get(id) {
      const row = byId.get(id)
      return row && stillSchema.parse(row)
    },
    put: ({ id, type, width, height, bytes, name }, createdAt) =>
      void put.run(id, type, width, height, bytes, name, createdAt),
  }
}
