import type { RemoteProviderId } from '../../shared/provider'
import type { Send } from '../providers/provider'
import type { Connection, Connections } from './connections'

/** Connections that tell every platform's time. */
export function timedConnections(
  connections: Connections,
  answered: (provider: RemoteProviderId, date: number | null) => void,
): Connections {
  const listening =
    (provider: RemoteProviderId, send: Send): Send =>
    async (request, signal) => {
      const answer = await send(request, signal)
      answered(provider, answer.date)
      return answer
    }
  const timed = (provider: RemoteProviderId, connection: Connection | undefined): Connection | undefined =>
    connection && {
      ...connection,
      send: listening(provider, connection.send),
      submit: listening(provider, connection.submit),
    }
  return {
    ...connections,
    anonymous: (provider, origin) => listening(provider, connections.anonymous(provider, origin)),
    current: (provider) => timed(provider, connections.current(provider)),
    byPrint: (provider, print) => timed(provider, connections.byPrint(provider, print)),
  }
}
