import { createStore, type StoreApi } from 'zustand'
import { toErrorShape, type ErrorShape } from '../../shared/error'
import type { NetworkStatus } from '../../shared/provider-status-schema'
import type { Calls } from '../connect'

export interface NetworkState {
  /** Null until the main process has told. */
  readonly status: NetworkStatus | null
  /** Why the last change was not made. */
  readonly error: ErrorShape | null
  /** Asks anew: the system's proxy may be another one since. */
  readonly load: () => Promise<void>
  readonly change: (to: Partial<Pick<NetworkStatus, 'proxy' | 'caFile'>>) => Promise<void>
  /** Asks for a file of certificates and uses it; nothing happens when that is dismissed. */
  readonly pickCaFile: () => Promise<void>
}

/** How requests leave this computer. */
export function createNetworkStore(deps: {
  readonly client: Calls<'network.get' | 'network.set' | 'network.pickCaFile'>
}): StoreApi<NetworkState> {
  const { client } = deps
  return createStore<NetworkState>((set, get) => {
    const guarded = async (work: () => Promise<void>) => {
      set({ error: null })
      try {
        await work()
      } catch (thrown) {
        set({ error: toErrorShape(thrown) })
      }
    }
    return {
      status: null,
      error: null,
      load: () => guarded(async () => set({ status: await client['network.get']() })),
      change: (to) =>
        guarded(async () => {
          const { status } = get()
          if (!status) return
          const { proxy, caFile } = { ...status, ...to }
          set({ status: await client['network.set']({ proxy, caFile }) })
        }),
      pickCaFile: () =>
        guarded(async () => {
          const { file } = await client['network.pickCaFile']()
          if (file !== null) await get().change({ caFile: file })
        }),
    }
  })
}
