import { useComposer, useProviders, useQuotes } from '../window/app-window-context'
import { providerRows, type ProviderRow } from './provider-rows'
import { quoteOf } from './quotes'
import { useKnown } from './use-objections'

/** The provider list for what the composer holds. */
export function useProviderRows(): readonly ProviderRow[] {
  const recipe = useComposer((state) => state.recipe)
  const statuses = useProviders((state) => state.statuses)
  const quotes = useQuotes((state) => state)
  const known = useKnown()
  return providerRows({
    recipe,
    known,
    statuses,
    quote: (provider) => quoteOf(quotes, recipe, provider),
  })
}
