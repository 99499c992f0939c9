import type { Clip } from '../../shared/clip-schema'
import type { ErrorShape } from '../../shared/error'
import { isTerminal } from '../../shared/job'
import type { Job } from '../../shared/job-schema'

/** A job as it lies in the table: with what the window need not know. */
export interface JobRow extends Omit<Job, 'progress' | 'clipId'> {
  readonly library: string
  readonly attempts: number
  /** Set from `downloading` on: the clip it becomes, with its planned file. */
  readonly clip: Clip | null
}

/** What happens to a job. */
export type JobEvent =
  | { readonly kind: 'started' }
  | { readonly kind: 'made'; readonly clip: Clip }
  | { readonly kind: 'planned'; readonly clip: Clip }
  | { readonly kind: 'saved' }
  | { readonly kind: 'failed'; readonly error: ErrorShape }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'lost' }

/** Most runs of one job: a picture that crashes the program must not do so at every start. */
export const maxAttempts = 3

/**
 * The job after the event; undefined when the event does not fit its state and nothing changes. Pure: the caller
 * writes the result down before acting on it.
 */
export function transition(job: JobRow, event: JobEvent, now: number): JobRow | undefined {
  if (isTerminal(job.state)) return undefined
  const to = (change: Partial<JobRow>): JobRow => ({ ...job, ...change, updatedAt: now })
  switch (event.kind) {
    case 'started':
      if (job.state !== 'waiting') return undefined
      return to({ state: 'running', attempts: job.attempts + 1 })
    case 'made':
      return job.state === 'running' ? to({ state: 'downloading', clip: event.clip }) : undefined
    case 'planned':
      return job.state === 'downloading' ? to({ clip: event.clip }) : undefined
    case 'saved':
      return job.state === 'downloading' ? to({ state: 'done' }) : undefined
    case 'failed':
      return to({ state: 'failed', error: event.error, clip: null })
    case 'cancelled':
      // Once made, the clip is kept: saving takes a moment and throwing it away would surprise.
      return job.state === 'downloading' ? undefined : to({ state: 'cancelled' })
    case 'stopped':
      // Quitting is no fault of the job's: the attempt does not count.
      return job.state === 'running' ? to({ state: 'waiting', attempts: job.attempts - 1 }) : undefined
    case 'interrupted':
      return job.state === 'running' ? again(job, to, 'Inbetween ended unexpectedly') : undefined
    case 'lost':
      return job.state === 'downloading' ? again(job, to, 'The finished file went missing') : undefined
  }
}

/** Back to the queue, or failed when that was tried often enough. A local provider's work is free to repeat. */
function again(job: JobRow, to: (change: Partial<JobRow>) => JobRow, what: string): JobRow {
  if (job.attempts < maxAttempts) return to({ state: 'waiting', clip: null })
  return to({
    state: 'failed',
    clip: null,
    error: {
      code: 'media-failed',
      message: `${what} ${job.attempts} times while this clip was made. Nothing was charged. Run it again, or try other pictures.`,
    },
  })
}

/** What the window sees of a job. */
export function toJob(
  { library: _library, attempts: _attempts, clip, ...job }: JobRow,
  progress: number,
): Job {
  return { ...job, progress, clipId: job.state === 'done' && clip ? clip.id : null }
}
