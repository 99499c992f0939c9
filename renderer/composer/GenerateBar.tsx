import { isRemote, type ProviderId } from '../../shared/provider'
import { blockers, validate } from '../../shared/validate/validate'
import { lookOf } from '../settings/provider-words'
import { priceInShort } from '../spend/money-words'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { Kbd } from '../ui/Kbd'
import { useKeys } from '../ui/platform-context'
import { ToneMark } from '../ui/ToneMark'
import { useCompare, useComposer, useProviders, useQuotes } from '../window/app-window-context'
import { showFirstFault } from './FieldBox'
import { GenerateButton } from './GenerateButton'
import { creditWorth } from './provider-rows'
import { quoteOf } from './quotes'
import { isBeginning, useFaults } from './use-faults'
import { useKnown, useObjections } from './use-objections'
import { useProviderRows } from './use-provider-rows'

const words = strings.composer

/** The one press that makes a clip, with its price; above it the one thing that stands in the way, and its remedy. */
export function GenerateBar() {
  const recipe = useComposer((state) => state.recipe)
  const provider = useComposer((state) => state.provider)
  const quote = useQuotes((state) => quoteOf(state, recipe, provider.id))
  const worth = useProviders((state) => creditWorth(state.statuses.get(provider.id)))
  const keys = useKeys('mod+enter')
  const blocked = blockers(useObjections()).length > 0
  // A price for what cannot be made is none.
  const hasPrice = !blocked && quote && quote.certainty !== 'unknown'
  return (
    <div className="border-t border-line px-3.5 py-3">
      <output className="block">
        {blocked ? <Obstacle /> : <KeyHint id={provider.id} name={provider.name} />}
      </output>
      <div className="flex gap-2">
        <CompareButton />
        {/* The key is on a second line, out of sight, where the price leaves it no room. */}
        <GenerateButton
          className="h-9 min-w-0 grow basis-0 flex-wrap content-start gap-x-1.5 gap-y-0 overflow-hidden"
          title={keys}
          blocked={blocked}
        >
          <span className="leading-9">
            {hasPrice ? words.generateFor(priceInShort(quote, worth)) : words.generate}
          </span>
          <span className="leading-9">
            <Kbd keys="mod+enter" tone={blocked ? 'plain' : 'accent'} />
          </span>
        </GenerateButton>
      </div>
    </div>
  )
}

function CompareButton() {
  const show = useCompare((state) => state.show)
  const sending = useCompare((state) => state.sending)
  return (
    <Button className="h-9" busy={sending} onClick={show}>
      {strings.compare.open}
    </Button>
  )
}

function Obstacle() {
  const recipe = useComposer((state) => state.recipe)
  const setProvider = useComposer((state) => state.setProvider)
  const known = useKnown()
  const objections = useObjections()
  const rows = useProviderRows()
  const faults = useFaults().filter(({ tone }) => tone === 'warn')
  if (faults.length === 0) {
    const beginning = objections.find((objection) => isBeginning(objection, recipe))
    return beginning ? <p className="mb-2.5 text-small text-ink-2">{beginning.reason}</p> : null
  }
  const able = rows.filter(
    ({ provider, status, obstacle }) =>
      isRemote(provider.id) &&
      status !== undefined &&
      obstacle === null &&
      lookOf(status) === 'ok' &&
      blockers(validate(recipe, provider, known)).length === 0,
  )
  // The cheapest that does not ask first, else the cheapest.
  const other = able.find(({ doubts }) => doubts.length === 0) ?? able[0]
  return (
    <div className="mb-2.5 flex items-center gap-2 text-small text-ink-2">
      <ToneMark tone="warn" />
      <span className="min-w-0 grow">{words.toFix(faults.length)}</span>
      <Button look="quiet" size="small" onClick={showFirstFault}>
        {words.show}
      </Button>
      {other ? (
        <Button size="small" onClick={() => setProvider(other.provider.id)}>
          {words.sendTo(other.provider.name)}
        </Button>
      ) : null}
    </div>
  )
}

/** Said before the press, not after: a job without a key waits. */
function KeyHint({ id, name }: { readonly id: ProviderId; readonly name: string }) {
  const key = useProviders((state) => state.statuses.get(id)?.key)
  const show = useProviders((state) => state.show)
  if (!isRemote(id) || !key || (key.kind === 'stored' && !key.refused)) return null
  const isNone = key.kind === 'none'
  return (
    <div className="mb-2.5 flex items-center gap-2 text-small text-ink-2">
      <ToneMark tone={isNone ? 'warn' : 'bad'} />
      <span className="min-w-0 grow">{isNone ? words.noKeyYet(name) : words.keyRefusedYet(name)}</span>
      <Button size="small" onClick={() => show(id)}>
        {isNone ? strings.route.connect : strings.route.newKey}
      </Button>
    </div>
  )
}
