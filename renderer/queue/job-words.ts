import type { JobState } from '../../shared/job'
import type { Job } from '../../shared/job-schema'
import { providers } from '../providers'
import { strings } from '../strings'

/** How far a job is, 0 to 1; all of it is made once it is being saved. */
export function jobFraction({ state, progress }: Job): number {
  return state === 'downloading' ? 1 : progress
}

/** The one sentence of a job's card. */
export function jobSentence({ state, progress, provider, error }: Job): string {
  const sentences: Readonly<Record<JobState, string>> = {
    waiting: strings.queue.waiting,
    running: strings.queue.running(providers[provider].name, Math.floor(progress * 100)),
    downloading: strings.queue.saving,
    failed: error?.message ?? strings.queue.failed,
    cancelled: strings.queue.cancelledText,
    done: '',
  }
  return sentences[state]
}
