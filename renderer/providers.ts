import { animatic, type Provider, type ProviderId } from '../shared/provider'

/** Every provider, by its id. */
export const providers: Readonly<Record<ProviderId, Provider>> = { animatic }
