import type { RemoteProviderId } from '../../shared/provider'
import type { Connection, Connections } from '../jobs/platforms/connections'
import type { HeldKey, Vault } from '../keys/vault'
import type { Http } from './http/http'
import type { RemoteProvider } from './provider'

/**
 * The connections of the vault's keys. SECURITY: a key goes to the origin it was saved for and to no other. After the
 * platform's address was changed, new jobs wait for a key of the new one, and jobs under way go on at the old.
 */
export function createConnections(deps: {
  readonly vault: Vault
  readonly http: Http
  readonly remote: Readonly<Record<RemoteProviderId, RemoteProvider>>
}): Connections {
  const { vault, http, remote } = deps
  const open = (id: RemoteProviderId, held: HeldKey | undefined): Connection | undefined => {
    if (!held) return undefined
    const { auth } = remote[id]
    return { print: held.print, ...http.line({ origin: held.origin, auth, key: held.key }) }
  }
  return {
    current(id) {
      const held = vault.current(id)
      return held?.origin === remote[id].origin ? open(id, held) : undefined
    },
    byPrint: (id, print) => open(id, vault.byPrint(id, print)),
    anonymous: (id, origin = remote[id].origin) =>
      http.line({ origin, auth: remote[id].auth, key: null }).send,
    isRefused: vault.isRefused,
    refused: vault.markRefused,
    accepted: vault.markAccepted,
  }
}
