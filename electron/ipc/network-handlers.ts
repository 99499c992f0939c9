import type { AppContract } from '../../shared/contract'
import type { Handlers } from '../../shared/ipc'
import type { NetworkDesk } from '../network/network-desk'

/** Calls about the network. */
export function networkHandlers(desk: NetworkDesk) {
  return {
    'network.get': desk.status,
    'network.set': desk.set,
    'network.pickCaFile': async () => ({ file: (await desk.pickCaFile()) ?? null }),
  } satisfies Partial<Handlers<AppContract>>
}
