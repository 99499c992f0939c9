import { createStore, type StoreApi } from 'zustand'
import { toErrorShape, type ErrorShape } from '../../shared/error'
import type { Caps, Spend } from '../../shared/money-schema'
import type { Calls } from '../connect'

/** What became of an export. */
export type Exported =
  | { readonly kind: 'dismissed' }
  | { readonly kind: 'written'; readonly file: string }
  | { readonly kind: 'failed'; readonly error: ErrorShape }

export interface SpendState {
  /** Null until the main process has told. */
  readonly spend: Spend | null
  /** Whether the dialog with the caps shows. */
  readonly open: boolean
  readonly load: () => Promise<void>
  readonly changed: (spend: Spend) => void
  readonly setOpen: (open: boolean) => void
  /** Null when they are set; else why not. */
  readonly setCaps: (caps: Caps) => Promise<ErrorShape | null>
  readonly exportCsv: () => Promise<Exported>
}

/** What was spent, and the caps of this computer. */
export function createSpendStore(deps: {
  readonly client: Calls<'money.spend' | 'money.setCaps' | 'money.export'>
  readonly fail: (thrown: unknown) => void
}): StoreApi<SpendState> {
  const { client } = deps
  return createStore<SpendState>((set) => ({
    spend: null,
    open: false,
    load: async () => {
      try {
        set({ spend: await client['money.spend']() })
      } catch (thrown) {
        deps.fail(thrown)
      }
    },
    changed: (spend) => set({ spend }),
    setOpen: (open) => set({ open }),
    setCaps: async (caps) => {
      try {
        set({ spend: await client['money.setCaps'](caps) })
        return null
      } catch (thrown) {
        return toErrorShape(thrown)
      }
    },
    exportCsv: async () => {
      try {
        const { file } = await client['money.export']()
        return file === null ? { kind: 'dismissed' } : { kind: 'written', file }
      } catch (thrown) {
        return { kind: 'failed', error: toErrorShape(thrown) }
      }
    },
  }))
}
