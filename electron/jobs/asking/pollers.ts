import { isRemote, remoteProviderIds, type RemoteProviderId } from '../../../shared/provider'
import type { RemoteProvider } from '../../providers/provider'
import { has, type JobRow } from '../job-row'
import type { MinuteBudget } from './minute-budget'
import { createPoller, type Poller, type PollerDeps } from './poller'
import type { Submitter } from '../sending/submitter'

/** What asking all platforms needs of the outside. */
export interface PollersDeps extends Omit<
  PollerDeps,
  'provider' | 'budget' | 'repeat' | 'mayRepeat' | 'ahead'
> {
  readonly budgetOf: (provider: RemoteProviderId) => MinuteBudget
  readonly remote: Readonly<Record<RemoteProviderId, RemoteProvider>>
  readonly submitter: Pick<Submitter, 'repeat'>
  /** A platform's clock, milliseconds since 1970; null before its first answer. */
  readonly platformNow: (provider: RemoteProviderId) => number | null
  readonly ahead: (provider: RemoteProviderId) => number
  /** Whether the queue is. */
  readonly isPaused: () => boolean
}

/** A poller for each platform. */
export function createPollers(deps: PollersDeps): Readonly<Record<RemoteProviderId, Poller>> {
  const { remote, submitter } = deps
  const pollers = remoteProviderIds.map((id) => [
    id,
    createPoller({
      ...deps,
      provider: remote[id],
      budget: deps.budgetOf(id),
      // The same key only: another account does not know the intent.
      repeat: (job, connection) =>
        connection.print === job.intent?.keyPrint
          ? submitter.repeat(job, remote[id], connection)
          : Promise.resolve(),
      mayRepeat: (job) => mayRepeat(job, deps),
      ahead: () => deps.ahead(id),
    }),
  ])
  // Object.fromEntries forgets which keys it was given.
  return Object.fromEntries(pollers) as Record<RemoteProviderId, Poller>
}

/** Whether the same submit may go again: only while the platform is sure to know it by its id. */
function mayRepeat(job: JobRow, { remote, platformNow, isPaused }: PollersDeps): boolean {
  const { provider, intent } = job
  if (!isRemote(provider) || !intent || intent.body === '' || intent.platformAt === null || isPaused())
    return false
  // Nor what the user holds, paused, or no longer wants: its first request may never have arrived.
  if (has(job, 'held') || has(job, 'paused') || has(job, 'cancel')) return false
  const idempotentMs = remote[provider].idempotentMs(intent.body)
  const at = platformNow(provider)
  if (idempotentMs === null || at === null) return false
  const age = at - intent.platformAt
  return age >= 0 && age < idempotentMs
}
