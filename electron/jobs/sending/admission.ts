import type { Wait } from '../../../shared/job-schema'
import type { Health, Limits } from '../../../shared/provider-status-schema'
import type { QueueState } from '../../../shared/queue-schema'
import type { Over } from '../money/ledger'
import { has, type JobRow } from '../job-row'
import type { Standing } from '../money/pricing'

/** What decides whether a waiting job may go. */
export interface Situation {
  readonly paused: QueueState['paused']
  readonly isLibraryOpen: boolean
  readonly isOffline: boolean
  readonly isDiskLow: boolean
  readonly key: 'none' | 'refused' | 'there'
  readonly health: Health
  /** When the bucket that the job needs is tried again; null while it answers, or is not needed. */
  readonly bucketUntil: number | null
  readonly limits: Limits
  /** Jobs of the provider between hand-over and finish, and those that may be there. */
  readonly inFlight: number
  /** `old`: it is asked for anew before anything is sent, and what it was decides nothing. */
  readonly price: Standing | 'old'
  /** Until when an old price is not asked for, as that was in vain, milliseconds since 1970; null when it may be. */
  readonly priceUntil: number | null
  /** Asked only when it decides: it sums up the ledger. */
  readonly over: () => Over | undefined
}

/** Why a job for a remote provider waits; undefined when it may be handed over now. Pure. */
export function waitOf(job: JobRow, situation: Situation): Wait | undefined {
  const { health, price } = situation
  const because = (kind: Wait['kind'], until: number | null = null): Wait => ({
    kind,
    until,
    overMicros: null,
    cap: null,
  })
  if (has(job, 'held')) return because('held')
  if (!situation.isLibraryOpen) return because('library')
  if (situation.paused !== 'no' || has(job, 'paused')) return because('paused')
  if (situation.key === 'none') return because('no-key')
  if (situation.key === 'refused') return because('key-refused')
  if (price === 'unknown') return because('price')
  if (price === 'dearer') return because('dearer')
  if (situation.isOffline) return because('offline')
  if (health.kind === 'down') return because('provider-down', health.until)
  if (health.kind === 'limited') return because('rate-limited', health.until)
  if (health.kind === 'out-of-credit') return because('out-of-credit')
  if (situation.priceUntil !== null) return because('provider-down', situation.priceUntil)
  if (situation.bucketUntil !== null) return because('bucket', situation.bucketUntil)
  if (situation.isDiskLow) return because('disk')
  if (situation.inFlight >= situation.limits.concurrency) return because('provider-limit')
  const over = has(job, 'allowed') || price === 'old' ? undefined : situation.over()
  return over && { ...because('budget'), ...over }
}
