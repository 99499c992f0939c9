import type { RemoteProviderId } from '../../../shared/provider'
import type { Send } from '../../providers/provider'
import type { Connection, Connections } from '../platforms/connections'

/** Who hears of each request to a platform. */
export interface Watch {
  /** It leaves now. */
  readonly asked: (provider: RemoteProviderId) => void
  /** `date`: the platform's own time, milliseconds since 1970; null when it does not say. */
  readonly answered: (provider: RemoteProviderId, date: number | null) => void
}

/** Connections that tell of every request, whoever sends it. */
export function watchedConnections(connections: Connections, watch: Watch): Connections {
  const watching =
    (provider: RemoteProviderId, send: Send): Send =>
    async (request, signal) => {
      watch.asked(provider)
      const answer = await send(request, signal)
      watch.answered(provider, answer.date)
      return answer
    }
  const watched = (provider: RemoteProviderId, connection: Connection | undefined): Connection | undefined =>
    connection && {
      ...connection,
      send: watching(provider, connection.send),
      submit: watching(provider, connection.submit),
    }
  return {
    ...connections,
    anonymous: (provider, origin) => {
      const send = connections.anonymous(provider, origin)
      // Who answers at another address is not known to be the platform yet.
      return origin === undefined ? watching(provider, send) : send
    },
    current: (provider) => watched(provider, connections.current(provider)),
    byPrint: (provider, print) => watched(provider, connections.byPrint(provider, print)),
  }
}
