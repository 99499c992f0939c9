import type { Provider } from '../provider'
import type { Recipe } from '../recipe-schema'
import type { Objection } from './objection'

/** Settings that the provider has not. */
export function extras(recipe: Recipe, { name, capabilities }: Provider): readonly Objection[] {
  const objections: Objection[] = []
  if (recipe.audio && capabilities.audio === 'no') {
    objections.push({
      weight: 'blocks',
      field: 'audio',
      reason: `${name} makes no sound.`,
      fix: { label: 'Turn audio off', recipe: { ...recipe, audio: false } },
    })
  }
  if (recipe.seed !== null && capabilities.seed === 'no') {
    objections.push({
      weight: 'blocks',
      field: 'seed',
      reason: `${name} takes no seed.`,
      fix: { label: 'Remove the seed', recipe: { ...recipe, seed: null } },
    })
  }
  if (recipe.noPeople && capabilities.noPeople === 'no') {
    objections.push({
      weight: 'blocks',
      field: 'noPeople',
      reason: `${name} has no way to keep people out.`,
      fix: { label: 'Allow people', recipe: { ...recipe, noPeople: false } },
    })
  }
  return objections
}
