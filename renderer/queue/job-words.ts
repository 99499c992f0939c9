import type { JobState } from '../../shared/job'
import type { Job } from '../../shared/job-schema'
import { animatic, type ProviderId } from '../../shared/provider'
import { strings } from '../strings'

const providerNames: Readonly<Record<ProviderId, string>> = { animatic: animatic.name }

/** A provider's name as users know it. */
export function providerName(id: ProviderId): string {
  return providerNames[id]
}

/** How far a job is, 0 to 1; all of it is made once it is being saved. */
export function jobFraction({ state, progress }: Job): number {
  return state === 'downloading' ? 1 : progress
}

/** The one sentence of a job's card. */
export function jobSentence({ state, progress, provider, error }: Job): string {
  const sentences: Readonly<Record<JobState, string>> = {
    waiting: strings.queue.waiting,
    running: strings.queue.running(providerName(provider), Math.floor(progress * 100)),
    downloading: strings.queue.saving,
    failed: error?.message ?? strings.queue.failed,
    cancelled: strings.queue.cancelledText,
    done: '',
  }
  return sentences[state]
}
