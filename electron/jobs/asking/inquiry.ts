import { AppError } from '../../../shared/error'
import { Unreachable, type PollReading, type RemoteProvider } from '../../providers/provider'
import type { Connection } from '../platforms/connections'
import { readJobList, type Asking, type Listing } from './job-list'
import type { JobConnections } from './job-connections'
import { clockMarginMs, submittedAt } from './look-up'
import type { JobRow } from '../job-row'

/** What the user wants to know of a platform about a job in doubt; nothing is written down. */
export interface Inquiry {
  /** Whether the platform knows a job by this id, asked with the key of ours. @throws AppError when it does not tell */
  readonly knows: (job: JobRow, remoteId: string) => Promise<boolean>
  /** What the platform lists about the time of a job. */
  readonly list: (job: JobRow) => Promise<Listing>
}

/** Asks one provider. */
export function createInquiry(deps: {
  readonly provider: RemoteProvider
  readonly jobConnections: Pick<JobConnections, 'of'>
  readonly asking: Asking
  /** How far the platform's clock is ahead of ours, milliseconds. */
  readonly ahead: () => number
}): Inquiry {
  const { provider, jobConnections } = deps

  async function readOf(connection: Connection, remoteId: string): Promise<PollReading> {
    try {
      return provider.readPoll(await connection.send(provider.pollRequest(remoteId)), remoteId)
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      const message = `${provider.name} cannot be reached, so nothing was attached. Try again later.`
      throw new AppError('provider-down', message, error.message)
    }
  }

  return {
    async knows(job, remoteId) {
      const connection = jobConnections.of(job)
      if (!connection) throw new AppError('no-key', `There is no key for ${provider.name}.`)
      const reading = await readOf(connection, remoteId)
      if (reading.kind !== 'problem') return reading.kind !== 'missing'
      const message = `${provider.name} did not say whether it knows this id. Try again in a moment.`
      throw new AppError('provider-failed', message, connection.clean(reading.problem.message))
    },
    async list(job) {
      const connection = jobConnections.of(job)
      const { list } = provider
      if (!connection || !list) return { jobs: [], isComplete: false, pages: 0 }
      return readJobList(deps.asking, provider.id, list, connection, {
        since: () => submittedAt(job, deps.ahead()) - clockMarginMs,
        count: list.page,
        isEnough: () => false,
      })
    },
  }
}
