import { createStoreContext } from '../ui/create-store-context'
import type { IntakeState } from './intake-store'

/** The intake of files, for every component below. */
export const intakeContext = createStoreContext<IntakeState>('intake')
