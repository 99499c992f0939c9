import { createStore, type StoreApi } from 'zustand'
import { toErrorShape } from '../../shared/error'
import type { Tone } from '../ui/ToneMark'

/** Something the user is told. */
export interface Notice {
  readonly id: number
  readonly tone: Tone
  /** Of several with the same kind only the newest stands. */
  readonly kind?: string
  readonly message: string
  readonly details?: string | undefined
  readonly action?: { readonly label: string; readonly run: () => void }
}

export interface NoticesState {
  /** Oldest first. */
  readonly notices: readonly Notice[]
  /** What a screen reader is told now. */
  readonly said: string
  readonly tell: (notice: Omit<Notice, 'id'>) => void
  /** Tells of a failure; one that the user asked for (`cancelled`) is no news. */
  readonly fail: (thrown: unknown) => void
  readonly say: (text: string) => void
  readonly dismiss: (id: number) => void
}

/** How long a good message stays, milliseconds: twice the time it takes to read two lines. Errors stay. */
const shownMs = 8000

/** The one place messages and errors go through. */
export function createNoticesStore(deps: {
  readonly later: (run: () => void, ms: number) => void
}): StoreApi<NoticesState> {
  let lastId = 0
  return createStore<NoticesState>((set, get) => ({
    notices: [],
    said: '',
    tell: (notice) => {
      const id = (lastId += 1)
      set(({ notices }) => ({
        notices: [...notices.filter((older) => !isReplaced(older, notice)), { ...notice, id }],
      }))
      if (notice.tone === 'info') deps.later(() => get().dismiss(id), shownMs)
    },
    fail: (thrown) => {
      const { code, message, details } = toErrorShape(thrown)
      if (code !== 'cancelled') get().tell({ tone: 'bad', message, details })
    },
    say: (said) => set({ said }),
    dismiss: (id) => set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
  }))
}

/**
 * The same message again replaces the older one: ten equal failures need not be dismissed ten times. Good news replaces
 * good news: it tells of what was done last, and its way back is that of the last step.
 */
function isReplaced(older: Notice, newer: Omit<Notice, 'id'>): boolean {
  if (older.message === newer.message || (older.tone === 'info' && newer.tone === 'info')) return true
  return newer.kind !== undefined && older.kind === newer.kind
}
