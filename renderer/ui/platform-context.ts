import { createContext, useContext } from 'react'
import { formatKeys } from './keys'

/** Node's name of the platform, for the glyphs of keys. */
export const PlatformContext = createContext('linux')

/** Words a key combination for this platform. */
export function useKeys(combination: string): string {
  return formatKeys(combination, useContext(PlatformContext))
}
