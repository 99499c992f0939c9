import type { Wait } from '../../../shared/job-schema'
import { isRemote, type RemoteProviderId } from '../../../shared/provider'
import type { Health } from '../../../shared/provider-status-schema'
import type { QueueState } from '../../../shared/queue-schema'
import type { Library } from '../../library/open'
import { Unreachable, type Problem, type RemoteProvider } from '../../providers/provider'
import { waitOf } from './admission'
import type { BucketStore } from './bucket-store'
import type { Connection, Connections } from '../platforms/connections'
import { guarded } from '../guarded'
import type { HealthBoard } from '../platforms/health'
import type { Ledger } from '../money/ledger'
import type { LimitStore } from '../money/limits'
import type { JobRow } from '../job-row'
import type { Pricing } from '../money/pricing'
import { filesOf } from './recipe-files'
import type { JobTable } from '../store/table'

/** What sending the queue's jobs needs of the outside. */
export interface DispatcherDeps {
  readonly table: Pick<JobTable, 'unfinished'>
  readonly ledger: Pick<Ledger, 'over'>
  readonly limits: LimitStore
  readonly pricing: Pick<Pricing, 'isCurrent' | 'isFresh' | 'standing' | 'renew' | 'untoldUntil'>
  readonly remote: Readonly<Record<RemoteProviderId, RemoteProvider>>
  readonly connections: Connections
  readonly health: HealthBoard
  readonly bucket: Pick<BucketStore, 'downUntil' | 'isConnected'>
  readonly library: Pick<Library, 'id'>
  readonly paused: () => QueueState['paused']
  readonly isOffline: () => boolean
  readonly isDiskLow: () => boolean
  readonly isLibraryThere: () => boolean
  readonly submit: (job: JobRow, provider: RemoteProvider, connection: Connection) => Promise<void>
  /** Why a job waits changed. */
  readonly onWait: (job: JobRow, wait: Wait) => void
  readonly now: () => number
  readonly after: (ms: number, run: () => void) => () => void
  readonly logError: (what: string, error: unknown) => void
}

/** Sends the waiting jobs of remote providers in the order of the queue, as soon as nothing stands in their way. */
export interface Dispatcher {
  readonly wake: () => void
  /** Sends nothing more; settles when every request that is on its way has its answer in the rows. */
  readonly drain: () => Promise<void>
  readonly stop: () => void
}

/** States that take one of the provider's places. Not `unknown`: it may stay for days, and block nobody. */
const takesPlace: ReadonlySet<string> = new Set(['handing-over', 'submitting', 'running'])

/** Out of credit, low disk, offline: looked at again after so long even when nobody tells, milliseconds. */
const lookAgainMs = 30_000

/** Answers of a platform that is not back yet. */
const outages: ReadonlySet<Problem['kind']> = new Set(['upstream', 'unreadable'])

/** Makes the dispatcher. */
export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const { table, limits, pricing, connections, health, now } = deps
  const waits = new Map<string, string>()
  const sending = new Map<string, Promise<void>>()
  /** Those of them that pay. */
  const submitting = new Set<Promise<void>>()
  let cancelTimer: (() => void) | undefined
  let isStopped = false

  const wake = guarded('queue', look, deps)

  function look(): void {
    if (isStopped) return
    cancelTimer?.()
    const all = table.unfinished()
    const waiting = all.filter((job) => job.state === 'waiting' && isRemote(job.provider))
    const ids = new Set(waiting.map(({ id }) => id))
    for (const id of waits.keys()) if (!ids.has(id)) waits.delete(id)
    let until = Number.POSITIVE_INFINITY
    const places = new Map<string, number>()
    for (const job of all) {
      if (takesPlace.has(job.state) || sending.has(job.id))
        places.set(job.provider, (places.get(job.provider) ?? 0) + 1)
    }
    for (const job of waiting) {
      if (sending.has(job.id) || !isRemote(job.provider)) continue
      const connection = connections.current(job.provider)
      const wait = judge(job, job.provider, connection, places.get(job.provider) ?? 0)
      if (wait) {
        told(job, wait)
        if (wait.kind === 'turn' || wait.kind === 'paused' || wait.kind === 'held') continue
        until = Math.min(until, wait.until ?? now() + lookAgainMs)
      } else if (connection) {
        places.set(job.provider, (places.get(job.provider) ?? 0) + 1)
        send(job, job.provider, connection)
      }
    }
    if (Number.isFinite(until)) cancelTimer = deps.after(Math.max(50, until - now()), wake)
  }

  function judge(
    job: JobRow,
    provider: RemoteProviderId,
    connection: Connection | undefined,
    inFlight: number,
  ): Wait | undefined {
    // First what is cheap: nearly always it answers.
    const bucketUntil = deps.bucket.downUntil()
    return waitOf(job, {
      paused: deps.paused(),
      isLibraryOpen: job.library === deps.library.id && deps.isLibraryThere(),
      isOffline: deps.isOffline(),
      isDiskLow: deps.isDiskLow(),
      key: !connection ? 'none' : connections.isRefused(connection.print) ? 'refused' : 'there',
      health: tryable(health.of(provider)),
      bucketUntil: bucketUntil !== null && needsBucket(job, provider) ? bucketUntil : null,
      limits: limits.of(provider),
      inFlight,
      price: pricing.isCurrent(job) ? pricing.standing(job) : 'old',
      priceUntil: pricing.untoldUntil(job),
      over: () => deps.ledger.over(job),
    })
  }

  function needsBucket({ recipe }: JobRow, provider: RemoteProviderId): boolean {
    const { pictures, clips } = deps.remote[provider]
    const isBucketWay = [...pictures, ...clips].some(({ way }) => way === 'bucket')
    return isBucketWay && deps.bucket.isConnected() && filesOf(recipe).length > 0
  }

  /** After its pause a platform is tried again, by a free question when nothing else is there to ask it. */
  function tryable(known: Health): Health {
    return known.kind === 'down' && known.until <= now() ? { kind: 'ok' } : known
  }

  function told(job: JobRow, wait: Wait): void {
    const text = JSON.stringify(wait)
    if (waits.get(job.id) === text) return
    waits.set(job.id, text)
    deps.onWait(job, wait)
  }

  async function probe(provider: RemoteProviderId, { send: ask }: Connection): Promise<void> {
    try {
      const test = await deps.remote[provider].testKey(ask)
      if (test.kind === 'problem' && outages.has(test.problem.kind)) health.failed(provider)
      else health.answered(provider)
    } catch (error) {
      health.failed(provider)
      if (!(error instanceof Unreachable)) throw error
    }
  }

  function send(job: JobRow, provider: RemoteProviderId, connection: Connection): void {
    waits.delete(job.id)
    // With a fresh price the queue judges it again.
    const isDown = health.of(provider).kind === 'down'
    const isReady = !isDown && pricing.isFresh(job)
    const work = () => {
      // A paid request to a platform that is still down would leave everybody in doubt.
      if (isDown) return probe(provider, connection)
      return isReady ? deps.submit(job, deps.remote[provider], connection) : pricing.renew(job)
    }
    const sent = work()
      .catch((error: unknown) => {
        if (!isStopped) deps.logError(`submitting ${job.id}`, error)
      })
      .finally(() => {
        sending.delete(job.id)
        submitting.delete(sent)
        // Also when nothing changed, for example because a cap was reached in between.
        wake()
      })
    sending.set(job.id, sent)
    if (isReady) submitting.add(sent)
  }

  return {
    wake,
    async drain() {
      isStopped = true
      cancelTimer?.()
      // A price may be asked for again at the next start.
      await Promise.all(submitting)
    },
    stop() {
      isStopped = true
      cancelTimer?.()
    },
  }
}
