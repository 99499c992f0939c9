import type { RemoteProviderId } from '../../shared/provider'
import { createApiframe } from './apiframe/apiframe'
import { createBytespike } from './bytespike/bytespike'
import { createInferencesh } from './inferencesh/inferencesh'
import { createKrea } from './krea/krea'
import type { PlatformSettings, RemoteProvider } from './provider'
import { createUniall } from './uniall/uniall'

/** Every platform, with the user's settings of each. A new one is one file and one entry here. */
export function createRemoteProviders(
  settingsOf: (id: RemoteProviderId) => PlatformSettings,
): Readonly<Record<RemoteProviderId, RemoteProvider>> {
  return {
    uniall: createUniall({ settings: () => settingsOf('uniall') }),
    apiframe: createApiframe({ settings: () => settingsOf('apiframe') }),
    krea: createKrea({ settings: () => settingsOf('krea') }),
    bytespike: createBytespike({ settings: () => settingsOf('bytespike') }),
    inferencesh: createInferencesh({ settings: () => settingsOf('inferencesh') }),
  }
}
