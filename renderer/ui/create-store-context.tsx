import { createContext, useContext, type ReactNode } from 'react'
import { useStore, type StoreApi } from 'zustand'

/** Hands one store down the tree, so that no component reaches for a global one. */
export function createStoreContext<State>(name: string): {
  readonly Provider: (props: { readonly store: StoreApi<State>; readonly children: ReactNode }) => ReactNode
  /** The store itself, for handlers that read the state when they run. */
  readonly useApi: () => StoreApi<State>
  /** A part of the state; the component renders again when that part changes. */
  readonly useValue: <Part>(select: (state: State) => Part) => Part
} {
  const Context = createContext<StoreApi<State> | null>(null)
  const useApi = () => {
    const store = useContext(Context)
    if (!store) throw new Error(`No ${name} store above this component`)
    return store
  }
  return {
    Provider: ({ store, children }) => <Context.Provider value={store}>{children}</Context.Provider>,
    useApi,
    useValue: (select) => useStore(useApi(), select),
  }
}
