import type { DatabaseSync } from 'node:sqlite'
import type { TimelineEvent } from '../../../shared/job-event'
import { timelineEntrySchema, type TimelineEntry } from '../../../shared/job-schema'

/** Every transition of every job. */
export interface Timeline {
  /** Only events that the window has words for; rows of an older version may name others. */
  readonly add: (job: string, entry: TimelineEntry & { readonly event: TimelineEvent }) => void
  readonly of: (job: string) => readonly TimelineEntry[]
}

/** The timeline of an engine.db. */
export function createTimeline(db: DatabaseSync): Timeline {
  const add = db.prepare(
    'insert into timeline (job, at, event, from_state, to_state, note) values (?, ?, ?, ?, ?, ?)',
  )
  const of = db.prepare(
    'select at, event, from_state as "from", to_state as "to", note from timeline where job = ? order by id',
  )
  return {
    add: (job, { at, event, from, to, note }) => void add.run(job, at, event, from, to, note),
    of: (job) => of.all(job).map((row) => timelineEntrySchema.parse(row)),
  }
}
