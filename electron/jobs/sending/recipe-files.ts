import { linkNames } from '../../../shared/recipe'
import type { Recipe } from '../../../shared/recipe-schema'

/** Ids of the stills and the clip of a recipe that were not given by a pasted address. */
export function filesOf({ slots, source, links }: Recipe): readonly string[] {
  const files = linkNames.flatMap((name) => {
    if (links[name] !== undefined) return []
    return (name === 'source' ? source?.clip : slots[name]) ?? []
  })
  return [...new Set(files)]
}
