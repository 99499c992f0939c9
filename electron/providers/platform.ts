import type { Provider, RemoteProviderId } from '../../shared/provider'
import { providerIn, providers } from '../../shared/providers'
import type { PlatformSettings, RemoteProvider } from './provider'

/** Everything by default. */
export const defaultSettings = (): PlatformSettings => ({ origin: null, dialect: null })

/** What an adapter itself knows of its platform. */
export type Adapter = Omit<RemoteProvider, keyof Provider | 'origin' | 'dialect'>

/** The dialect that is spoken now: the chosen one, else the provider's first; null where there is only one. */
export function dialectOf(id: RemoteProviderId, { dialect }: PlatformSettings): string | null {
  const { dialects } = providers[id]
  return (dialects.find((known) => known.id === dialect) ?? dialects[0])?.id ?? null
}

/** Puts a provider together from its data, its adapter and the user's settings, which are read at each use. */
export function createPlatform(
  id: RemoteProviderId,
  settings: () => PlatformSettings,
  adapter: Adapter,
): RemoteProvider {
  return {
    ...providers[id],
    ...adapter,
    id,
    get origin() {
      return settings().origin ?? adapter.defaultOrigin
    },
    get dialect() {
      return dialectOf(id, settings())
    },
    get capabilities() {
      return providerIn(id, dialectOf(id, settings())).capabilities
    },
  }
}
