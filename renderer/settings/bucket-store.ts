import { createStore, type StoreApi } from 'zustand'
import type { BucketSettings } from '../../shared/bucket-schema'
import { toErrorShape, type ErrorShape } from '../../shared/error'
import type { BucketStatus } from '../../shared/provider-status-schema'
import type { Calls } from '../connect'

/** The pair of keys, on its way from the page to its one call. */
export interface BucketKeys {
  readonly accessKeyId: string
  readonly secret: string
}

export interface BucketState {
  /** Null until the main process has told. */
  readonly status: BucketStatus | null
  readonly load: () => Promise<void>
  readonly changed: (status: BucketStatus) => void
  /** Tries a bucket and keeps what works; null when it does, else why not. Without keys those that are stored. */
  readonly connect: (
    settings: BucketSettings,
    keys: BucketKeys | null,
    forSession: boolean,
  ) => Promise<ErrorShape | null>
  readonly remove: () => Promise<ErrorShape | null>
}

/** Whether files can be handed over through the user's own bucket. */
export function isConnected({ status }: Pick<BucketState, 'status'>): boolean {
  return status !== null && status.settings !== null && status.key.kind === 'stored'
}

/** The user's own bucket as the main process tells of it. Its keys are kept nowhere here. */
export function createBucketStore(deps: {
  readonly client: Calls<'bucket.get' | 'bucket.connect' | 'bucket.remove'>
  readonly fail: (thrown: unknown) => void
}): StoreApi<BucketState> {
  const { client } = deps
  return createStore<BucketState>((set, get) => {
    const change = async (work: () => Promise<BucketStatus>): Promise<ErrorShape | null> => {
      try {
        get().changed(await work())
        return null
      } catch (thrown) {
        return toErrorShape(thrown)
      }
    }
    return {
      status: null,
      load: async () => {
        try {
          const status = await client['bucket.get']()
          // What was told while the answer was on its way is newer.
          set((state) => ({ status: state.status ?? status }))
        } catch (thrown) {
          deps.fail(thrown)
        }
      },
      changed: (status) => set({ status }),
      connect: (settings, keys, forSession) =>
        change(() => client['bucket.connect']({ settings, keys: keys && { ...keys }, forSession })),
      remove: () => change(() => client['bucket.remove']()),
    }
  })
}
