import type { Job } from '../../shared/job-schema'
import type { Spend } from '../../shared/money-schema'
import type { ProviderStatus } from '../../shared/provider-status-schema'
import { providers } from '../../shared/providers'

/** A look-up that the user asked for: under way, without a trace, or without an answer that settles it. */
export type Check = 'asking' | 'not-there' | 'uncertain'

/** What the words of a card take from outside its job. */
export interface JobFacts {
  /** Milliseconds since 1970. */
  readonly now: number
  /** Jobs between submit and finish at its provider. */
  readonly busy: number
  /** Its provider as it stands; undefined until the main process has told. */
  readonly status: ProviderStatus | undefined
  readonly spend: Spend | null
  /** What “Check again” is at, or what it found a moment ago; undefined when it was not pressed. */
  readonly check?: Check | undefined
}

/** How many jobs are between submit and finish at the provider of this one. */
export function busyBeside(job: Job, jobs: Iterable<Job>): number {
  return [...jobs].filter(
    ({ provider, state }) => provider === job.provider && (state === 'submitting' || state === 'running'),
  ).length
}

/** The usual wait at the job's provider in milliseconds: the user's own, else the platform's word; null without one. */
export function usualWait(
  { provider }: Pick<Job, 'provider'>,
  { status }: Pick<JobFacts, 'status'>,
): number | null {
  return status?.usualWaitMs ?? providers[provider].listedWaitMs
}

/** Whether the words of a job change with the clock alone. */
export function hasClock({ state, wait, submittedAt }: Job): boolean {
  if (state === 'waiting') return typeof wait?.until === 'number'
  return state === 'running' && submittedAt !== null
}
