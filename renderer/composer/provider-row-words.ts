import { recipeMode } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import type { Objection } from '../../shared/validate'
import { timeOfDay } from '../queue/clock-words'
import { strings } from '../strings'
import type { ProviderRow } from './provider-rows'

const words = strings.route

/** The words beside a provider's name, with their colour; null for a provider of which nothing is to be said. */
export function noteOf({
  provider,
  status,
  obstacle,
}: ProviderRow): { readonly text: string; readonly tone: string } | null {
  if (provider.id === 'animatic') return { text: words.onThisComputer, tone: 'text-ink-3' }
  if (obstacle?.kind === 'cannot') return null
  if (obstacle?.kind === 'no-key') return { text: words.noKey, tone: 'text-ink-3' }
  if (obstacle?.kind === 'key-refused') return { text: `■ ${words.keyRefused}`, tone: 'text-bad' }
  const warn = (text: string) => ({ text: `▲ ${text}`, tone: 'text-warn' })
  switch (status?.health.kind) {
    case 'limited':
      return warn(words.limited(timeOfDay(status.health.until)))
    case 'down':
      return warn(words.down)
    case 'out-of-credit':
      return warn(words.outOfCredit)
    case 'ok':
    case undefined:
      return null
  }
}

/** What a provider cannot do with the recipe, in a few words: `no last frame, no 4K`. */
export function cannotInWords(recipe: Recipe, row: ProviderRow): string {
  if (row.obstacle?.kind !== 'cannot') return ''
  return row.obstacle.objections.map((objection) => shortly(recipe, row, objection)).join(', ')
}

function shortly(recipe: Recipe, { provider }: ProviderRow, { field }: Objection): string {
  const { capabilities } = provider
  const { cannot } = words
  switch (field) {
    case 'slots':
      return cannotTake(recipe)
    case 'prompt':
      return cannot.longPrompt
    case 'negativePrompt':
      return capabilities.negativePrompt === 'no' ? cannot.negativePrompt : cannot.longNegativePrompt
    case 'durationS':
      return capabilities.durationsS.includes(recipe.durationS)
        ? cannot.durationReferences(recipe.durationS)
        : cannot.durationS(recipe.durationS)
    case 'resolution':
      return cannot.resolution(recipe.resolution === '4k' ? '4K' : recipe.resolution)
    case 'aspectRatio':
      return cannot.aspectRatio(recipe.aspectRatio)
    case 'audio':
      return cannot.audio
    case 'seed':
      return cannot.seed
  }
}

function cannotTake(recipe: Recipe): string {
  const mode = recipeMode(recipe)
  switch (mode) {
    case 'first-last':
    case 'last-only':
      return words.cannot.last
    case 'references':
    case 'sequence':
    case 'first':
    case 'text':
      return words.cannot[mode]
  }
}
