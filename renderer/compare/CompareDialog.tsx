import { remoteProviderIds } from '../../shared/provider'
import { providers } from '../../shared/providers'
import { useKnown } from '../composer/use-objections'
import { quoteOf } from '../composer/quotes'
import { modeInWords } from '../composer/recipe-words'
import { amountInWords } from '../spend/money-words'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { useCompare, useProviders, useQuotes, useSpend } from '../window/app-window-context'
import { CompareLine } from './CompareLine'
import { compareRows, overCaps, sharedFixes, totalOf, type CompareRow, type Total } from './compare-rows'
import { factsOf } from './compare-store'
import { compareTotal } from './compare-words'
import type { Recipe } from '../../shared/recipe-schema'

const words = strings.compare

/** One recipe on several providers: who takes it, for how much together, and one press. */
export function CompareDialog() {
  const recipe = useCompare((state) => state.recipe)
  return recipe ? <Comparison recipe={recipe} /> : null
}

function Comparison({ recipe }: { readonly recipe: Recipe }) {
  const close = useCompare((state) => state.close)
  const send = useCompare((state) => state.send)
  const chosen = useCompare((state) => state.chosen)
  const rows = useRows(recipe)
  const sent = rows.filter(({ id, verdict }) => chosen.has(id) && verdict !== 'cannot')
  const total = totalOf(sent)
  const sum = compareTotal(total)
  return (
    <Dialog
      open
      onClose={close}
      title={words.title}
      closeLabel={words.cancel}
      className="w-[620px]"
      footer={
        <>
          <Button look="quiet" onClick={close}>
            {words.cancel}
          </Button>
          <Button
            look="primary"
            disabled={sent.length === 0}
            // The second click of a double click must not start a second round.
            onClick={({ detail }) => {
              if (detail < 2) void send()
            }}
          >
            {generateWords(sent.length, sum)}
          </Button>
        </>
      }
    >
      <p className="mb-3 text-ink-2">
        {words.intro} {modeInWords(recipe)}.
      </p>
      {rows.length === 0 ? <NoKeys /> : null}
      <SharedFixes rows={rows} />
      <ul className="border-b border-line">
        {rows.map((row) => (
          <CompareLine key={row.id} row={row} base={recipe} isChosen={chosen.has(row.id)} />
        ))}
      </ul>
      <Uncounted total={total} hasSum={sum !== null} />
      <OverCap total={total} />
      <WithoutKey rows={rows} />
    </Dialog>
  )
}

function useRows(recipe: Recipe): readonly CompareRow[] {
  const variants = useCompare((state) => state.variants)
  const priced = useCompare((state) => state.quotes)
  const statuses = useProviders((state) => state.statuses)
  const quotes = useQuotes((state) => state)
  const known = useKnown()
  return compareRows(
    factsOf(
      { variants, quotes: priced },
      { recipe, known, statuses, quote: (id) => quoteOf(quotes, recipe, id) },
    ),
  )
}

function generateWords(number: number, total: string | null): string {
  if (number === 0) return words.choosing
  return total === null ? words.generate(number) : words.generateFor(number, total)
}

/** What several providers would have changed alike, changed for all of them by one press. */
function SharedFixes({ rows }: { readonly rows: readonly CompareRow[] }) {
  const fixEverywhere = useCompare((state) => state.fixEverywhere)
  const fixes = sharedFixes(rows)
  if (fixes.length === 0) return null
  return (
    <div className="mb-3 flex flex-wrap justify-end gap-2">
      {fixes.map(({ label, number }) => (
        <Button key={label} size="small" onClick={() => fixEverywhere(label)}>
          {words.fixAll(label, number)}
        </Button>
      ))}
    </div>
  )
}

function Uncounted({ total: { unknown }, hasSum }: { readonly total: Total; readonly hasSum: boolean }) {
  if (unknown.length === 0 || !hasSum) return null
  return <p className="mt-2.5 text-small text-ink-2">{words.uncounted(unknown.map(({ name }) => name))}</p>
}

/** The whole is judged before any of it is sent: each job alone may fit. */
function OverCap({ total }: { readonly total: Total }) {
  const spend = useSpend((state) => state.spend)
  const over = spend && overCaps(total, spend)
  if (!over) return null
  return (
    <p className="mt-2.5 text-small text-warn">
      {words.overCap(over.cap, amountInWords({ unit: 'usd', micros: over.overMicros }))}
    </p>
  )
}

function NoKeys() {
  const show = useProviders((state) => state.show)
  const close = useCompare((state) => state.close)
  return (
    <div className="mb-3 flex items-center gap-3">
      <span className="grow">{words.none}</span>
      <Button
        onClick={() => {
          close()
          show('list')
        }}
      >
        {words.connect}
      </Button>
    </div>
  )
}

function WithoutKey({ rows }: { readonly rows: readonly CompareRow[] }) {
  const others = remoteProviderIds.filter((id) => rows.every((row) => row.id !== id))
  if (others.length === 0 || rows.length === 0) return null
  return (
    <p className="mt-2.5 text-small text-ink-3">
      {words.noKeys(others.map((id) => providers[id].name).join(', '))}
    </p>
  )
}
