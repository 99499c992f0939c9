import type { Provider } from '../provider'
import { recipeMode, resolutions } from '../recipe'
import type { Recipe } from '../recipe-schema'
import { nearestOf } from './nearest'
import type { Known, Objection } from './objection'

/** What is wrong with length, size and shape. */
export function shape(recipe: Recipe, provider: Provider, known: Known): readonly Objection[] {
  return [
    ...duration(recipe, provider),
    ...resolution(recipe, provider),
    ...aspectRatio(recipe, provider),
    ...pictureShape(recipe, provider, known),
  ]
}

function duration(recipe: Recipe, { name, capabilities }: Provider): readonly Objection[] {
  const { durationsS, referenceDurationsS, doubts } = capabilities
  const mode = recipeMode(recipe)
  // The platform adds what it adds.
  if (mode === 'extend') return []
  const fixTo = (allowed: readonly number[]) => {
    const nearest = nearestOf(allowed, recipe.durationS)
    return nearest === undefined
      ? {}
      : { fix: { label: `Use ${nearest} s`, recipe: { ...recipe, durationS: nearest } } }
  }
  const hasReferences = mode === 'references' || mode === 'sequence'
  const allowed = (hasReferences && referenceDurationsS) || durationsS
  if (allowed.includes(recipe.durationS)) return []
  const isPossible = durationsS.includes(recipe.durationS)
  const doubt = doubts.referenceDurationsS
  if (isPossible && doubt) {
    return [{ field: 'durationS', reason: doubt.note, weight: 'asks', ...fixTo(allowed) }]
  }
  const reason = `${name} cannot make ${recipe.durationS} s${isPossible ? ' from references' : ''}.`
  return [{ field: 'durationS', reason, weight: 'blocks', ...fixTo(allowed) }]
}

function resolution(recipe: Recipe, { name, capabilities }: Provider): readonly Objection[] {
  if (capabilities.resolutions.includes(recipe.resolution)) return []
  const best = resolutions.findLast((known) => capabilities.resolutions.includes(known))
  return [
    {
      field: 'resolution',
      reason: `${name} cannot make ${recipe.resolution === '4k' ? '4K' : recipe.resolution}.`,
      weight: 'blocks',
      ...(best === undefined
        ? {}
        : { fix: { label: `Use ${best}`, recipe: { ...recipe, resolution: best } } }),
    },
  ]
}

function aspectRatio(recipe: Recipe, { name, capabilities }: Provider): readonly Objection[] {
  const { aspectRatios, doubts } = capabilities
  const doubt = doubts.aspectRatios?.[recipe.aspectRatio]
  const isPossible = aspectRatios.includes(recipe.aspectRatio)
  if (isPossible && !doubt?.asks) return []
  const [usual] = aspectRatios
  return [
    {
      field: 'aspectRatio',
      reason: doubt?.note ?? `${name} cannot make ${recipe.aspectRatio}.`,
      weight: isPossible ? 'asks' : 'blocks',
      ...(usual === undefined
        ? {}
        : { fix: { label: `Use ${usual}`, recipe: { ...recipe, aspectRatio: usual } } }),
    },
  ]
}

/** Where the first frame decides the shape, another choice would surprise. */
function pictureShape(recipe: Recipe, { name, capabilities }: Provider, known: Known): readonly Objection[] {
  const { first } = recipe.slots
  const still = first === undefined ? undefined : known.still(first)
  if (!still || !capabilities.shapeFromPicture) return []
  const shaped = still.height > still.width ? '9:16' : '16:9'
  if (shaped === recipe.aspectRatio || !capabilities.aspectRatios.includes(recipe.aspectRatio)) return []
  return [
    {
      field: 'aspectRatio',
      reason: `${name} takes the shape from the first frame: this clip would be ${shaped}.`,
      weight: 'asks',
      fix: { label: `Use ${shaped}`, recipe: { ...recipe, aspectRatio: shaped } },
    },
  ]
}
