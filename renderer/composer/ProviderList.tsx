import { RadioGroup } from 'radix-ui'
import { providerIds } from '../../shared/provider'
import { strings } from '../strings'
import { useComposer, useProviders, useQuotes } from '../window/app-window-context'
import { ProviderItem } from './ProviderItem'
import { providerRows } from './provider-rows'
import { quoteOf } from './quotes'

/** Who can make this clip, for how much and how fast: usable ones first, cheapest first. */
export function ProviderList() {
  const recipe = useComposer((state) => state.recipe)
  const chosen = useComposer((state) => state.provider.id)
  const setProvider = useComposer((state) => state.setProvider)
  const statuses = useProviders((state) => state.statuses)
  const quotes = useQuotes((state) => state)
  const rows = providerRows({ recipe, statuses, quote: (provider) => quoteOf(quotes, recipe, provider) })
  const choose = (value: string) => {
    const id = providerIds.find((known) => known === value)
    if (id) setProvider(id)
  }
  return (
    <section>
      <h2 className="mb-1 text-small text-ink-2">{strings.route.label}</h2>
      <RadioGroup.Root
        value={chosen}
        onValueChange={choose}
        aria-label={strings.route.label}
        className="border-b border-line"
      >
        {rows.map((row) => (
          <ProviderItem key={row.provider.id} row={row} isChosen={row.provider.id === chosen} />
        ))}
      </RadioGroup.Root>
    </section>
  )
}
