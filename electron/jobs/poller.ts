import type { JobState } from '../../shared/job'
import type { RemoteProviderId } from '../../shared/provider'
import { AppError } from '../../shared/error'
import { Unreachable, type JobListing, type PollReading, type RemoteProvider } from '../providers/provider'
import type { Book } from './book'
import type { Connection, Connections } from './connections'
import { guarded } from './guarded'
import type { HealthBoard } from './health'
import { readJobList, type Listing } from './job-list'
import { clockMarginMs, submittedAt, type LookUp } from './look-up'
import { has, type JobRow } from './machine'
import { createMinuteBudget } from './minute-budget'
import { createPollSchedule, isLost } from './poll-schedule'
import { createSeeker } from './seeker'
import type { JobTable } from './table'
import { problem, type TakeReading } from './take-reading'

/** What polling one provider needs of the outside. */
export interface PollerDeps {
  readonly provider: RemoteProvider
  readonly book: Book
  readonly table: Pick<JobTable, 'get' | 'unfinished' | 'watched' | 'byRemoteId' | 'saveAnswer'>
  readonly connections: Connections
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
export interface Poller {
  /** Something changed: jobs, keys, the network. */
  readonly wake: () => void
  /** The job is asked for now, and looked for when its outcome is unknown. */
  readonly now: (id: string) => Promise<void>
  /** Whether the platform knows a job by this id, asked with the key of ours. @throws AppError when it does not tell */
  readonly knows: (job: JobRow, remoteId: string) => Promise<boolean>
  /** What the platform lists about the time of a job. */
  readonly list: (job: JobRow) => Promise<Listing>
  readonly stop: () => void
}

/** From so many due jobs on, one page of the list is cheaper than single questions. */
const listFrom = 3
/** Jobs due within this part of their interval are asked for together. */
const slack = 0.3
/** A given-up job is watched for so long after its submit, milliseconds: longer than any platform's queue. */
const watchMs = 48 * 3_600_000
/** A job that the platform does not know is still asked for this long, milliseconds: lists and replicas lag. */
const missingMs = 15 * 60_000
/** A cancel that is still a wish is sent again after so long, milliseconds. */
const cancelAgainMs = 60_000

// Not `submitting`: that request is on its way in this very process.
const askedStates: readonly JobState[] = ['running', 'undelivered', 'unknown']

/** Makes the poller of one provider. */
export function createPoller(deps: PollerDeps): Poller {
  const { provider, book, table, connections, health, take, now, uptime } = deps
  const schedule = createPollSchedule({
    intervalMs: provider.cadence.intervalMs,
    isRefused: (job) => isRefused(job),
    // New jobs are on the first page: the list is worth another try.
    onNew: () => (listCost = 0),
    get: table.get,
    now,
    uptime,
    random: deps.random,
  })
  const { dueOf, later } = schedule
  const budget = createMinuteBudget(provider.cadence.requestsPerMinute, uptime)
  /** Requests that the last reading of the list took, with the questions about jobs that it did not reach. */
  let listCost = 0
  let cancelTimer: (() => void) | undefined
  let isBusy = false
  let isStopped = false
  const asking = { health, onKeyRefused: deps.onKeyRefused, mayAsk: budget.take }
  const seeker = createSeeker({
    ...deps,
    schedule,
    asking,
    answered,
    told,
    isStopped: () => isStopped,
  })

  /** Of this provider, in need of questions. */
  function mine(): readonly JobRow[] {
    const asked = table
      .unfinished()
      .filter((job) => job.intent && askedStates.includes(job.state) && !isDamaged(job))
    const watched = table.watched(now() - watchMs).filter(({ remoteId }) => remoteId === null)
    return [...asked, ...watched].filter((job) => job.provider === provider.id)
  }

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

  /** Rule 4: the key that the job was made with; another one only when that is gone or refused. */
  function connectionFor(job: JobRow): Connection | undefined {
    const own = connections.byPrint(provider.id, job.intent?.keyPrint ?? '')
    if (own && !connections.isRefused(own.print)) return own
    const current = connections.current(provider.id)
    return current && !connections.isRefused(current.print) ? current : own
  }

  function isRefused(job: JobRow): boolean {
    const connection = connectionFor(job)
    return connection !== undefined && connections.isRefused(connection.print)
  }

  function answered(connection: Connection): void {
    health.answered(provider.id)
    if (connections.isRefused(connection.print)) connections.accepted(connection.print)
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
    for (const job of group) await wish(job, connection)
    const lost = group.filter(isLost)
    const single = group.filter((job) => !isLost(job))
    const { list } = provider
    const isListed = lost.length > 0 || single.length >= Math.max(listFrom, listCost + 1)
    const seen = list && isListed ? await askList(list, connection, single, lost) : new Set<string>()
    if (!list) for (const job of lost) await seeker.byIntent(job, connection)
    for (const job of single) {
      if (seen.has(job.id) || isStopped || health.askAgainInMs(provider.id) > 0) continue
      // It stays due, and is among the first once there is a request to spare.
      if (!budget.take()) return
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
    answered(connection)
    if (reading.kind !== 'running') table.saveAnswer(job.id, connection.clean(answer.text))
    told(job, reading, connection)
  }

  /** One job that cannot be written down must not keep the others from being told of. */
  function told(job: JobRow, reading: PollReading, connection: Connection): void {
    try {
      takeIn(job, cleaned(reading, connection), connection)
    } catch (error) {
      deps.logError(`news of ${job.id}`, error)
    }
  }

  function takeIn(job: JobRow, reading: PollReading, connection: Connection): void {
    const due = dueOf(job)
    if (reading.kind !== 'missing') {
      due.missingSince = null
      return take(job, reading, provider)
    }
    // Another account does not know it, and says nothing by that.
    if (connection.print !== job.intent?.keyPrint) return
    due.missingSince ??= uptime()
    if (uptime() - due.missingSince < missingMs || job.state === 'undelivered') return
    const message = `${provider.name} no longer knows this job. It is asked again from time to time.`
    book.apply(job.id, { kind: 'undelivered', charged: null, error: { code: 'not-found', message } })
  }

  async function readOf(connection: Connection, remoteId: string): Promise<PollReading> {
    try {
      return provider.readPoll(await connection.send(provider.pollRequest(remoteId)), remoteId)
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      const message = `${provider.name} cannot be reached, so nothing was attached. Try again later.`
      throw new AppError('provider-down', message, error.message)
    }
  }

  /** Cancel is a wish: it is sent, and polling goes on to the platform's own end. */
  async function wish(job: JobRow, connection: Connection): Promise<void> {
    const due = dueOf(job)
    if (!has(job, 'cancel') || !provider.cancelRequest || job.remoteId === null) return
    if (due.cancelledAt !== null && uptime() - due.cancelledAt < cancelAgainMs) return
    due.cancelledAt = uptime()
    budget.take()
    await connection.send(provider.cancelRequest(job.remoteId))
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
    async knows(job, remoteId) {
      const connection = connectionFor(job)
      if (!connection) throw new AppError('no-key', `There is no key for ${provider.name}.`)
      const reading = await readOf(connection, remoteId)
      if (reading.kind !== 'problem') return reading.kind !== 'missing'
      const message = `${provider.name} did not say whether it knows this id. Try again in a moment.`
      throw new AppError('provider-failed', message, connection.clean(reading.problem.message))
    },
    async list(job) {
      const connection = connectionFor(job)
      const { list } = provider
      if (!connection || !list) return { jobs: [], isComplete: false, pages: 0 }
      return readJobList(asking, provider.id, list, connection, {
        since: () => submittedAt(job, deps.ahead()) - clockMarginMs,
        count: list.page,
        isEnough: () => false,
      })
    },
    stop() {
      isStopped = true
      cancelTimer?.()
    },
  }
}

/** The platform gave the same damaged file again and again: only the user's word fetches it once more. */
function isDamaged({ state, result }: JobRow): boolean {
  return state === 'undelivered' && result !== null && result.doubtful !== null
}

/** Whether the platform said its last word, other than a clip to fetch. */
function isEnd(reading: PollReading): boolean {
  const { kind } = reading
  return kind === 'failed' || kind === 'cancelled' || (kind === 'completed' && reading.url === null)
}

/** SECURITY: a platform may quote the key in what it says. */
function cleaned(reading: PollReading, { clean }: Connection): PollReading {
  return reading.kind === 'failed' ? { ...reading, message: clean(reading.message) } : reading
}
