import type { Wait } from '../../shared/job-schema'
import { isRemote, type ProviderId, type RemoteProviderId } from '../../shared/provider'
import type { Known } from '../../shared/validate/objection'
import type { Clips } from '../library/clips'
import type { Library } from '../library/open'
import type { RemoteProvider } from '../providers/provider'
import type { Book } from './book'
import type { BucketStore } from './sending/bucket-store'
import type { Connections } from './platforms/connections'
import { createDispatcher, type Dispatcher } from './sending/dispatcher'
import type { HandOver } from './sending/hand-over'
import { createHealthBoard, type HealthBoard } from './platforms/health'
import type { Ledger } from './money/ledger'
import type { LimitStore } from './money/limits'
import { createLookUp, type LookUp } from './asking/look-up'
import type { JobRow } from './job-row'
import { createMinuteBudgets } from './asking/minute-budget'
import { createPlatformClock } from './asking/platform-clock'
import type { Poller } from './asking/poller'
import { createPollers } from './asking/pollers'
import { createPricing, type Pricing } from './money/pricing'
import type { QueueDesk } from './queue-desk'
import type { SubmitLog } from './store/submit-log'
import { createSubmitter } from './sending/submitter'
import type { JobTable } from './store/table'
import { createTakeReading } from './asking/take-reading'
import { watchedConnections } from './asking/watched-connections'

/** What working with the platforms needs of the outside. */
export interface PlatformWorkDeps {
  readonly book: Book
  readonly table: JobTable
  readonly ledger: Ledger
  readonly limits: LimitStore
  readonly queue: Pick<QueueDesk, 'paused' | 'isDiskLow'>
  readonly submitLog: Pick<SubmitLog, 'append'>
  readonly handOver: HandOver
  readonly bucket: BucketStore
  readonly known: Known
  readonly library: Pick<Library, 'id'>
  readonly clips: Pick<Clips, 'get'>
  readonly remote: Readonly<Record<RemoteProviderId, RemoteProvider>>
  readonly connections: Connections
  readonly isLibraryThere: () => boolean
  readonly isOffline: () => boolean
  readonly isStopped: () => boolean
  readonly isDraining: () => boolean
  /** Progress from 0 to 1. */
  readonly onProgress: (job: JobRow, progress: number) => void
  readonly onWait: (job: JobRow, wait: Wait) => void
  /** How a platform answers, or takes its key, has changed. */
  readonly onProvider: (provider: RemoteProviderId) => void
  readonly now: () => number
  /** Milliseconds of a clock that nobody can set. */
  readonly uptime: () => number
  readonly after: (ms: number, run: () => void) => () => void
  readonly random: () => number
  readonly logError: (what: string, error: unknown) => void
}

/** Everything that speaks with the platforms, from the price to the platform's last word. */
export interface PlatformWork {
  readonly health: HealthBoard
  /** What every request to a platform goes through: it counts, and tells the platform's time. */
  readonly connections: Connections
  readonly pricing: Pricing
  readonly lookUp: LookUp
  readonly dispatcher: Dispatcher
  readonly pollers: Readonly<Record<RemoteProviderId, Poller>>
}

/** Puts it together: one health board, one clock and one budget for each platform, which all requests go by. */
export function createPlatformWork(deps: PlatformWorkDeps): PlatformWork {
  const { remote, library, queue, now, isStopped } = deps
  const health = createHealthBoard({ ...deps, onChange: deps.onProvider })
  const platformClock = createPlatformClock(deps.uptime)
  const budgetOf = createMinuteBudgets((id) => remote[id].cadence.requestsPerMinute, deps.uptime)
  const connections = watchedConnections(deps.connections, {
    asked: (provider) => budgetOf(provider).spend(),
    answered: platformClock.answered,
  })
  const ahead = (provider: ProviderId): number => {
    const at = isRemote(provider) ? platformClock.now(provider) : null
    return at === null ? 0 : at - now()
  }
  /** What all parts below share. */
  const common = {
    ...deps,
    log: deps.submitLog,
    connections,
    health,
    platformNow: platformClock.now,
    isPaused: () => queue.paused() !== 'no',
    onKeyRefused(provider: RemoteProviderId, print: string) {
      connections.refused(print)
      deps.onProvider(provider)
    },
  }
  const take = createTakeReading({
    ...common,
    onProgress: (job, fraction) => {
      if (fraction !== null) deps.onProgress(job, fraction)
    },
    isHere: (job) => job.library === library.id,
    hasClip: (job) => job.library === library.id && deps.clips.get(job.id) !== undefined,
  })
  const lookUp = createLookUp({ ...common, take, ahead })
  const pricing = createPricing(common)
  const submitter = createSubmitter({
    ...common,
    pricing,
    onKeyAccepted: connections.accepted,
    isCurrent: (id, print) => connections.current(id)?.print === print,
    // Draining, too: what is still being handed over goes back to the queue at the next start.
    isStopped: () => isStopped() || deps.isDraining(),
  })
  return {
    health,
    connections,
    pricing,
    lookUp,
    pollers: createPollers({ ...common, budgetOf, lookUp, take, submitter, ahead }),
    dispatcher: createDispatcher({
      ...common,
      pricing,
      paused: queue.paused,
      isDiskLow: queue.isDiskLow,
      submit: submitter.submit,
    }),
  }
}
