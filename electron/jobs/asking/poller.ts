import type { RemoteProviderId } from '../../../shared/provider'
import { Unreachable, type JobListing, type PollReading, type RemoteProvider } from '../../providers/provider'
import type { Book } from '../book'
import { createCancelWish } from './cancel-wish'
import type { Connection, Connections } from '../platforms/connections'
import { guarded } from '../guarded'
import type { HealthBoard } from '../platforms/health'
import { createInquiry, type Inquiry } from './inquiry'
import { createJobConnections } from './job-connections'
import { readJobList, type Asking } from './job-list'
import { jobsToAsk } from './jobs-to-ask'
import { clockMarginMs, submittedAt, type LookUp } from './look-up'
import type { JobRow } from '../job-row'
import type { MinuteBudget } from './minute-budget'
import { createPollNews } from './poll-news'
import { createPollSchedule, isLost } from './poll-schedule'
import { createSeeker } from './seeker'
import type { JobTable } from '../store/table'
import { problem, type TakeReading } from './take-reading'

/** What polling one provider needs of the outside. */
export interface PollerDeps {
  readonly provider: RemoteProvider
  readonly book: Book
  readonly table: Pick<JobTable, 'get' | 'unfinished' | 'watched' | 'byRemoteId' | 'saveAnswer'>
  /** Every request counts itself in the budget. */
  readonly connections: Connections
  readonly budget: Pick<MinuteBudget, 'hasRoom' | 'freeAt'>
  readonly health: HealthBoard
  readonly lookUp: LookUp
  readonly take: TakeReading
  readonly onKeyRefused: (provider: RemoteProviderId, print: string) => void
  /** Sends the same submit again, where that is harmless and allowed now. */
  readonly repeat: (job: JobRow, connection: Connection) => Promise<void>
  readonly mayRepeat: (job: JobRow) => boolean
  readonly isOffline: () => boolean
  readonly now: () => number
  /** Milliseconds of a clock that nobody can set: what is due goes by it. */
  readonly uptime: () => number
  /** How far the platform's clock is ahead of ours, milliseconds. */
  readonly ahead: () => number
  readonly after: (ms: number, run: () => void) => () => void
  readonly random: () => number
  readonly logError: (what: string, error: unknown) => void
}

/** Asks one platform about its jobs: through its list where several are due, one by one otherwise. */
export interface Poller extends Inquiry {
  /** Something changed: jobs, keys, the network. */
  readonly wake: () => void
  /** The job is asked for now, and looked for when its outcome is unknown. */
  readonly now: (id: string) => Promise<void>
  readonly stop: () => void
}

/** From so many due jobs on, one page of the list is cheaper than single questions. */
const listFrom = 3
/** Jobs due within this part of their interval are asked for together. */
const slack = 0.3
/** Makes the poller of one provider. */
export function createPoller(deps: PollerDeps): Poller {
  const { provider, table, budget, health, now, uptime } = deps
  const jobConnections = createJobConnections(deps)
  const { of: connectionFor } = jobConnections
  const schedule = createPollSchedule({
    intervalMs: provider.cadence.intervalMs,
    isRefused: jobConnections.isRefused,
    // New jobs are on the first page: the list is worth another try.
    onNew: () => (listCost = 0),
    get: table.get,
    now,
    uptime,
    random: deps.random,
  })
  const { dueOf, later } = schedule
  /** Requests that the last reading of the list took, with the questions about jobs that it did not reach. */
  let listCost = 0
  let cancelTimer: (() => void) | undefined
  let isBusy = false
  let isStopped = false
  const asking: Asking = { health, onKeyRefused: deps.onKeyRefused, mayAsk: budget.hasRoom }
  const told = createPollNews({ ...deps, schedule })
  const sendWish = createCancelWish({ provider, schedule, uptime })
  const seeker = createSeeker({
    ...deps,
    schedule,
    asking,
    jobConnections,
    told,
    isStopped: () => isStopped,
  })

  const mine = () => jobsToAsk(table, provider.id, now())
  const wake = guarded(`polling ${provider.name}`, plan, deps)

  function plan(): void {
    if (isStopped) return
    cancelTimer?.()
    cancelTimer = undefined
    // Whatever changed is seen when the round is over.
    if (isBusy) return
    const jobs = deps.isOffline() ? [] : mine()
    schedule.keepOnly(jobs)
    if (jobs.length === 0) return
    const first = Math.min(...jobs.map((job) => dueOf(job).at))
    const wait = Math.max(first, budget.freeAt()) - uptime()
    cancelTimer = deps.after(Math.max(0, wait, health.askAgainInMs(provider.id)), () => void tick())
  }

  async function tick(): Promise<void> {
    if (isBusy || isStopped) return
    isBusy = true
    try {
      const due = mine().filter((job) => dueOf(job).at <= uptime() + slack * schedule.interval(job))
      // Whoever waits longest comes first: the requests of this minute may not do for all.
      await ask(due.toSorted((a, b) => dueOf(a).at - dueOf(b).at))
    } catch (error) {
      if (!isStopped) deps.logError(`polling ${provider.name}`, error)
    } finally {
      isBusy = false
    }
    wake()
  }

  async function ask(jobs: readonly JobRow[]): Promise<void> {
    // By fingerprint: a connection is made anew each time it is asked for.
    for (const group of Map.groupBy(jobs, (job) => connectionFor(job)?.print).values()) {
      const connection = group[0] && connectionFor(group[0])
      if (connection) await reaching(group, () => askGroup(connection, group))
      // Without a key nothing can be asked; a new key wakes the poller.
      else for (const job of group) later(job)
    }
  }

  async function reaching(jobs: readonly JobRow[], work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      health.failed(provider.id)
      for (const job of jobs) later(job)
    }
  }

  async function askGroup(connection: Connection, group: readonly JobRow[]): Promise<void> {
    for (const job of group) await sendWish(job, connection)
    const lost = group.filter(isLost)
    const single = group.filter((job) => !isLost(job))
    const { list } = provider
    const isListed = lost.length > 0 || single.length >= Math.max(listFrom, listCost + 1)
    const seen = list && isListed ? await askList(list, connection, single, lost) : new Set<string>()
    if (!list) for (const job of lost) await seeker.byIntent(job, connection)
    for (const job of single) {
      if (seen.has(job.id) || isStopped || health.askAgainInMs(provider.id) > 0) continue
      // It stays due, and is among the first once there is a request to spare.
      if (!budget.hasRoom()) return
      later(job)
      await askOne(connection, job)
    }
  }

  /** The ids of the jobs that the list told of: also of those that are not due, which cost nothing more. */
  async function askList(
    list: JobListing,
    connection: Connection,
    single: readonly JobRow[],
    lost: readonly JobRow[],
  ): Promise<ReadonlySet<string>> {
    const running = mine().filter(
      (job) => job.state === 'running' && connectionFor(job)?.print === connection.print,
    )
    const known = new Map(
      [...running, ...single].flatMap((job) => (job.remoteId === null ? [] : [[job.remoteId, job]])),
    )
    const unseen = new Set(single.map(({ remoteId }) => remoteId))
    const listing = await readJobList(asking, provider.id, list, connection, {
      since: () =>
        Math.min(...[...single, ...lost].map((job) => submittedAt(job, deps.ahead()))) - clockMarginMs,
      // A lost job may lie below many of others: full pages get there.
      count: lost.length > 0 ? list.page : known.size,
      isEnough(page, pages) {
        for (const { remoteId } of page) unseen.delete(remoteId)
        // Reading on while more is missing than was read: never more than twice the requests of the cheaper way.
        return lost.length === 0 && unseen.size <= pages
      },
    })
    if (isStopped) return new Set()
    if (listing.pages > 0) listCost = listing.pages + unseen.size
    const seen = new Set<string>()
    for (const { remoteId, reading } of listing.jobs) {
      const job = known.get(remoteId)
      if (!job || seen.has(job.id)) continue
      // An end is asked for once more by itself: that answer is kept.
      if (isEnd(reading)) continue
      seen.add(job.id)
      later(job)
      told(job, reading, connection)
    }
    for (const job of lost) {
      later(job)
      await seeker.inList(job, listing, connection)
      later(job)
    }
    return seen
  }

  async function askOne(connection: Connection, job: JobRow): Promise<void> {
    if (job.remoteId === null) return
    const answer = await connection.send(provider.pollRequest(job.remoteId))
    if (isStopped) return
    const reading = provider.readPoll(answer, job.remoteId)
    if (reading.kind === 'problem') {
      problem(asking, connection.print, reading.problem, provider)
      return
    }
    jobConnections.answered(connection)
    if (reading.kind !== 'running') table.saveAnswer(job.id, connection.clean(answer.text))
    told(job, reading, connection)
  }

  return {
    wake,
    async now(id) {
      const job = table.get(id)
      const connection = job && connectionFor(job)
      if (!job?.intent || !connection) return
      const due = dueOf(job)
      due.at = uptime()
      await reaching([job], () => askGroup(connection, [job]))
      later(job)
      wake()
    },
    ...createInquiry({ provider, jobConnections, asking, ahead: deps.ahead }),
    stop() {
      isStopped = true
      cancelTimer?.()
    },
  }
}

/** Whether the platform said its last word, other than a clip to fetch. */
function isEnd(reading: PollReading): boolean {
  const { kind } = reading
  return kind === 'failed' || kind === 'cancelled' || (kind === 'completed' && reading.url === null)
}
