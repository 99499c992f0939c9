import type { RemoteProviderId } from '../../shared/provider'
import type { Connection, Connections } from '../jobs/connections'
import type { HeldKey, Vault } from '../keys/vault'
import type { Http } from './http'
import type { RemoteProvider } from './provider'

/** The connections of the vault's keys. SECURITY: a key that was saved for another origin does not connect. */
export function createConnections(deps: {
  readonly vault: Vault
  readonly http: Http
  readonly remote: Readonly<Record<RemoteProviderId, RemoteProvider>>
}): Connections {
  const { vault, http, remote } = deps
  const open = (id: RemoteProviderId, held: HeldKey | undefined): Connection | undefined => {
    const { origin, auth } = remote[id]
    if (!held || held.origin !== origin) return undefined
    return { print: held.print, ...http.line({ origin, auth, key: held.key }) }
  }
  return {
    current: (id) => open(id, vault.current(id)),
    byPrint: (id, print) => open(id, vault.byPrint(id, print)),
    anonymous: (id) => http.line({ ...remote[id], key: null }).send,
    isRefused: vault.isRefused,
    refused: vault.markRefused,
    accepted: vault.markAccepted,
  }
}
