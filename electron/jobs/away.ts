import { isPaidInFlight } from '../../shared/job'
import type { QueueState } from '../../shared/queue-schema'
import type { JobRow } from './job-row'
import type { Meta } from './meta'
import type { JobTable } from './table'

/** What became of the paid jobs that were at work when Inbetween was closed. */
export interface Away {
  readonly begin: () => void
  /** True when the counts changed. */
  readonly changed: (job: JobRow) => boolean
  readonly state: () => QueueState['away']
  readonly read: () => void
  readonly end: () => void
}

/** Makes the count; nothing is told when nothing was at work. */
export function createAway(deps: {
  readonly table: Pick<JobTable, 'unfinished' | 'get'>
  readonly meta: Meta
  readonly now: () => number
}): Away {
  const { table, meta, now } = deps
  let since = 0
  let ids: readonly string[] = []

  return {
    begin() {
      since = Number(meta.get('closed-at') ?? now())
      ids = table
        .unfinished()
        .filter(({ state, intent }) => intent !== null && isPaidInFlight(state))
        .map(({ id }) => id)
    },
    changed: ({ id }) => ids.includes(id),
    state() {
      if (ids.length === 0) return null
      const states = ids.flatMap((id) => table.get(id)?.state ?? [])
      const done = states.filter((state) => state === 'done').length
      const stillRunning = states.filter(isPaidInFlight).length
      const problems = states.length - done - stillRunning
      // While everything still runs there is nothing to tell.
      return done + problems === 0 ? null : { since, done, problems, stillRunning }
    },
    read() {
      ids = []
    },
    end: () => meta.set('closed-at', String(now())),
  }
}
