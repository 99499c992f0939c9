import type { FindReading, RemoteProvider } from '../../providers/provider'
import type { Book } from '../book'
import type { Connection } from '../platforms/connections'
import type { HealthBoard } from '../platforms/health'
import type { Asking, Listing } from './job-list'
import type { JobConnections } from './job-connections'
import type { LookUp } from './look-up'
import type { JobRow } from '../job-row'
import type { PollNews } from './poll-news'
import type { PollSchedule } from './poll-schedule'
import type { JobTable } from '../store/table'
import { problem } from './take-reading'

/** Looks for submits whose answer was lost, at one platform. */
export interface Seeker {
  /** In the platform's own list. */
  readonly inList: (job: JobRow, listing: Listing, connection: Connection) => Promise<void>
  /** By our own id, where there is no list. @throws Unreachable */
  readonly byIntent: (job: JobRow, connection: Connection) => Promise<void>
}

/** Makes the seeker of a poller. */
export function createSeeker(deps: {
  readonly provider: RemoteProvider
  readonly book: Book
  readonly table: Pick<JobTable, 'byRemoteId'>
  readonly health: HealthBoard
  readonly lookUp: LookUp
  readonly schedule: Pick<PollSchedule, 'dueOf' | 'later'>
  readonly asking: Asking
  /** Sends the same submit again, where that is harmless and allowed now. */
  readonly repeat: (job: JobRow, connection: Connection) => Promise<void>
  readonly mayRepeat: (job: JobRow) => boolean
  readonly jobConnections: Pick<JobConnections, 'answered'>
  readonly told: PollNews
  readonly isStopped: () => boolean
}): Seeker {
  const { provider, book, table, lookUp, asking, isStopped } = deps
  const { answered } = deps.jobConnections
  const { dueOf, later } = deps.schedule

  /** The platform has no trace of it. Another account's word proves nothing. */
  async function notFound(job: JobRow, connection: Connection, note: string): Promise<void> {
    if (connection.print === job.intent?.keyPrint) book.apply(job.id, { kind: 'looked' }, note)
    else dueOf(job).vain += 1
    await repeat(job, connection)
  }

  async function repeat(job: JobRow, connection: Connection): Promise<void> {
    if (job.state === 'given-up' || connection.print !== job.intent?.keyPrint || !deps.mayRepeat(job)) return
    await deps.repeat(job, connection)
  }

  function foundAs(
    job: JobRow,
    { remoteId, word, reading }: Extract<FindReading, { kind: 'found' }>,
    connection: Connection,
  ): void {
    const owner = table.byRemoteId(provider.id, remoteId)
    if (owner && owner.id !== job.id) {
      dueOf(job).vain += 1
      return
    }
    const attached = lookUp.attach(job, remoteId, word)
    if (attached) deps.told(attached, reading, connection)
  }

  return {
    async inList(job, listing, connection) {
      const verdict = lookUp.judge(job, listing.jobs)
      if (verdict === 'found') return
      if (verdict === 'none' && listing.isComplete) {
        return notFound(job, connection, `${listing.jobs.length} listed`)
      }
      dueOf(job).vain += 1
      await repeat(job, connection)
    },
    async byIntent(job, connection) {
      const { find } = provider
      const request = find?.request(job.intent?.body ?? '', job.intent?.id ?? '')
      if (!find || !request) {
        // Nobody can tell: it need not be looked at often.
        dueOf(job).vain += 1
        return later(job)
      }
      later(job)
      if (isStopped() || deps.health.askAgainInMs(provider.id) > 0 || !asking.mayAsk()) return
      const answer = await connection.send(request)
      if (isStopped()) return
      const reading = find.read(answer)
      switch (reading.kind) {
        case 'problem':
          problem(asking, connection.print, reading.problem, provider)
          dueOf(job).vain += 1
          break
        case 'found':
          answered(connection)
          foundAs(job, reading, connection)
          break
        case 'missing':
          answered(connection)
          await notFound(job, connection, 'not known there')
      }
      later(job)
    },
  }
}
