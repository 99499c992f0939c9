import type { AppContract } from '../../shared/contract'
import type { Handlers } from '../../shared/ipc'
import type { ProviderDesk } from '../jobs/provider-desk'

/** Calls about remote providers. */
export function providerHandlers(desk: ProviderDesk) {
  return {
    'providers.list': desk.list,
    // SECURITY: the only call that carries a key. It goes on to the vault and nowhere else.
    'providers.saveKey': ({ provider, key, forSession }) => desk.saveKey(provider, key, forSession),
    'providers.testKey': ({ provider }) => desk.testKey(provider),
    'providers.removeKey': ({ provider }) => desk.removeKey(provider),
    'providers.setLimits': ({ provider, limits }) => desk.setLimits(provider, limits),
    'quotes.get': ({ recipe }) => desk.quotes(recipe),
  } satisfies Partial<Handlers<AppContract>>
}
