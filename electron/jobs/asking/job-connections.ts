import type { RemoteProvider } from '../../providers/provider'
import type { Connection, Connections } from '../platforms/connections'
import type { HealthBoard } from '../platforms/health'
import type { JobRow } from '../job-row'

/** With which key a platform is asked about a job. */
export interface JobConnections {
  /** Undefined without any key. */
  readonly of: (job: JobRow) => Connection | undefined
  /** Whether the only key there is was refused. */
  readonly isRefused: (job: JobRow) => boolean
  /** The platform has answered, and so taken the key. */
  readonly answered: (connection: Connection) => void
}

/** The connections of one provider's jobs. */
export function createJobConnections(deps: {
  readonly provider: Pick<RemoteProvider, 'id'>
  readonly connections: Connections
  readonly health: Pick<HealthBoard, 'answered'>
}): JobConnections {
  const { connections } = deps
  const { id } = deps.provider

  /** Rule 4: the key that the job was made with; another one only when that is gone or refused. */
  function of(job: JobRow): Connection | undefined {
    const own = connections.byPrint(id, job.intent?.keyPrint ?? '')
    if (own && !connections.isRefused(own.print)) return own
    const current = connections.current(id)
    return current && !connections.isRefused(current.print) ? current : own
  }

  return {
    of,
    isRefused(job) {
      const connection = of(job)
      return connection !== undefined && connections.isRefused(connection.print)
    },
    answered({ print }) {
      deps.health.answered(id)
      if (connections.isRefused(print)) connections.accepted(print)
    },
  }
}
