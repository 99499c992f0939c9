import { slotNames, type LinkName, type SlotName, type SourceUse } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import type { StillId } from '../../shared/still-schema'
import { without, withoutSource, withPicture } from '../../shared/validate/slots'

/** What became of pictures that were to go into slots. */
export interface Placement {
  readonly recipe: Recipe
  /** The slots that were filled, in the order the pictures came. */
  readonly filled: readonly SlotName[]
  /** How many pictures found no slot. */
  readonly left: number
}

/** The empty slots, in the order a drop fills them. */
export function freeSlots({ slots }: Pick<Recipe, 'slots'>): readonly SlotName[] {
  return slotNames.filter((slot) => !slots[slot])
}

/** The recipe with what is in two slots exchanged, pictures and their addresses; an empty slot is exchanged too. */
export function swapSlots(recipe: Recipe, one: SlotName, other: SlotName): Recipe {
  const goesTo = (name: string) => (name === one ? other : name === other ? one : name)
  const exchanged = <T>(of: Readonly<Partial<Record<string, T>>>) =>
    Object.fromEntries(Object.entries(of).map(([name, value]) => [goesTo(name), value]))
  return { ...recipe, slots: exchanged(recipe.slots), links: exchanged(recipe.links) }
}

/** Puts pictures into slots: the first into `target` when one is named, all others into the free ones in order. */
export function placeStills(recipe: Recipe, stills: readonly StillId[], target?: SlotName): Placement {
  const free = freeSlots(recipe).filter((slot) => slot !== target)
  const places = target ? [target, ...free] : free
  const filled = places.slice(0, stills.length)
  const placed = filled.reduce((next, slot, index) => {
    const still = stills[index]
    return still === undefined ? next : withPicture(next, slot, still)
  }, recipe)
  return { recipe: placed, filled, left: stills.length - filled.length }
}

/** The recipe with the public address from which what is in a place came. */
export function withLink(recipe: Recipe, place: LinkName, link: string): Recipe {
  return { ...recipe, links: { ...recipe.links, [place]: link } }
}

/** The recipe with another source clip; the address of the one before is forgotten. */
export function withSource(recipe: Recipe, clip: string, use: SourceUse): Recipe {
  return { ...withoutSource(recipe), source: { clip, use } }
}

/** The sample recipe without what makes it the sample: own pictures come into empty slots, the settings stay. */
export function withoutSample(recipe: Recipe): Recipe {
  return { ...without(recipe, slotNames), prompt: '' }
}
