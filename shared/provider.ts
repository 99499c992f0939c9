import { aspectRatios, recipeMode, resolutions, type AspectRatio, type Mode, type Resolution } from './recipe'
import type { Recipe } from './recipe-schema'

export const providerIds = ['animatic'] as const
export type ProviderId = (typeof providerIds)[number]

/** What a provider accepts, as data; the composer shows only that. */
export interface Capabilities {
  readonly modes: readonly Mode[]
  /** Whole seconds. */
  readonly durationsS: readonly number[]
  readonly resolutions: readonly Resolution[]
  readonly aspectRatios: readonly AspectRatio[]
  /** Most characters of a prompt. */
  readonly maxPrompt: number
}

export interface Provider {
  readonly id: ProviderId
  readonly name: string
  readonly capabilities: Capabilities
}

/** The local provider: free, offline, rendered in the media window. */
export const animatic: Provider = {
  id: 'animatic',
  name: 'Animatic',
  capabilities: {
    modes: ['text', 'first', 'first-last', 'sequence'],
    durationsS: [1, 2, 3, 4, 5, 6, 7, 8],
    resolutions,
    aspectRatios,
    maxPrompt: 4000,
  },
}

/** Why a recipe cannot be sent, and the one click that mends it where there is one. */
export interface Objection {
  readonly reason: string
  readonly fix?: { readonly label: string; readonly recipe: Recipe }
}

/** All reasons at once why the provider cannot take the recipe; empty when it can. */
export function validate(recipe: Recipe, provider: Provider): readonly Objection[] {
  const { capabilities, name } = provider
  const objections: Objection[] = []
  const mode = recipeMode(recipe)
  if (mode === 'last-only') {
    const { last, ...rest } = recipe.slots
    const slots = last ? { ...rest, first: last } : rest
    objections.push({
      reason: 'A last frame needs a first frame.',
      fix: { label: 'Use it as first frame', recipe: { ...recipe, slots } },
    })
  } else if (!capabilities.modes.includes(mode)) {
    objections.push({ reason: `${name} cannot use these pictures together.` })
  }
  if (mode === 'text' && recipe.prompt.trim() === '') {
    objections.push({ reason: 'Add a picture or write a prompt.' })
  }
  if (recipe.prompt.length > capabilities.maxPrompt) {
    const over = recipe.prompt.length - capabilities.maxPrompt
    objections.push({
      reason: `${name} takes ${capabilities.maxPrompt} characters; the prompt is ${over} too long.`,
    })
  }
  if (!capabilities.durationsS.includes(recipe.durationS)) {
    objections.push({ reason: `${name} cannot make ${recipe.durationS} s.` })
  }
  if (!capabilities.resolutions.includes(recipe.resolution)) {
    objections.push({ reason: `${name} cannot make ${recipe.resolution}.` })
  }
  if (!capabilities.aspectRatios.includes(recipe.aspectRatio)) {
    objections.push({ reason: `${name} cannot make ${recipe.aspectRatio}.` })
  }
  return objections
}
