import { usd, type Quote } from '../../../shared/money'
import type { Resolution } from '../../../shared/recipe'
import type { Recipe } from '../../../shared/recipe-schema'

type BySeconds = Readonly<Record<number, number>>

/** The 18 prices of Krea's page in dollars, by resolution, sound and seconds (reference/providers.md §3.7). */
export const kreaPrices: Readonly<
  Record<Resolution, { readonly silent: BySeconds; readonly audio: BySeconds }>
> = {
  '720p': { silent: { 4: 0.336, 6: 0.504, 8: 0.672 }, audio: { 4: 0.42, 6: 0.63, 8: 0.84 } },
  '1080p': { silent: { 4: 0.42, 6: 0.63, 8: 0.84 }, audio: { 4: 0.504, 6: 0.756, 8: 1.008 } },
  '4k': { silent: { 4: 1.05, 6: 1.575, 8: 2.1 }, audio: { 4: 1.26, 6: 1.89, 8: 2.52 } },
}

/** The listed price of a recipe; unknown for what is not on the list. */
export function kreaQuote({ resolution, audio, durationS }: Recipe): Quote {
  const dollars = kreaPrices[resolution][audio ? 'audio' : 'silent'][durationS]
  if (dollars === undefined) return { certainty: 'unknown', amount: null }
  return { certainty: 'listed', amount: usd(dollars) }
}
