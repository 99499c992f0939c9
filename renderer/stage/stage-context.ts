import { createStoreContext } from '../ui/create-store-context'
import type { StageState } from './stage-store'

/** The stage, for every component below. */
export const stageContext = createStoreContext<StageState>('stage')
