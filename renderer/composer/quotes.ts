import { createStore, type StoreApi } from 'zustand'
import { free, type Quote } from '../../shared/money'
import { isRemote, type ProviderId } from '../../shared/provider'
import { recipeMode } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import type { Calls } from '../connect'
import type { ComposerState } from './composer-store'

export interface QuotesState {
  readonly quotes: ReadonlyMap<ProviderId, Quote>
  /** What the quotes were asked for, as {@link priceKey} tells it; null before the first answer. */
  readonly of: string | null
}

/** How long the recipe must rest before prices are asked for, milliseconds: they follow a click at once to the eye. */
const restMs = 150

/** What a price can depend on: while it stays the same, a quote stands however the words change. */
function priceKey(recipe: Recipe): string {
  const { durationS, resolution, aspectRatio, audio } = recipe
  return JSON.stringify([recipeMode(recipe), durationS, resolution, aspectRatio, audio])
}

/** The price of a recipe at a provider; undefined while it is asked for. */
export function quoteOf(state: QuotesState, recipe: Recipe, provider: ProviderId): Quote | undefined {
  if (!isRemote(provider)) return free
  return state.of === priceKey(recipe) ? state.quotes.get(provider) : undefined
}

/** Keeps the prices of what the composer holds: asked a little after each change, and only the newest answer counts. */
export function createQuotes(deps: {
  readonly client: Calls<'quotes.get'>
  readonly composer: StoreApi<ComposerState>
  readonly fail: (thrown: unknown) => void
}): {
  readonly store: StoreApi<QuotesState>
  /** Asks again, for example when a provider has changed. */
  readonly refresh: () => void
  readonly stop: () => void
} {
  const store = createStore<QuotesState>(() => ({ quotes: new Map(), of: null }))
  let timer: ReturnType<typeof setTimeout> | undefined
  let newest = 0

  const ask = async () => {
    const number = (newest += 1)
    const { recipe } = deps.composer.getState()
    try {
      const answers = await deps.client['quotes.get']({ recipe })
      if (number !== newest) return
      const quotes = new Map(answers.map(({ provider, quote }) => [provider, quote]))
      store.setState({ quotes, of: priceKey(recipe) })
    } catch (thrown) {
      if (number === newest) deps.fail(thrown)
    }
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
      clearTimeout(timer)
      stopListening()
    },
  }
}
