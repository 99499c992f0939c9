import type { VeoParams } from './apiframe-schema'

/** How Apiframe prices a model, in credits (§2.6): the mode names are documented, what each means is [ASSUMED]. */
export type ApiframePrice =
  /** One price whatever is asked. */
  | { readonly pricingMode: 'flat'; readonly credits: number }
  /** Per second, without and with sound; a job is rounded up to whole credits. */
  | { readonly pricingMode: 'per-second'; readonly silent: number; readonly audio: number }
  /** Its own price for each combination: seconds, then without and with sound. */
  | {
      readonly pricingMode: 'per-output'
      readonly table: Readonly<Record<4 | 6 | 8, readonly [number, number]>>
    }

/** The only figures the documents have, those of the older scale (§2.7). */
export const documentedPrice: ApiframePrice = {
  pricingMode: 'per-output',
  table: { 4: [3, 5], 6: [4, 6], 8: [5, 8] },
}

/** Credits that a job costs. */
export function creditsFor(price: ApiframePrice, { duration, generate_audio }: VeoParams): number {
  switch (price.pricingMode) {
    case 'flat':
      return price.credits
    case 'per-second':
      return Math.ceil(duration * (generate_audio ? price.audio : price.silent))
    case 'per-output':
      return price.table[duration][generate_audio ? 1 : 0]
  }
}

/** The model as `GET /v2/models` lists it, the live source of prices (§2.6). */
export function listedModel(price: ApiframePrice): Readonly<Record<string, unknown>> {
  const { pricingMode } = price
  const [costMin, costMax] = span(price)
  return { id: 'veo-3.1-fast', name: 'Veo 3.1 Fast', modality: 'video', pricingMode, costMin, costMax }
}

function span(price: ApiframePrice): readonly [number, number] {
  switch (price.pricingMode) {
    case 'flat':
      return [price.credits, price.credits]
    case 'per-second':
      return [price.silent, price.audio]
    case 'per-output': {
      const all = Object.values(price.table).flat()
      return [Math.min(...all), Math.max(...all)]
    }
  }
}
