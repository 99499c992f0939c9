import { slotNames, type SlotName } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import type { StillId } from '../../shared/still-schema'

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

/** The recipe with a picture in a slot, or with the slot empty. */
export function withSlot(recipe: Recipe, slot: SlotName, still: StillId | undefined): Recipe {
  const { [slot]: _before, ...others } = recipe.slots
  return { ...recipe, slots: still === undefined ? others : { ...others, [slot]: still } }
}

/** The recipe with the pictures of two slots exchanged; an empty slot is exchanged too. */
export function swapSlots(recipe: Recipe, one: SlotName, other: SlotName): Recipe {
  const { [one]: first, [other]: second } = recipe.slots
  return withSlot(withSlot(recipe, one, second), other, first)
}

/** Puts pictures into slots: the first into `target` when one is named, all others into the free ones in order. */
export function placeStills(recipe: Recipe, stills: readonly StillId[], target?: SlotName): Placement {
  const free = freeSlots(recipe).filter((slot) => slot !== target)
  const places = target ? [target, ...free] : free
  const filled = places.slice(0, stills.length)
  const placed = filled.reduce((next, slot, index) => withSlot(next, slot, stills[index]), recipe)
  return { recipe: placed, filled, left: stills.length - filled.length }
}

/** The sample recipe without what makes it the sample: own pictures come into empty slots, the settings stay. */
export function withoutSample(recipe: Recipe): Recipe {
  return { ...recipe, slots: {}, prompt: '' }
}
