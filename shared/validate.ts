import type { Provider } from './provider'
import { recipeMode, resolutions, type Mode } from './recipe'
import type { Recipe } from './recipe-schema'

/** The part of the composer that an objection is about. */
export type Field =
  | 'prompt'
  | 'negativePrompt'
  | 'slots'
  | 'durationS'
  | 'resolution'
  | 'aspectRatio'
  | 'audio'
  | 'seed'

/** Why a recipe cannot be sent, and the one click that mends it where there is one. */
export interface Objection {
  readonly field: Field
  readonly reason: string
  readonly fix?: { readonly label: string; readonly recipe: Recipe }
}

/** All reasons at once why the provider cannot take the recipe; empty when it can. */
export function validate(recipe: Recipe, provider: Provider): readonly Objection[] {
  return [
    ...pictures(recipe, provider),
    ...texts(recipe, provider),
    ...shape(recipe, provider),
    ...extras(recipe, provider),
  ]
}

const modeNames: Readonly<Record<Mode, string>> = {
  text: 'a prompt alone',
  first: 'a first frame',
  'first-last': 'a last frame',
  'last-only': 'a last frame alone',
  references: 'references',
  sequence: 'references together with frames',
}

function pictures(recipe: Recipe, { name, capabilities }: Provider): readonly Objection[] {
  const mode = recipeMode(recipe)
  const { first, last, ...references } = recipe.slots
  if (mode === 'last-only') {
    const slots = last ? { ...references, first: last } : references
    return [
      {
        field: 'slots',
        reason: 'A last frame needs a first frame.',
        fix: { label: 'Use it as first frame', recipe: { ...recipe, slots } },
      },
    ]
  }
  if (capabilities.modes.includes(mode)) return []
  const reason = `${name} cannot take ${modeNames[mode]}.`
  if (mode === 'sequence' || mode === 'references') {
    const slots = { ...(first ? { first } : {}), ...(last ? { last } : {}) }
    return [{ field: 'slots', reason, fix: { label: 'Remove references', recipe: { ...recipe, slots } } }]
  }
  if (mode === 'first-last') {
    const slots = first ? { first } : {}
    return [{ field: 'slots', reason, fix: { label: 'Remove last frame', recipe: { ...recipe, slots } } }]
  }
  return [{ field: 'slots', reason }]
}

function texts(recipe: Recipe, { name, capabilities }: Provider): readonly Objection[] {
  const { maxPrompt, needsPrompt, negativePrompt, maxNegativePrompt } = capabilities
  const objections: Objection[] = []
  if (recipe.prompt.trim() === '') {
    if (recipeMode(recipe) === 'text') {
      objections.push({ field: 'prompt', reason: 'Add a picture or write a prompt.' })
    } else if (needsPrompt) {
      objections.push({ field: 'prompt', reason: `${name} needs a prompt, also with pictures.` })
    }
  }
  if (recipe.prompt.length > maxPrompt) {
    const over = recipe.prompt.length - maxPrompt
    objections.push({
      field: 'prompt',
      reason: `${name} takes ${maxPrompt} characters; the prompt is ${over} too long.`,
    })
  }
  if (recipe.negativePrompt !== '' && negativePrompt === 'no') {
    objections.push({
      field: 'negativePrompt',
      reason: `${name} has no negative prompt.`,
      fix: { label: 'Remove it', recipe: { ...recipe, negativePrompt: '' } },
    })
  } else if (negativePrompt === 'yes' && recipe.negativePrompt.length > maxNegativePrompt) {
    const over = recipe.negativePrompt.length - maxNegativePrompt
    objections.push({
      field: 'negativePrompt',
      reason: `${name} takes ${maxNegativePrompt} characters in the negative prompt; it is ${over} too long.`,
    })
  }
  return objections
}

function shape(recipe: Recipe, { name, capabilities }: Provider): readonly Objection[] {
  const { durationsS, referenceDurationsS, aspectRatios } = capabilities
  const objections: Objection[] = []
  const hasReferences = recipeMode(recipe) === 'references'
  const allowed = (hasReferences && referenceDurationsS) || durationsS
  if (!allowed.includes(recipe.durationS)) {
    const nearest = nearestOf(allowed, recipe.durationS)
    objections.push({
      field: 'durationS',
      reason: `${name} cannot make ${recipe.durationS} s${durationsS.includes(recipe.durationS) ? ' from references' : ''}.`,
      ...(nearest === undefined
        ? {}
        : { fix: { label: `Use ${nearest} s`, recipe: { ...recipe, durationS: nearest } } }),
    })
  }
  if (!capabilities.resolutions.includes(recipe.resolution)) {
    const best = resolutions.findLast((resolution) => capabilities.resolutions.includes(resolution))
    objections.push({
      field: 'resolution',
      reason: `${name} cannot make ${recipe.resolution === '4k' ? '4K' : recipe.resolution}.`,
      ...(best === undefined
        ? {}
        : { fix: { label: `Use ${best}`, recipe: { ...recipe, resolution: best } } }),
    })
  }
  if (!aspectRatios.includes(recipe.aspectRatio)) {
    const [usual] = aspectRatios
    objections.push({
      field: 'aspectRatio',
      reason: `${name} cannot make ${recipe.aspectRatio}.`,
      ...(usual === undefined
        ? {}
        : { fix: { label: `Use ${usual}`, recipe: { ...recipe, aspectRatio: usual } } }),
    })
  }
  return objections
}

function extras(recipe: Recipe, { name, capabilities }: Provider): readonly Objection[] {
  const objections: Objection[] = []
  if (recipe.audio && capabilities.audio === 'no') {
    objections.push({
      field: 'audio',
      reason: `${name} makes no sound.`,
      fix: { label: 'Turn audio off', recipe: { ...recipe, audio: false } },
    })
  }
  if (recipe.seed !== null && capabilities.seed === 'no') {
    objections.push({
      field: 'seed',
      reason: `${name} takes no seed.`,
      fix: { label: 'Remove the seed', recipe: { ...recipe, seed: null } },
    })
  }
  return objections
}

/** The allowed value nearest to the wanted one, the longer of two: a clip can be cut, not stretched. */
function nearestOf(allowed: readonly number[], wanted: number): number | undefined {
  return allowed.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || b - a)[0]
}
