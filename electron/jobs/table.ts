import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { z } from 'zod'
import { clipSchema } from '../../shared/clip-schema'
import { jobSchema } from '../../shared/job-schema'
import type { JobRow } from './machine'

/** The job table: it is the queue. */
export interface JobTable {
  readonly insert: (job: JobRow) => void
  readonly update: (job: JobRow) => void
  readonly get: (id: string) => JobRow | undefined
  /** The jobs of one library to be shown, oldest first: not dismissed, and of those done only the last few. */
  readonly list: (library: string) => readonly JobRow[]
  /** The jobs of one library that are not at an end, oldest first. */
  readonly unfinished: (library: string) => readonly JobRow[]
  readonly dismiss: (id: string) => void
}

/** Most done jobs shown: their clips are in the gallery, and years of them must not be read at every start. */
const maxDone = 50

const rowSchema = jobSchema.omit({ progress: true, clipId: true }).extend({
  library: z.string(),
  attempts: z.int(),
  clip: clipSchema.nullable(),
})

/** The jobs of an engine.db. */
export function createJobTable(db: DatabaseSync): JobTable {
  const insert = db.prepare(`
    insert into jobs (id, library, provider, recipe, state, attempts, error, clip, created_at, updated_at)
    values (:id, :library, :provider, :recipe, :state, :attempts, :error, :clip, :createdAt, :updatedAt)`)
  const update = db.prepare(`
    update jobs set state = :state, attempts = :attempts, error = :error, clip = :clip, updated_at = :updatedAt
    where id = :id`)
  const get = db.prepare('select * from jobs where id = ?')
  const list = db.prepare(`
    select * from jobs where library = :library and dismissed = 0 and state <> 'done'
    union all
    select * from (
      select * from jobs where library = :library and dismissed = 0 and state = 'done'
      order by created_at desc, id desc limit ${maxDone}
    )
    order by created_at, id`)
  const unfinished = db.prepare(
    "select * from jobs where library = ? and state in ('waiting', 'running', 'downloading') order by created_at, id",
  )
  const dismiss = db.prepare('update jobs set dismissed = 1 where id = ?')

  return {
    insert: ({ recipe, ...job }) =>
      void insert.run({ ...changing(job), recipe: JSON.stringify(recipe), ...identity(job) }),
    update: (job) => void update.run({ ...changing(job), id: job.id }),
    get(id) {
      const row = get.get(id)
      return row && toRow(row)
    },
    list: (library) => list.all({ library }).map(toRow),
    unfinished: (library) => unfinished.all(library).map(toRow),
    dismiss: (id) => void dismiss.run(id),
  }
}

function identity({ id, library, provider, createdAt }: Omit<JobRow, 'recipe'>) {
  return { id, library, provider, createdAt }
}

function changing({ state, attempts, error, clip, updatedAt }: Omit<JobRow, 'recipe'>) {
  return {
    state,
    attempts,
    error: error && JSON.stringify(error),
    clip: clip && JSON.stringify(clip),
    updatedAt,
  }
}

function toRow(row: Record<string, SQLOutputValue>): JobRow {
  const json = (column: string): unknown => {
    const text = row[column]
    return typeof text === 'string' ? JSON.parse(text) : null
  }
  return rowSchema.parse({
    id: row['id'],
    library: row['library'],
    provider: row['provider'],
    recipe: json('recipe'),
    state: row['state'],
    attempts: row['attempts'],
    error: json('error'),
    clip: json('clip'),
    createdAt: row['created_at'],
    updatedAt: row['updated_at'],
  })
}
