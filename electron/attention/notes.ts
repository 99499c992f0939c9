import type { Job } from '../../shared/job-schema'
import { providers } from '../../shared/providers'
import { titleOf } from '../jobs/title'
import { priceOf, words } from './words'

/** A notification. */
export interface Note {
  readonly title: string
  readonly body: string
  /** What a click leads to. */
  readonly job: Job
}

/** How a job ended or stopped, where that is worth a notification. */
export type NewsKind = 'ready' | 'problem'

/** What the present state of a job is worth; undefined for what the user did or need not hear of. */
export function kindOf(job: Pick<Job, 'state' | 'error'>): NewsKind | undefined {
  if (job.state === 'done') return 'ready'
  return markOf(job) === undefined ? undefined : 'problem'
}

/** The notifications about jobs that came to their ends together: at most one of each kind. */
export function notesOf(jobs: readonly Job[]): readonly Note[] {
  const ready = jobs.filter((job) => kindOf(job) === 'ready')
  const problems = jobs.filter((job) => kindOf(job) === 'problem')
  // Problems last: what is shown last lies on top.
  return [
    ...group(ready, readyNote, words.news.readyMany),
    ...group(problems, problemNote, words.news.problemMany),
  ]
}

function group(
  jobs: readonly Job[],
  single: (job: Job) => Note,
  many: (count: number) => string,
): readonly Note[] {
  const job = jobs.at(-1)
  if (!job) return []
  if (jobs.length === 1) return [single(job)]
  return [{ title: many(jobs.length), body: words.news.names(jobs.map(nameOf)), job }]
}

function readyNote(job: Job): Note {
  return {
    title: words.news.ready(nameOf(job)),
    body: words.news.readyBody(providers[job.provider].name, priceOf(job)),
    job,
  }
}

function problemNote(job: Job): Note {
  return {
    title: words.news.problem(markOf(job) ?? words.news.marks.failed, nameOf(job)),
    // The engine's message says what it means for money.
    body: job.error?.message ?? words.news.problemUnsaid,
    job,
  }
}

function markOf({ state, error }: Pick<Job, 'state' | 'error'>): string | undefined {
  const { marks } = words.news
  switch (state) {
    case 'refused':
    case 'failed':
    case 'unknown':
    case 'undelivered':
    case 'expired':
      return marks[state]
    case 'cancelled':
      // Without an error it is the user's own doing.
      return error ? marks.cancelled : undefined
    case 'waiting':
    case 'handing-over':
    case 'submitting':
    case 'running':
    case 'downloading':
    case 'done':
    case 'given-up':
      return undefined
  }
}

/** Longest name in a notification, characters: systems cut titles at about 60, and the words after it are the news. */
const maxName = 44

/** The beginning of the prompt as the beginning of a sentence. */
function nameOf({ recipe }: Job): string {
  if (recipe.prompt.trim() === '') return words.news.unnamed
  const [first = '', ...rest] = Array.from(titleOf(recipe))
  const name = [first.toUpperCase(), ...rest]
  return name.length > maxName ? `${name.slice(0, maxName).join('').trimEnd()}…` : name.join('')
}
