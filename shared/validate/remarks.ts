import type { Provider } from '../provider'
import { recipeMode, slotNames } from '../recipe'
import type { Recipe } from '../recipe-schema'
import { wayOf } from './hand-over'
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
  if (!rules) return said
  const copied = handed.filter((slot) => {
    const still = known.still(recipe.slots[slot] ?? '')
    return still !== undefined && !fits(still, rules)
  })
  if (copied.length === 0) return said
  const what =
    copied.length === 1 ? 'One picture goes as a JPEG copy' : `${copied.length} pictures go as JPEG copies`
  const why = rules.way === 'inline' ? 'inside a request of 1 MiB' : `up to ${rules.maxBytes / 1e6} MB`
  const types = rules.types.map((type) => type.toUpperCase()).join(', ')
  return [...said, `${what}: ${name} takes ${types} ${why}. The still itself stays as it is.`]
}

/** Whether a still can be handed over as it is. */
export function fits(
  still: { readonly type: string; readonly bytes: number },
  rules: Pick<Provider['pictures'][number], 'types' | 'maxBytes'>,
): boolean {
  return still.bytes <= rules.maxBytes && rules.types.some((type) => type === still.type)
}
