import { isTerminal, type JobState } from '../../shared/job'
import type { Job, JobId } from '../../shared/job-schema'
import { isInLine } from './job-actions'

/** What stands first in the strip: paid work that needs the user, other problems, what moves, what waits, what ended. */
type Rank = 0 | 1 | 2 | 3 | 4

const ranks: Readonly<Record<Exclude<JobState, 'waiting' | 'given-up' | 'done'>, Rank>> = {
  unknown: 0,
  undelivered: 0,
  expired: 0,
  failed: 1,
  refused: 1,
  downloading: 2,
  running: 2,
  submitting: 2,
  'handing-over': 2,
  cancelled: 4,
}

/** The jobs that have a card, in the order of the strip; a finished one only while it is `recent`. */
export function queueCards(jobs: Iterable<Job>, recent: ReadonlySet<JobId> = new Set()): readonly Job[] {
  const cards = [...jobs].flatMap((job) => {
    const rank = rankOf(job, recent)
    return rank === null ? [] : [{ job, rank }]
  })
  return cards
    .toSorted(
      (a, b) => a.rank - b.rank || placeOf(a.job) - placeOf(b.job) || a.job.createdAt - b.job.createdAt,
    )
    .map(({ job }) => job)
}

/** The waiting jobs whose order the user can change, first to be sent first. */
export function jobsInLine(jobs: Iterable<Job>): readonly Job[] {
  return queueCards([...jobs].filter(isInLine))
}

/** The jobs that wait for the user's word or have gone wrong, in the order of the strip. */
export function jobsNeedingUser(jobs: Iterable<Job>): readonly Job[] {
  return queueCards([...jobs].filter((job) => (rankOf(job, new Set()) ?? 2) < 2))
}

/** What to look at first after a while: what needs the user, else what was done last. */
export function newsOf(jobs: Iterable<Job>): Job | undefined {
  const all = [...jobs]
  const [first] = jobsNeedingUser(all)
  return first ?? all.filter(({ state }) => state === 'done').toSorted((a, b) => b.updatedAt - a.updatedAt)[0]
}

/** The jobs that will still become a clip, newest first, as the gallery's front shows them. */
export function cookingJobs(jobs: Iterable<Job>): readonly Job[] {
  return [...jobs].filter(({ state }) => !isTerminal(state)).toSorted((a, b) => b.createdAt - a.createdAt)
}

/** The job whose progress an empty stage shows: one that moves, else the first that waits. */
export function jobForStage(jobs: Iterable<Job>): Job | undefined {
  const all = [...jobs]
  return queueCards(all.filter(({ state }) => isMoving(state)))[0] ?? jobsInLine(all)[0]
}

function rankOf(job: Job, recent: ReadonlySet<JobId>): Rank | null {
  if (job.state === 'waiting') return isInLine(job) ? 3 : 1
  if (job.state === 'given-up') return job.remoteId === null ? 4 : 0
  if (job.state === 'done') return recent.has(job.id) ? 2 : null
  return ranks[job.state]
}

/** Only what is in line has a place the user gave it. */
function placeOf(job: Job): number {
  return isInLine(job) ? job.position : 0
}

function isMoving(state: JobState): boolean {
  return state === 'handing-over' || state === 'submitting' || state === 'running' || state === 'downloading'
}
