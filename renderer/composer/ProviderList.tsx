import { RadioGroup } from 'radix-ui'
import { providerIds } from '../../shared/provider'
import { remarks } from '../../shared/validate/remarks'
import { dialectInWords } from '../settings/provider-words'
import { strings } from '../strings'
import { Details } from '../ui/Details'
import { useComposer, useProviders, useQuotes } from '../window/app-window-context'
import { ProviderItem } from './ProviderItem'
import { quoteOf } from './quotes'
import { unbroken } from '../ui/unbroken'
import { useKnown } from './use-objections'
import { useProviderRows } from './use-provider-rows'

/** Who can make this clip, for how much and how fast: usable ones first, cheapest first. */
export function ProviderList() {
  const chosen = useComposer((state) => state.provider.id)
  const setProvider = useComposer((state) => state.setProvider)
  const rows = useProviderRows()
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
      <NoPrice />
      <Remarks />
    </section>
  )
}

/** Why the chosen provider has no price, in full. */
function NoPrice() {
  const recipe = useComposer((state) => state.recipe)
  const id = useComposer((state) => state.provider.id)
  const problem = useQuotes((state) => quoteOf(state, recipe, id)?.problem)
  const isLocked = useProviders((state) => state.statuses.get(id)?.key.kind === 'none')
  if (!problem || isLocked) return null
  return (
    <div className="mt-1.5 text-small text-ink-2">
      <output className="selectable block">{strings.route.noPriceMeans(problem.message)}</output>
      {problem.details === undefined ? null : (
        <Details label={strings.common.details} text={problem.details} />
      )}
    </div>
  )
}

/** What is to be known of how the recipe gets to the chosen provider, although nothing stands in its way. */
function Remarks() {
  const recipe = useComposer((state) => state.recipe)
  const provider = useComposer((state) => state.provider)
  const dialect = useProviders((state) => state.statuses.get(provider.id)?.dialect ?? null)
  const spoken = dialectInWords(provider, dialect)
  const lines = [...remarks(recipe, provider, useKnown()), ...(spoken === null ? [] : [spoken])]
  if (lines.length === 0) return null
  return (
    <ul className="selectable mt-1.5 grid gap-1 text-small text-ink-3">
      {lines.map((line) => (
        <li key={line}>{unbroken(line)}</li>
      ))}
    </ul>
  )
}
