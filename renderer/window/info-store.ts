import { createStore, type StoreApi } from 'zustand'
import type { AppInfo } from '../../shared/contract'
import type { Calls } from '../connect'

export interface InfoState {
  /** Null until the main process has answered. */
  readonly info: AppInfo | null
  readonly load: () => Promise<void>
  readonly revealLibrary: () => Promise<void>
  readonly openExternal: (url: string) => Promise<void>
}

/** What the application says of itself, and the ways out of the window. */
export function createInfoStore(deps: {
  readonly client: Calls<'app.info' | 'app.revealLibrary' | 'app.openExternal'>
  readonly warn: (message: string) => void
  readonly fail: (thrown: unknown) => void
}): StoreApi<InfoState> {
  const { client } = deps
  const guarded = async (work: () => Promise<void>) => {
    try {
      await work()
    } catch (thrown) {
      deps.fail(thrown)
    }
  }
  return createStore<InfoState>((set) => ({
    info: null,
    load: () =>
      guarded(async () => {
        const info = await client['app.info']()
        set({ info })
        for (const notice of info.notices) deps.warn(notice)
      }),
    revealLibrary: () => guarded(() => client['app.revealLibrary']()),
    openExternal: (url) => guarded(() => client['app.openExternal']({ url })),
  }))
}
