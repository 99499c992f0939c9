import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { CompareState } from '../compare/compare-store'
import type { AskState } from '../composer/ask-store'
import type { ComposerState } from '../composer/composer-store'
import type { QuotesState } from '../composer/quotes'
import type { GalleryState } from '../gallery/gallery-store'
import type { IntakeState } from '../intake/intake-store'
import type { NoticesState } from '../notices/notices-store'
import type { QueueState } from '../queue/queue-store'
import type { ResolveState } from '../resolve/resolve-store'
import type { BucketState } from '../settings/bucket-store'
import type { NetworkState } from '../settings/network-store'
import type { ProvidersState } from '../settings/providers-store'
import type { SpendState } from '../spend/spend-store'
import type { StageState } from '../stage/stage-store'
import type { AppWindow } from './create-window'
import type { InfoState } from './info-store'
import type { PanelsState } from './panels-store'

/** Everything the window holds, for every component below, so that none reaches for a global. */
export const AppWindowContext = createContext<AppWindow | null>(null)

/** The window itself, for handlers that read the state when they run. */
export function useAppWindow(): AppWindow {
  const app = useContext(AppWindowContext)
  if (!app) throw new Error('No AppWindow above this component')
  return app
}

/** A part of the messages; the component renders again when that part changes. */
export function useNotices<Part>(select: (state: NoticesState) => Part): Part {
  return useStore(useAppWindow().notices, select)
}

/** A part of what the application says of itself; the component renders again when that part changes. */
export function useInfo<Part>(select: (state: InfoState) => Part): Part {
  return useStore(useAppWindow().info, select)
}

/** A part of the panels; the component renders again when that part changes. */
export function usePanels<Part>(select: (state: PanelsState) => Part): Part {
  return useStore(useAppWindow().panels, select)
}

/** A part of the composer; the component renders again when that part changes. */
export function useComposer<Part>(select: (state: ComposerState) => Part): Part {
  return useStore(useAppWindow().composer, select)
}

/** A part of the prices; the component renders again when that part changes. */
export function useQuotes<Part>(select: (state: QuotesState) => Part): Part {
  return useStore(useAppWindow().quotes, select)
}

/** A part of the questions before a job; the component renders again when that part changes. */
export function useAsk<Part>(select: (state: AskState) => Part): Part {
  return useStore(useAppWindow().ask, select)
}

/** A part of the providers; the component renders again when that part changes. */
export function useProviders<Part>(select: (state: ProvidersState) => Part): Part {
  return useStore(useAppWindow().providers, select)
}

/** A part of the user's own bucket; the component renders again when that part changes. */
export function useBucket<Part>(select: (state: BucketState) => Part): Part {
  return useStore(useAppWindow().bucket, select)
}

/** A part of how requests leave this computer; the component renders again when that part changes. */
export function useNetwork<Part>(select: (state: NetworkState) => Part): Part {
  return useStore(useAppWindow().network, select)
}

/** A part of the comparison of providers; the component renders again when that part changes. */
export function useCompare<Part>(select: (state: CompareState) => Part): Part {
  return useStore(useAppWindow().compare, select)
}

/** A part of what was spent; the component renders again when that part changes. */
export function useSpend<Part>(select: (state: SpendState) => Part): Part {
  return useStore(useAppWindow().spend, select)
}

/** A part of the queue; the component renders again when that part changes. */
export function useQueue<Part>(select: (state: QueueState) => Part): Part {
  return useStore(useAppWindow().queue, select)
}

/** A part of the question what became of a job; the component renders again when that part changes. */
export function useResolve<Part>(select: (state: ResolveState) => Part): Part {
  return useStore(useAppWindow().resolve, select)
}

/** A part of the gallery; the component renders again when that part changes. */
export function useGallery<Part>(select: (state: GalleryState) => Part): Part {
  return useStore(useAppWindow().gallery, select)
}

/** A part of the stage; the component renders again when that part changes. */
export function useStage<Part>(select: (state: StageState) => Part): Part {
  return useStore(useAppWindow().stage, select)
}

/** A part of the intake of files; the component renders again when that part changes. */
export function useIntake<Part>(select: (state: IntakeState) => Part): Part {
  return useStore(useAppWindow().intake, select)
}
