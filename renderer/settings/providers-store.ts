import { createStore, type StoreApi } from 'zustand'
import { toErrorShape, type ErrorShape } from '../../shared/error'
import type { Money } from '../../shared/money'
import type { ProviderId, RemoteProviderId } from '../../shared/provider'
import type { Limits, ProviderStatus } from '../../shared/provider-status-schema'
import type { Calls } from '../connect'

/** How the test of a stored key went. */
export type KeyTest =
  | { readonly kind: 'running' }
  | { readonly kind: 'works'; readonly balance: Money | null }
  | { readonly kind: 'failed'; readonly error: ErrorShape }

/** What the providers' dialog shows: the list, one provider, the bucket or the network; null while it is closed. */
export type SettingsPage = 'list' | RemoteProviderId | 'bucket' | 'network' | null

/** The tabs of a provider's page. */
export type ProviderTab = 'key' | 'connection' | 'doubts'

export interface ProvidersState {
  /** Every provider as it stands, by its id; empty until the main process has told. */
  readonly statuses: ReadonlyMap<ProviderId, ProviderStatus>
  readonly tests: ReadonlyMap<RemoteProviderId, KeyTest>
  readonly page: SettingsPage
  /** The tab with which a provider's page opens. */
  readonly tab: ProviderTab
  readonly show: (page: SettingsPage, tab?: ProviderTab) => void
  readonly load: () => Promise<void>
  readonly changed: (status: ProviderStatus) => void
  /** Hands a key over and tests it then; null when it is stored, else why not. The key is kept nowhere here. */
  readonly saveKey: (
    provider: RemoteProviderId,
    key: string,
    forSession: boolean,
  ) => Promise<ErrorShape | null>
  readonly test: (provider: RemoteProviderId) => Promise<void>
  readonly removeKey: (provider: RemoteProviderId) => Promise<ErrorShape | null>
  readonly setLimits: (provider: RemoteProviderId, limits: Limits) => Promise<ErrorShape | null>
  /** Sets where a platform is, null for its own address; null when it is there, else why not. */
  readonly setAddress: (provider: RemoteProviderId, origin: string | null) => Promise<ErrorShape | null>
  readonly setDialect: (provider: RemoteProviderId, dialect: string) => Promise<ErrorShape | null>
}

/** The providers as the main process tells of them, and what the user changes about them. */
export function createProvidersStore(deps: {
  readonly client: Calls<
    | 'providers.list'
    | 'providers.saveKey'
    | 'providers.testKey'
    | 'providers.removeKey'
    | 'providers.setLimits'
    | 'providers.setAddress'
    | 'providers.setDialect'
  >
  readonly fail: (thrown: unknown) => void
}): StoreApi<ProvidersState> {
  const { client } = deps
  // The number of the newest test of each provider: an answer about a key that was replaced since is dropped.
  const newest = new Map<RemoteProviderId, number>()
  const nextTest = (provider: RemoteProviderId): number => {
    const number = (newest.get(provider) ?? 0) + 1
    newest.set(provider, number)
    return number
  }

  return createStore<ProvidersState>((set, get) => {
    const setTest = (provider: RemoteProviderId, test: KeyTest | null) =>
      set(({ tests }) => {
        const others = [...tests].filter(([id]) => id !== provider)
        return { tests: new Map(test ? [...others, [provider, test] as const] : others) }
      })
    /** What was found out about a key is about that key, at that address. */
    const forgetTest = (provider: RemoteProviderId) => {
      nextTest(provider)
      setTest(provider, null)
    }
    const change = async (work: () => Promise<ProviderStatus>): Promise<ErrorShape | null> => {
      try {
        get().changed(await work())
        return null
      } catch (thrown) {
        return toErrorShape(thrown)
      }
    }

    return {
      statuses: new Map(),
      tests: new Map(),
      page: null,
      tab: 'key',
      show: (page, tab = 'key') => set({ page, tab }),
      load: async () => {
        try {
          for (const status of await client['providers.list']()) get().changed(status)
        } catch (thrown) {
          deps.fail(thrown)
        }
      },
      changed: (status) => set(({ statuses }) => ({ statuses: new Map(statuses).set(status.id, status) })),

      saveKey: async (provider, key, forSession) => {
        const error = await change(() => client['providers.saveKey']({ provider, key, forSession }))
        if (!error) void get().test(provider)
        return error
      },
      test: async (provider) => {
        const number = nextTest(provider)
        const done = (test: KeyTest) => {
          if (newest.get(provider) === number) setTest(provider, test)
        }
        done({ kind: 'running' })
        try {
          const { balance } = await client['providers.testKey']({ provider })
          done({ kind: 'works', balance })
        } catch (thrown) {
          done({ kind: 'failed', error: toErrorShape(thrown) })
        }
      },
      removeKey: async (provider) => {
        const error = await change(() => client['providers.removeKey']({ provider }))
        if (!error) forgetTest(provider)
        return error
      },
      setLimits: (provider, limits) => change(() => client['providers.setLimits']({ provider, limits })),
      setAddress: async (provider, origin) => {
        const error = await change(() => client['providers.setAddress']({ provider, origin }))
        if (!error) forgetTest(provider)
        return error
      },
      setDialect: (provider, dialect) => change(() => client['providers.setDialect']({ provider, dialect })),
    }
  })
}
