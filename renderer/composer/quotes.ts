import { createStore, type StoreApi } from 'zustand'
import { toErrorShape } from '../../shared/error'
import { free } from '../../shared/money'
import { isRemote, remoteProviderIds, type ProviderId } from '../../shared/provider'
import { recipeMode } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import type { Calls } from '../connect'
import { readPrices, unknownPrice, type Price } from '../spend/price'
import type { ComposerState } from './composer-store'

export interface QuotesState {
  readonly quotes: ReadonlyMap<ProviderId, Price>
  /** What the quotes were asked for, as {@link priceKey} tells it; null before the first answer. */
  readonly of: string | null
}

/** How long the recipe must rest before prices are asked for, milliseconds: they follow a click at once to the eye. */
const restMs = 150

/** How long after a price that could not be had all are asked for again, milliseconds. */
const againMs = 15_000

/** What a price can depend on: while it stays the same, a quote stands however the words change. */
function priceKey(recipe: Recipe): string {
  const { durationS, resolution, aspectRatio, audio } = recipe
  return JSON.stringify([recipeMode(recipe), durationS, resolution, aspectRatio, audio])
}

/** The price of a recipe at a provider; undefined while it is asked for. */
export function quoteOf(state: QuotesState, recipe: Recipe, provider: ProviderId): Price | undefined {
  if (!isRemote(provider)) return free
  // An answer that lacks it leaves nothing to wait for.
  return state.of === priceKey(recipe) ? (state.quotes.get(provider) ?? unknownPrice) : undefined
}

/**
 * Keeps the prices of what the composer holds: asked a little after each change, and only the newest answer counts. What
 * could not be had has its reason in the price's place and is asked for again after a while.
 */
export function createQuotes(deps: {
  readonly client: Calls<'quotes.get'>
  readonly composer: StoreApi<ComposerState>
}): {
  readonly store: StoreApi<QuotesState>
  /** Asks again, for example when a provider or the network has changed. */
  readonly refresh: () => void
  readonly stop: () => void
} {
  const store = createStore<QuotesState>(() => ({ quotes: new Map(), of: null }))
  let timer: ReturnType<typeof setTimeout> | undefined
  let newest = 0

  const pricesOf = async (recipe: Recipe): Promise<ReadonlyMap<ProviderId, Price>> => {
    try {
      return readPrices(await deps.client['quotes.get']({ recipe }))
    } catch (thrown) {
      const problem = toErrorShape(thrown)
      return new Map(remoteProviderIds.map((id) => [id, { ...unknownPrice, problem }]))
    }
  }
  const ask = async () => {
    timer = undefined
    const number = (newest += 1)
    const { recipe } = deps.composer.getState()
    const quotes = await pricesOf(recipe)
    if (number !== newest) return
    store.setState({ quotes, of: priceKey(recipe) })
    const isWhole = [...quotes.values()].every(({ problem }) => problem === undefined)
    // What is to be asked sooner stays so.
    if (!isWhole) timer ??= setTimeout(() => void ask(), againMs)
  }
  const refresh = () => {
    if (!deps.composer.getState().loaded) return
    clearTimeout(timer)
    timer = setTimeout(() => void ask(), restMs)
  }
  const stopListening = deps.composer.subscribe((state, before) => {
    if (state.recipe !== before.recipe || state.loaded !== before.loaded) refresh()
  })

  return {
    store,
    refresh,
    stop: () => {
      // An answer that is on its way starts nothing either.
      newest += 1
      clearTimeout(timer)
      stopListening()
    },
  }
}
