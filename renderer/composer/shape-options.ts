import type { Capabilities } from '../../shared/provider'
import { recipeMode, type AspectRatio } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'

/** A value the provider offers; `unsure` where it would ask first. */
export interface Offered<Value> {
  readonly value: Value
  readonly unsure: boolean
}

/** The lengths a provider offers for what the recipe is, whole seconds; null where the length is the model's own. */
export function offeredDurations(
  recipe: Recipe,
  { durationsS, referenceDurationsS, doubts }: Capabilities,
): readonly Offered<number>[] | null {
  const mode = recipeMode(recipe)
  if (mode === 'extend') return null
  const sure = ((mode === 'references' || mode === 'sequence') && referenceDurationsS) || durationsS
  // What is only not documented may be tried.
  const offered = doubts.referenceDurationsS ? durationsS : sure
  return offered.map((value) => ({ value, unsure: !sure.includes(value) }))
}

/** The shapes a provider offers. */
export function offeredRatios({ aspectRatios, doubts }: Capabilities): readonly Offered<AspectRatio>[] {
  return aspectRatios.map((value) => ({ value, unsure: doubts.aspectRatios?.[value]?.asks ?? false }))
}
