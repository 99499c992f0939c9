import { createStoreContext } from '../ui/create-store-context'
import type { NoticesState } from './notices-store'

/** The messages, for every component below. */
export const noticesContext = createStoreContext<NoticesState>('notices')
