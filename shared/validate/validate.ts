import type { Provider } from '../provider'
import type { Recipe } from '../recipe-schema'
import { extras } from './extras'
import { handOver } from './hand-over'
import { nothingKnown, type Known, type Objection } from './objection'
import { shape } from './shape'
import { slots } from './slots'
import { texts } from './texts'

/** All reasons at once why the provider cannot take the recipe, or may not; empty when it can. */
export function validate(
  recipe: Recipe,
  provider: Provider,
  known: Known = nothingKnown,
): readonly Objection[] {
  return [
    ...slots(recipe, provider),
    ...handOver(recipe, provider, known),
    ...texts(recipe, provider),
    ...shape(recipe, provider, known),
    ...extras(recipe, provider),
  ]
}

/** The objections that no "send anyway" can pass. */
export function blockers(objections: readonly Objection[]): readonly Objection[] {
  return objections.filter(({ weight }) => weight === 'blocks')
}
