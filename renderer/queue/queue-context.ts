import { createStoreContext } from '../ui/create-store-context'
import type { QueueState } from './queue-store'

/** The queue, for every component below. */
export const queueContext = createStoreContext<QueueState>('queue')
