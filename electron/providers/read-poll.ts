import { isGood } from './answer'
import { isFields, parseJson, type Fields } from './json'
import { readProblem, unreadable } from './problem'
import type { ApiAnswer, ListReading, ListedJob, PollReading } from './provider'

/** What the answer about one job means, when `read` understands its JSON; null from it means unreadable. */
export function readPollAnswer(answer: ApiAnswer, read: (job: Fields) => PollReading | null): PollReading {
  const { status, text } = answer
  const json = parseJson(text)
  // A page of a gateway in between says nothing about the job, whatever its status.
  if (status === 404 && isFields(json)) return { kind: 'missing' }
  if (!isGood(answer)) {
    const problem = status === 404 ? unreadable(answer) : readProblem(answer)
    return { kind: 'problem', problem }
  }
  const reading = isFields(json) ? read(json) : null
  return reading ?? { kind: 'problem', problem: unreadable(answer) }
}

/** How many jobs are asked for at once: whole, one at least, and no more than fit on a page of the platform's. */
export function pageSize(wanted: number, most: number): number {
  return Math.min(most, Math.max(1, Math.trunc(wanted)))
}

/** One page of a job list; `pick` finds the jobs in its JSON. Jobs that `read` cannot understand are left out. */
export function readListAnswer(
  answer: ApiAnswer,
  pick: (page: Fields) => {
    readonly jobs: unknown
    readonly next: string | null
    /** What the platform says of further pages, where it says anything. */
    readonly hasMore?: unknown
  },
  read: (job: Fields) => ListedJob | null,
): ListReading {
  if (!isGood(answer)) return { kind: 'problem', problem: readProblem(answer) }
  const json = parseJson(answer.text)
  const page = isFields(json) ? pick(json) : null
  if (page === null || !Array.isArray(page.jobs)) return { kind: 'problem', problem: unreadable(answer) }
  const jobs = page.jobs.filter(isFields).flatMap((job) => read(job) ?? [])
  // More without a way to it is no end: the rest cannot be had.
  const isEnd = page.next === null && page.hasMore !== true
  return { kind: 'page', jobs, next: page.next, isEnd }
}
