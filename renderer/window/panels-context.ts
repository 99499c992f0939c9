import { createStoreContext } from '../ui/create-store-context'
import type { PanelsState } from './panels-store'

/** The panels, for every component below. */
export const panelsContext = createStoreContext<PanelsState>('panels')
