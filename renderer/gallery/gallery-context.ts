import { createStoreContext } from '../ui/create-store-context'
import type { GalleryState } from './gallery-store'

/** The gallery, for every component below. */
export const galleryContext = createStoreContext<GalleryState>('gallery')
