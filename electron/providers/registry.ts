import type { RemoteProviderId } from '../../shared/provider'
import { createApiframe } from './apiframe'
import { createKrea } from './krea'
import type { RemoteProvider } from './provider'

/** Where a platform is, when not at its own address. */
export type Origins = Readonly<Record<RemoteProviderId, { readonly origin: string }>>

/** Every platform. A new one is one file and one entry here. */
export function createRemoteProviders(at?: Origins): Readonly<Record<RemoteProviderId, RemoteProvider>> {
  return {
    krea: createKrea(at?.krea),
    apiframe: createApiframe(at?.apiframe),
  }
}
