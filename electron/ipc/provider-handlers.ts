import type { AppContract } from '../../shared/contract'
import type { Handlers } from '../../shared/ipc'
import type { BucketDesk } from '../bucket/bucket-desk'
import type { ProviderDesk } from '../jobs/platforms/provider-desk'

/** Calls about remote providers and the user's bucket. */
export function providerHandlers(desk: ProviderDesk, bucket: BucketDesk) {
  return {
    'providers.list': desk.list,
    // SECURITY: the only call that carries a key. It goes on to the vault and nowhere else.
    'providers.saveKey': ({ provider, key, forSession }) => desk.saveKey(provider, key, forSession),
    'providers.testKey': ({ provider }) => desk.testKey(provider),
    'providers.removeKey': ({ provider }) => desk.removeKey(provider),
    'providers.setLimits': ({ provider, limits }) => desk.setLimits(provider, limits),
    'providers.setAddress': ({ provider, origin }) => desk.setAddress(provider, origin),
    'providers.setDialect': ({ provider, dialect }) => desk.setDialect(provider, dialect),
    'bucket.get': bucket.status,
    // SECURITY: like `providers.saveKey` for the bucket's pair of keys.
    'bucket.connect': ({ settings, keys, forSession }) => bucket.connect(settings, keys, forSession),
    'bucket.remove': bucket.remove,
    'quotes.get': ({ recipe }) => desk.quotes(recipe),
  } satisfies Partial<Handlers<AppContract>>
}
