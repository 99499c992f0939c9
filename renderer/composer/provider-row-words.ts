import { formatMoney } from '../../shared/money'
import type { ProviderStatus } from '../../shared/provider-status-schema'
import { recipeMode } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import type { Objection } from '../../shared/validate/objection'
import { untilInWords } from '../queue/clock-words'
import { noPriceInShort, type Price } from '../spend/price'
import { strings } from '../strings'
import type { ProviderRow } from './provider-rows'

const words = strings.route

/** The words beside a provider's name. */
export interface RowNote {
  readonly text: string
  readonly tone: 'text-ink-3' | 'text-warn' | 'text-bad'
  /** The whole of it, for who asks. */
  readonly tip?: string
}

/** What is to be said of a provider beside its name; null for one of which there is nothing to say; `now` in ms since 1970. */
export function noteOf(row: ProviderRow, now: number): RowNote | null {
  const { provider, status, obstacle } = row
  if (provider.id === 'animatic') return { text: words.onThisComputer, tone: 'text-ink-3' }
  switch (obstacle?.kind) {
    case 'cannot':
      return null
    case 'no-key':
      return { text: words.noKey, tone: 'text-ink-3' }
    case 'key-refused':
      return { text: `■ ${words.keyRefused}`, tone: 'text-bad' }
    case 'no-bucket':
      return { text: words.cannot.bucket, tone: 'text-ink-3', tip: words.bucketTip(provider.name) }
    case undefined:
      return (status ? troubleOf(status, now) : null) ?? noPriceOf(row) ?? historyOf(row)
  }
}

const warn = (text: string) => ({ text: `▲ ${text}`, tone: 'text-warn' }) as const

function noPriceOf({ quote }: ProviderRow): RowNote | null {
  if (!quote?.problem) return null
  return { ...warn(noPriceInShort(quote.problem)), tip: words.noPriceMeans(quote.problem.message) }
}

/** In two words: the price and the wait keep their columns beside it. */
function troubleOf({ health }: ProviderStatus, now: number): RowNote | null {
  switch (health.kind) {
    case 'limited':
      return { ...warn(words.limited), tip: words.limitedTip(untilInWords(health.until, now)) }
    case 'down':
      return { ...warn(words.down), tip: words.downTip }
    case 'out-of-credit':
      return { ...warn(words.outOfCredit), tip: words.outOfCreditTip }
    case 'ok':
      return null
  }
}

/** What is not sure about this recipe there, and how its jobs of late ended when not all ended well. */
function historyOf({ doubts, status }: ProviderRow): RowNote | null {
  const rate = status ? rateOf(status) : null
  const doubt = doubts.length > 0 ? { text: words.doubtful, tip: doubtsInWords(doubts) } : null
  const parts = [doubt, rate].filter((part) => part !== null)
  if (parts.length === 0) return null
  const join = (of: 'text' | 'tip', joint: string) => parts.map((part) => part[of]).join(joint)
  return { text: join('text', ' · '), tip: join('tip', '\n'), tone: 'text-ink-3' }
}

function doubtsInWords(doubts: readonly Objection[]): string {
  return [...doubts.map(({ reason }) => reason), strings.composer.sendAnyway].join(' ')
}

function rateOf({ outcomes }: ProviderStatus): { readonly text: string; readonly tip: string } | null {
  const { done, failed, refused } = outcomes
  if (failed + refused === 0) return null
  const tip = words.outcomes(done, failed, refused)
  const all = done + failed + refused
  if (refused === 0) return { text: words.failed(failed, all), tip }
  return { text: (failed === 0 ? words.refused : words.failedOrRefused)(failed + refused, all), tip }
}

/** How sure a price is, and why there is none; credits that are shown in dollars are told here. */
export function priceTip(price: Price, provider: string, creditMicros: number | null): string {
  const { certainty, amount, problem } = price
  if (problem) return words.noPriceMeans(problem.message)
  // Of a range of credits the upper end is quoted.
  const isMost = certainty === 'approximate' && amount.unit === 'credit'
  const sure = isMost ? words.mostCredits(provider) : words.certainty[certainty](provider)
  if (amount?.unit !== 'credit' || creditMicros === null) return sure
  return `${words.creditsAt(formatMoney(amount), formatMoney({ unit: 'usd', micros: creditMicros }))} ${sure}`
}

/** What a provider cannot do with the recipe, in a few words: `no last frame, no 4K`. */
export function cannotInWords(recipe: Recipe, row: ProviderRow): string {
  if (row.obstacle?.kind !== 'cannot') return ''
  return row.obstacle.objections.map((objection) => shortly(recipe, row, objection)).join(', ')
}

function shortly(recipe: Recipe, { provider }: ProviderRow, { field, opens }: Objection): string {
  const { capabilities } = provider
  const { cannot } = words
  if (opens === 'bucket') return cannot.bucket
  switch (field) {
    case 'slots':
      return capabilities.modes.includes(recipeMode(recipe))
        ? cannot.manyReferences(capabilities.maxReferences)
        : cannot[recipeMode(recipe)]
    case 'source': {
      const use = recipe.source?.use ?? 'extend'
      return capabilities.modes.includes(use) ? cannot.thisClip : cannot[use]
    }
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
    case 'noPeople':
      return cannot.noPeople
  }
}
