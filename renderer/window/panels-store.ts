import { createStore, type StoreApi } from 'zustand'
import { rememberedChoice, rememberedNumber, type Memory } from '../ui/remembered'

/** The panels that can be put away. */
export type PanelName = 'composer' | 'inspector' | 'queue'

export interface PanelsState {
  readonly open: Readonly<Record<PanelName, boolean>>
  /** The gallery fills the window. */
  readonly galleryFull: boolean
  /** Height of the gallery as a share of the middle column, per cent. */
  readonly galleryShare: number
  readonly toggle: (panel: PanelName) => void
  readonly setGalleryFull: (full: boolean) => void
  readonly setGalleryShare: (share: number) => void
}

/** How far the gallery can be pulled, per cent of the column; the fallback leaves the stage the larger half. */
export const galleryShares = { min: 15, max: 75, fallback: 36 } as const

const panelNames = ['composer', 'inspector', 'queue'] as const
const shareKey = 'panels.gallery'
const choices = ['open', 'closed'] as const

/** Which panels are seen; remembered between two starts. */
export function createPanelsStore(memory: Memory): StoreApi<PanelsState> {
  const keyOf = (panel: PanelName) => `panels.${panel}`
  const isOpen = (panel: PanelName) => rememberedChoice(memory, keyOf(panel), choices, 'open') === 'open'

  return createStore<PanelsState>((set, get) => ({
    open: { composer: isOpen('composer'), inspector: isOpen('inspector'), queue: isOpen('queue') },
    galleryFull: false,
    galleryShare: rememberedNumber(memory, shareKey, galleryShares),
    toggle: (panel) => {
      const open = { ...get().open, [panel]: !get().open[panel] }
      for (const name of panelNames) memory.setItem(keyOf(name), open[name] ? 'open' : 'closed')
      set({ open, galleryFull: false })
    },
    setGalleryFull: (galleryFull) => set({ galleryFull }),
    setGalleryShare: (share) => {
      const galleryShare = Math.min(galleryShares.max, Math.max(galleryShares.min, share))
      memory.setItem(shareKey, String(galleryShare))
      set({ galleryShare })
    },
  }))
}
