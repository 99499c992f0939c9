import type { JobState } from '../../shared/job'
import { isRemote } from '../../shared/provider'
import type { QueueState } from '../../shared/queue-schema'
import { createAway } from './away'
import { has, type JobRow } from './job-row'
import type { Meta } from './store/meta'
import { createPauses } from './pauses'
import type { JobTable } from './store/table'

/** How the queue as a whole stands: what the window shows above it, and what lets its jobs go. */
export interface QueueDesk {
  readonly state: () => QueueState
  readonly paused: () => QueueState['paused']
  readonly isDiskLow: () => boolean
  readonly tell: () => void
  readonly setPaused: (paused: boolean) => void
  readonly awayRead: () => void
  /** Bytes that are left when they are few, else null; false when that is known already. */
  readonly setLowDisk: (free: number | null) => boolean
  /** A job has changed. */
  readonly changed: (after: JobRow, before: JobRow | undefined) => void
  /** A session starts; before its jobs are taken up. */
  readonly begin: (isRestored: boolean) => void
  /** The session ends in order. */
  readonly end: () => void
}

/** Before the answer to a submit: what an unclean end must not let go on unwatched. */
const unsentStates: readonly JobState[] = ['waiting', 'handing-over', 'submitting']

/** Makes the state of the queue. */
export function createQueueDesk(deps: {
  readonly table: Pick<JobTable, 'get' | 'unfinished'>
  readonly meta: Meta
  readonly now: () => number
  readonly isOffline: () => boolean
  readonly onQueue: (queue: QueueState) => void
}): QueueDesk {
  const { table, meta } = deps
  const pauses = createPauses(meta)
  const away = createAway(deps)
  let lowDiskBytes: number | null = null

  const state = (): QueueState => ({
    paused: pauses.state(),
    offline: deps.isOffline(),
    lowDiskBytes,
    held: table.unfinished().filter((job) => job.state === 'waiting' && has(job, 'held')).length,
    away: away.state(),
  })
  const tell = () => deps.onQueue(state())

  return {
    state,
    paused: pauses.state,
    isDiskLow: () => lowDiskBytes !== null,
    tell,
    setPaused(paused) {
      pauses.set(paused)
      tell()
    },
    awayRead() {
      away.read()
      tell()
    },
    setLowDisk(free) {
      if (free === lowDiskBytes) return false
      lowDiskBytes = free
      tell()
      return true
    },
    changed(after, before) {
      const wasHeld = before !== undefined && has(before, 'held')
      if (away.changed(after) || has(after, 'held') !== wasHeld) tell()
    },
    begin(isRestored) {
      away.begin()
      const hasUnsent = table
        .unfinished()
        .some((job) => isRemote(job.provider) && unsentStates.includes(job.state))
      pauses.begin({ isRestored, hasUnsent })
    },
    end() {
      pauses.end()
      away.end()
    },
  }
}
