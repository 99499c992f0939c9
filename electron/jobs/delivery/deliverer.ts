import { createDelivery, type DeliveryDeps } from './delivery'
import { createDeliveryFailures, troublePauseMs, type DeliveryFailureDeps } from './delivery-failure'
import { guarded } from '../guarded'
import type { JobRow } from '../job-row'
import type { JobTable } from '../store/table'

/** What fetching finished clips needs of the outside. */
export interface DelivererDeps extends Omit<DeliveryDeps, 'isStopped'>, DeliveryFailureDeps {
  readonly table: Pick<JobTable, 'get' | 'unfinished'>
  readonly isOffline: () => boolean
  /** Milliseconds of a clock that nobody can set: pauses go by it. */
  readonly uptime: () => number
  readonly after: (ms: number, run: () => void) => () => void
}

/** Fetches and saves finished clips, a few at a time. */
export interface Deliverer {
  readonly wake: () => void
  readonly stop: () => void
}

/** More at once only share the same line. */
const atOnce = 4

/** Makes the deliverer. */
export function createDeliverer(deps: DelivererDeps): Deliverer {
  const { table, uptime } = deps
  const { isHere } = deps.parts
  const failures = createDeliveryFailures(deps)
  const fetchAndSave = createDelivery({ ...deps, isStopped: () => isStopped })
  const running = new Map<string, AbortController>()
  const pausedUntil = new Map<string, number>()
  let cancelTimer: (() => void) | undefined
  let isStopped = false

  const wake = guarded('downloads', look, deps)

  function look(): void {
    if (isStopped) return
    const waiting = table
      .unfinished()
      .filter(
        (job) =>
          job.state === 'downloading' &&
          !running.has(job.id) &&
          (isHere(job) || !job.result?.fetched) &&
          !(deps.isOffline() && isAtThePlatform(job)),
      )
      // Links that were given first die first.
      .toSorted((a, b) => (a.result?.at ?? 0) - (b.result?.at ?? 0))
    // Once: what is not ready by one time must not be past by the next, for nobody would come back for it.
    const time = uptime()
    const ready = waiting.filter(({ id }) => (pausedUntil.get(id) ?? 0) <= time)
    for (const job of ready.slice(0, atOnce - running.size)) {
      const abort = new AbortController()
      running.set(job.id, abort)
      void deliver(job.id, abort.signal)
    }
    cancelTimer?.()
    const next = Math.min(...waiting.map(({ id }) => pausedUntil.get(id) ?? 0).filter((at) => at > time))
    if (Number.isFinite(next)) cancelTimer = deps.after(next - time, wake)
  }

  async function deliver(id: string, signal: AbortSignal): Promise<void> {
    try {
      const job = table.get(id)
      pausedUntil.delete(id)
      if (job?.state === 'downloading') {
        if (isHere(job) && !(await deps.isLibraryThere())) pause(id, troublePauseMs)
        else await fetchAndSave(job, signal)
      }
      failures.forget(id)
    } catch (error) {
      if (!isStopped) await failed(id, error)
    } finally {
      running.delete(id)
      wake()
    }
  }

  async function failed(id: string, error: unknown): Promise<void> {
    try {
      pause(id, await failures.judge(id, error))
    } catch (second) {
      // Not even the failure could be written down.
      deps.logError(`fetching ${id}`, second)
      pause(id, troublePauseMs)
    }
  }

  function pause(id: string, ms: number | null): void {
    if (ms !== null) pausedUntil.set(id, uptime() + ms)
  }

  return {
    wake,
    stop() {
      isStopped = true
      cancelTimer?.()
      for (const abort of running.values()) abort.abort()
    },
  }
}

/** Its bytes are not all here yet. */
function isAtThePlatform({ result, clip }: JobRow): boolean {
  return result !== null && result.fetched === null && clip === null
}
