import type { HandOverRules, Provider } from '../provider'
import { recipeMode, slotNames, type SlotName } from '../recipe'
import type { Recipe } from '../recipe-schema'
import { fits, wayOf } from './hand-over'
import type { Known } from './objection'

/** What the user should know of how a recipe gets to the provider, although nothing stands in its way. */
export function remarks(recipe: Recipe, provider: Provider, known: Known): readonly string[] {
  const { name, capabilities, pictures } = provider
  const doubt = capabilities.doubts.modes?.[recipeMode(recipe)]
  const rules = wayOf(pictures, known)
  const handed = slotNames.filter((slot) => recipe.slots[slot] && recipe.links[slot] === undefined)
  const said = [
    ...(doubt && !doubt.asks ? [doubt.note] : []),
    ...(rules?.way === 'inline' && handed.length > 0
      ? [`${name} gets the picture inside the request, of which only one of its documents speaks.`]
      : []),
  ]
  const isOther = (slot: SlotName, by: Pick<HandOverRules, 'types' | 'maxBytes'>) => {
    const still = known.still(recipe.slots[slot] ?? '')
    return still !== undefined && !fits(still, by)
  }
  const [best] = pictures
  const linked = slotNames.filter((slot) => recipe.slots[slot] && recipe.links[slot] !== undefined)
  if (best && linked.some((slot) => isOther(slot, best))) {
    const size = `${best.maxBytes / 1e6} MB`
    said.push(
      `A link goes as it is, and ${name} takes ${typesOf(best)} up to ${size}: it may refuse this picture.`,
    )
  }
  const copied = rules ? handed.filter((slot) => isOther(slot, rules)) : []
  if (!rules || copied.length === 0) return said
  const what =
    copied.length === 1 ? 'One picture goes as a JPEG copy' : `${copied.length} pictures go as JPEG copies`
  const why = rules.way === 'inline' ? 'inside a request of 1 MiB' : `up to ${rules.maxBytes / 1e6} MB`
  return [...said, `${what}: ${name} takes ${typesOf(rules)} ${why}. The still itself stays as it is.`]
}

function typesOf({ types }: Pick<HandOverRules, 'types'>): string {
  return types.map((type) => type.toUpperCase()).join(', ')
}
