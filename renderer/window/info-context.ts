import { createStoreContext } from '../ui/create-store-context'
import type { InfoState } from './info-store'

/** What the application says of itself, for every component below. */
export const infoContext = createStoreContext<InfoState>('info')
