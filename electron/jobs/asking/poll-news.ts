import type { PollReading, RemoteProvider } from '../../providers/provider'
import type { Book } from '../book'
import type { Connection } from '../platforms/connections'
import type { JobRow } from '../job-row'
import type { PollSchedule } from './poll-schedule'
import type { TakeReading } from './take-reading'

/** Takes in what a platform tells of a job. Never throws. */
export type PollNews = (job: JobRow, reading: PollReading, connection: Connection) => void

/** A job that the platform does not know is still asked for this long, milliseconds: lists and replicas lag. */
const missingMs = 15 * 60_000

/** Takes in the news of one provider's jobs. */
export function createPollNews(deps: {
  readonly provider: RemoteProvider
  readonly book: Book
  readonly schedule: Pick<PollSchedule, 'dueOf'>
  readonly take: TakeReading
  readonly uptime: () => number
  readonly logError: (what: string, error: unknown) => void
}): PollNews {
  const { provider, book, uptime } = deps

  function takeIn(job: JobRow, reading: PollReading, connection: Connection): void {
    const due = deps.schedule.dueOf(job)
    if (reading.kind !== 'missing') {
      due.missingSince = null
      return deps.take(job, reading, provider)
    }
    // Another account does not know it, and says nothing by that.
    if (connection.print !== job.intent?.keyPrint) return
    due.missingSince ??= uptime()
    if (uptime() - due.missingSince < missingMs || job.state === 'undelivered') return
    const message = `${provider.name} no longer knows this job. It is asked again from time to time.`
    book.apply(job.id, { kind: 'undelivered', charged: null, error: { code: 'not-found', message } })
  }

  return (job, reading, connection) => {
    try {
      takeIn(job, cleaned(reading, connection), connection)
    } catch (error) {
      // One job that cannot be written down must not keep the others from being told of.
      deps.logError(`news of ${job.id}`, error)
    }
  }
}

/** SECURITY: a platform may quote the key in what it says. */
function cleaned(reading: PollReading, { clean }: Connection): PollReading {
  return reading.kind === 'failed' ? { ...reading, message: clean(reading.message) } : reading
}
