import type { Provider, ProviderId } from './provider'
import { animatic } from './providers/animatic'
import { apiframe } from './providers/apiframe'
import { bytespike } from './providers/bytespike'
import { inferencesh } from './providers/inferencesh'
import { krea } from './providers/krea'
import { uniall } from './providers/uniall'

/** Every provider, by its id, in its first dialect. */
export const providers: Readonly<Record<ProviderId, Provider>> = {
  animatic,
  uniall,
  apiframe,
  krea,
  bytespike,
  inferencesh,
}

/** A provider as it is in one of its dialects; an id that is none of them is the first. */
export function providerIn(id: ProviderId, dialect: string | null): Provider {
  const provider = providers[id]
  const change = provider.dialects.find((known) => known.id === dialect)?.capabilities
  return change ? { ...provider, capabilities: { ...provider.capabilities, ...change } } : provider
}
