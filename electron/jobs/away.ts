import { isPaidInFlight, type JobState } from '../../shared/job'
import type { QueueState } from '../../shared/queue-schema'
import type { JobRow } from './job-row'
import type { Meta } from './store/meta'
import type { JobTable } from './store/table'

/** What became of the paid jobs that were at work when Inbetween was closed. */
export interface Away {
  readonly begin: () => void
  /** True when the counts changed. */
  readonly changed: (job: JobRow) => boolean
  readonly state: () => QueueState['away']
  readonly read: () => void
  readonly end: () => void
}

/**
 * What ends later than this after the start, milliseconds, is news of its own and shown as such: platforms are asked at
 * once, and what they finished in between is here within minutes.
 */
const lateMs = 15 * 60_000

/** Ends that the user chose. */
const chosen: ReadonlySet<JobState> = new Set(['cancelled', 'given-up'])

/** Makes the count; nothing is told when nothing was at work. */
export function createAway(deps: {
  readonly table: Pick<JobTable, 'unfinished' | 'get'>
  readonly meta: Meta
  readonly now: () => number
}): Away {
  const { table, meta, now } = deps
  let since = 0
  let startedAt = 0
  let ids: readonly string[] = []

  return {
    begin() {
      startedAt = now()
      since = Number(meta.get('closed-at') ?? now())
      ids = table
        .unfinished()
        .filter(({ state, intent }) => intent !== null && isPaidInFlight(state))
        .map(({ id }) => id)
    },
    changed({ id, state }) {
      if (!ids.includes(id)) return false
      if (!isPaidInFlight(state) && now() - startedAt > lateMs) ids = ids.filter((other) => other !== id)
      return true
    },
    state() {
      if (ids.length === 0) return null
      const states = ids.flatMap((id) => table.get(id)?.state ?? [])
      const done = states.filter((state) => state === 'done').length
      const stillRunning = states.filter(isPaidInFlight).length
      const problems = states.filter((state) => !chosen.has(state)).length - done - stillRunning
      // While everything still runs there is nothing to tell.
      return done + problems === 0 ? null : { since, done, problems, stillRunning }
    },
    read() {
      ids = []
    },
    end: () => meta.set('closed-at', String(now())),
  }
}
