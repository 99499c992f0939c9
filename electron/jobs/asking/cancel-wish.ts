import type { RemoteProvider } from '../../providers/provider'
import type { Connection } from '../platforms/connections'
import { has, type JobRow } from '../job-row'
import type { PollSchedule } from './poll-schedule'

/** A cancel that is still a wish is sent again after so long, milliseconds. */
const cancelAgainMs = 60_000

/** Sends the user's wish to cancel a job, where there is one and it is time; polling goes on to the platform's own end. */
export function createCancelWish(deps: {
  readonly provider: Pick<RemoteProvider, 'cancelRequest'>
  readonly schedule: Pick<PollSchedule, 'dueOf'>
  readonly uptime: () => number
}): (job: JobRow, connection: Connection) => Promise<void> {
  const { provider, schedule, uptime } = deps
  return async (job, connection) => {
    const due = schedule.dueOf(job)
    if (!has(job, 'cancel') || !provider.cancelRequest || job.remoteId === null) return
    if (due.cancelledAt !== null && uptime() - due.cancelledAt < cancelAgainMs) return
    due.cancelledAt = uptime()
    await connection.send(provider.cancelRequest(job.remoteId))
  }
}
