import type { ReactNode } from 'react'
import { PlatformContext } from '../ui/platform-context'
import { useInfo } from './app-window-context'

/** Tells every key glyph below which platform it is drawn for. */
export function Platform({ children }: { readonly children: ReactNode }) {
  const platform = useInfo((state) => state.info?.platform ?? 'linux')
  return <PlatformContext.Provider value={platform}>{children}</PlatformContext.Provider>
}
