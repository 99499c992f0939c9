import type { Recipe } from '../../../shared/recipe-schema'
import type { JobRow } from '../job-row'

/** When a job is asked for next, and what is remembered of asking. */
export interface Due {
  /** By the clock that nobody can set, milliseconds. */
  at: number
  /** What it was looked for or asked for as: found again, it is asked for at once. */
  readonly isLost: boolean
  missingSince: number | null
  cancelledAt: number | null
  /** Searches that proved nothing, and are no "no trace" either: several with our very input, or an endless list. */
  vain: number
}

/** When each job of one provider is due. */
export interface PollSchedule {
  /** Milliseconds between two questions about the job. */
  readonly interval: (job: JobRow) => number
  readonly dueOf: (job: JobRow) => Due
  /** The job, as it is now, is due after its interval. */
  readonly later: (job: JobRow) => void
  /** Forgets all others. */
  readonly keepOnly: (jobs: readonly JobRow[]) => void
}

/** Waits between searches for a lost submit, milliseconds since the one before: three within ten minutes, then rarely. */
const lookUpWaitsMs = [1_500, 30_000, 120_000, 480_000, 3_600_000] as const
/** How often a clip that is not delivered is asked for, milliseconds. */
const undeliveredMs = 600_000
/** How often a platform is asked with a key that it refused, milliseconds: it may be taken again. */
const refusedKeyMs = 300_000

/** Makes the schedule. `random` in [0, 1) spreads the questions of many jobs. */
export function createPollSchedule(deps: {
  readonly intervalMs: (ageMs: number, recipe: Recipe) => number
  readonly isRefused: (job: JobRow) => boolean
  readonly onNew: () => void
  readonly get: (id: string) => JobRow | undefined
  readonly now: () => number
  readonly uptime: () => number
  readonly random: () => number
}): PollSchedule {
  const { now, uptime } = deps
  const dueById = new Map<string, Due>()

  function interval(job: JobRow): number {
    if (job.state === 'undelivered') return undeliveredMs
    if (isLost(job)) {
      const searches = job.lookUps + (dueById.get(job.id)?.vain ?? 0)
      return lookUpWaitsMs[Math.min(searches, lookUpWaitsMs.length - 1)] ?? 0
    }
    if (deps.isRefused(job)) return refusedKeyMs
    const age = Math.max(0, now() - (job.submittedAt ?? job.createdAt))
    return deps.intervalMs(age, job.recipe) * (0.9 + deps.random() / 5)
  }

  function firstAt(job: JobRow): number {
    // Its link has just failed many times: at once would be for ever.
    if (job.state === 'undelivered') {
      return uptime() + Math.min(undeliveredMs, Math.max(0, job.updatedAt + undeliveredMs - now()))
    }
    return uptime() + (job.lookUps === 0 && isLost(job) ? interval(job) : 0)
  }

  function dueOf(job: JobRow): Due {
    const known = dueById.get(job.id)
    if (known?.isLost === isLost(job)) return known
    const made = { at: firstAt(job), isLost: isLost(job), missingSince: null, cancelledAt: null, vain: 0 }
    dueById.set(job.id, made)
    deps.onNew()
    return made
  }

  return {
    interval,
    dueOf,
    later(job) {
      const current = deps.get(job.id)
      if (current) dueOf(current).at = uptime() + interval(current)
    },
    keepOnly(jobs) {
      const ids = new Set(jobs.map(({ id }) => id))
      for (const id of dueById.keys()) if (!ids.has(id)) dueById.delete(id)
    },
  }
}

/** Its remote id is not known: it has to be looked for. */
export function isLost({ state }: JobRow): boolean {
  return state === 'unknown' || state === 'given-up'
}
