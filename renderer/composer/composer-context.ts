import { createStoreContext } from '../ui/create-store-context'
import type { ComposerState } from './composer-store'

/** The composer, for every component below. */
export const composerContext = createStoreContext<ComposerState>('composer')
