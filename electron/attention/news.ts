import type { JobState } from '../../shared/job'
import type { Job, JobId } from '../../shared/job-schema'
import { kindOf, notesOf, type Note } from './notes'

/** What comes within this time is told as one, milliseconds: a batch often ends together. */
const togetherMs = 2000

/** What telling the news needs. */
export interface NewsDeps {
  /** Whether the user looks at the window: then it tells by itself. */
  readonly isInFront: () => boolean
  /** Calls back after the given milliseconds; returns the function that takes it back. */
  readonly after: (ms: number, run: () => void) => () => void
  readonly tell: (note: Note) => void
  /** How many problems came while the user looked elsewhere, and still stand. */
  readonly onProblems: (count: number) => void
}

/** What happened while the user looked elsewhere. */
export interface News {
  /** Takes every change of every job. The first word of a job is where it stands, not news. */
  readonly changed: (job: Job) => void
  /** The user looks at the window again. */
  readonly seen: () => void
  readonly stop: () => void
}

/** Decides what is told, and tells each state of a job once. */
export function createNews({ isInFront, after, tell, onProblems }: NewsDeps): News {
  const states = new Map<JobId, JobState>()
  const told = new Set<string>()
  const pending = new Map<JobId, Job>()
  const problems = new Set<JobId>()
  let stopTimer: (() => void) | undefined

  function flush(): void {
    stopTimer = undefined
    const jobs = [...pending.values()]
    pending.clear()
    for (const note of notesOf(jobs)) tell(note)
  }

  function forget(): void {
    stopTimer?.()
    stopTimer = undefined
    pending.clear()
  }

  return {
    changed(job) {
      const before = states.get(job.id)
      if (before === job.state) return
      states.set(job.id, job.state)
      // It has gone on: an older word about it is out of date.
      pending.delete(job.id)
      if (problems.delete(job.id)) onProblems(problems.size)
      const kind = kindOf(job)
      if (before === undefined || kind === undefined || isInFront()) return
      if (kind === 'problem') {
        problems.add(job.id)
        onProblems(problems.size)
      }
      // A clip that is asked for again and again comes back to the same state.
      const key = `${job.id} ${job.state}`
      if (told.has(key)) return
      told.add(key)
      pending.set(job.id, job)
      stopTimer ??= after(togetherMs, flush)
    },
    seen() {
      forget()
      if (problems.size === 0) return
      problems.clear()
      onProblems(0)
    },
    stop: forget,
  }
}
