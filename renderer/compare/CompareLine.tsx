import type { Recipe } from '../../shared/recipe-schema'
import type { Objection } from '../../shared/validate/objection'
import { blockers } from '../../shared/validate/validate'
import { WaitText } from '../composer/ProviderItem'
import { priceTip } from '../composer/provider-row-words'
import { creditWorth } from '../composer/provider-rows'
import { modeInWords } from '../composer/recipe-words'
import { unbroken } from '../ui/unbroken'
import { standing } from '../settings/provider-words'
import { priceInFull } from '../spend/money-words'
import { noPriceInShort } from '../spend/price'
import { useNow } from '../queue/use-now'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { Dot } from '../ui/Dot'
import { ToneMark } from '../ui/ToneMark'
import { useCompare, useProviders } from '../window/app-window-context'
import type { CompareRow } from './compare-rows'

const words = strings.compare

/** One provider of the comparison: whether it is sent to, price, wait, and what it says to the recipe. */
export function CompareLine(props: {
  readonly row: CompareRow
  readonly base: Recipe
  readonly isChosen: boolean
}) {
  const { row, base, isChosen } = props
  const { id, provider, status, quote, verdict, wait } = row
  const toggle = useCompare((state) => state.toggle)
  const can = verdict !== 'cannot'
  const worth = creditWorth(status)
  const { look, text } = standing(status, useNow(status.health.kind === 'limited'))
  return (
    <li className="border-t border-line py-2">
      <label className="flex min-h-6 items-center gap-2.5">
        <input
          type="checkbox"
          aria-label={words.choose(provider.name)}
          checked={isChosen && can}
          disabled={!can}
          onChange={() => toggle(id)}
          className="size-3.5 shrink-0 accent-accent"
        />
        <Dot look={look} />
        <span className={`shrink-0 font-semibold ${can ? '' : 'text-ink-2'}`}>{provider.name}</span>
        {look === 'ok' && can && quote?.problem ? (
          <span title={quote.problem.message} className="min-w-0 grow truncate text-warn">
            ▲ {noPriceInShort(quote.problem)}
          </span>
        ) : look === 'ok' ? (
          <Answer row={row} base={base} />
        ) : (
          <span title={text} className={`min-w-0 grow truncate ${tones[look]}`}>
            {text}
          </span>
        )}
        {/* A price for what cannot be made is none. */}
        {can ? (
          <span className="shrink-0" title={quote ? priceTip(quote, provider.name, worth) : undefined}>
            {quote ? priceInFull(quote, worth) : strings.route.asking}
          </span>
        ) : null}
        <WaitText wait={wait} provider={provider.name} />
      </label>
      <Changes row={row} />
      <Reasons row={row} />
    </li>
  )
}

const tones = { warn: 'text-warn', bad: 'text-bad', none: 'text-ink-3' } as const

/** What the provider says to the recipe. */
function Answer({ row, base }: { readonly row: CompareRow; readonly base: Recipe }) {
  const { verdict, changes } = row
  const mode = modeInWords(row.recipe)
  return (
    <span className="min-w-0 grow truncate text-ink-3">
      {verdict === 'can' && changes.length === 0 ? words.can : null}
      {verdict === 'asks' ? words.asks : null}
      {changes.length > 0 && mode !== modeInWords(base) ? words.mode(mode) : null}
    </span>
  )
}

function Changes({ row: { id, changes } }: { readonly row: CompareRow }) {
  const putBack = useCompare((state) => state.putBack)
  if (changes.length === 0) return null
  return (
    <p className="flex min-h-6 items-center gap-2 pl-6 text-small text-ink-3">
      <span className="min-w-0 grow">{words.changed(changes.join(', '))}</span>
      <Button look="quiet" size="small" onClick={() => putBack(id)}>
        {words.putBack}
      </Button>
    </p>
  )
}

function Reasons({ row }: { readonly row: CompareRow }) {
  const fixAll = useCompare((state) => state.fixAll)
  if (row.objections.length === 0) return null
  const mendable = blockers(row.objections).filter(({ fix }) => fix !== undefined).length
  return (
    <ul className="grid gap-1 pl-6">
      {row.objections.map((objection) => (
        <Reason key={objection.reason} row={row} objection={objection} />
      ))}
      {mendable > 1 ? (
        <li className="flex justify-end">
          <Button size="small" onClick={() => fixAll(row)}>
            {words.all(mendable)}
          </Button>
        </li>
      ) : null}
    </ul>
  )
}

function Reason({ row, objection }: { readonly row: CompareRow; readonly objection: Objection }) {
  const fixFor = useCompare((state) => state.fix)
  const close = useCompare((state) => state.close)
  const show = useProviders((state) => state.show)
  const { reason, weight, fix, opens } = objection
  const asks = weight === 'asks'
  return (
    <li className="flex min-h-6 items-start gap-2 text-small text-ink-2">
      <span className="flex py-[3.5px]">
        <ToneMark tone={asks ? 'info' : 'warn'} />
      </span>
      <span className="selectable min-w-0 grow py-[3.5px]">
        {unbroken(asks ? words.asksMeans(reason) : reason)}
      </span>
      {opens ? (
        <Button
          size="small"
          onClick={() => {
            close()
            show(opens)
          }}
        >
          {words.needsBucket}
        </Button>
      ) : null}
      {fix ? (
        <Button size="small" onClick={() => fixFor(row.id, fix)}>
          {fix.label}
        </Button>
      ) : null}
    </li>
  )
}
