import type { AppContract } from '../../shared/contract'
import type { Handlers } from '../../shared/ipc'
import type { NetworkStatus } from '../../shared/provider-status-schema'

/** How requests leave this computer, as the user set it. */
export interface NetworkDesk {
  readonly status: () => Promise<NetworkStatus>
  /** @throws AppError when the file holds no certificates; everything is then as it was. */
  readonly set: (wanted: Pick<NetworkStatus, 'proxy' | 'caFile'>) => Promise<NetworkStatus>
  readonly pickCaFile: () => Promise<string | undefined>
}

/** Calls about the network. */
export function networkHandlers(desk: NetworkDesk) {
  return {
    'network.get': desk.status,
    'network.set': desk.set,
    'network.pickCaFile': async () => ({ file: (await desk.pickCaFile()) ?? null }),
  } satisfies Partial<Handlers<AppContract>>
}
