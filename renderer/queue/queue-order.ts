import { isTerminal, type JobState } from '../../shared/job'
import type { Job } from '../../shared/job-schema'

// Problems on top, then what moves, then what waits. A finished job is a clip in the gallery, not a card.
const ranks: Readonly<Record<JobState, number | null>> = {
  failed: 0,
  downloading: 1,
  running: 1,
  waiting: 2,
  cancelled: 3,
  done: null,
}

/** The jobs that have a card, in the order of the strip; older ones first within a kind. */
export function queueCards(jobs: Iterable<Job>): readonly Job[] {
  const cards = [...jobs].flatMap((job) => {
    const rank = ranks[job.state]
    return rank === null ? [] : [{ job, rank }]
  })
  return cards.toSorted((a, b) => a.rank - b.rank || a.job.createdAt - b.job.createdAt).map(({ job }) => job)
}

/** The jobs that will still become a clip, newest first, as the gallery's front shows them. */
export function cookingJobs(jobs: Iterable<Job>): readonly Job[] {
  return [...jobs].filter(({ state }) => !isTerminal(state)).toSorted((a, b) => b.createdAt - a.createdAt)
}

/** The job whose progress an empty stage shows: the running one, else the first that waits. */
export function jobForStage(jobs: Iterable<Job>): Job | undefined {
  const cooking = cookingJobs(jobs).toReversed()
  return cooking.find(({ state }) => state !== 'waiting') ?? cooking[0]
}
