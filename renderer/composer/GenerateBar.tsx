import { isRemote, remoteProviderIds, type ProviderId } from '../../shared/provider'
import { providers } from '../../shared/providers'
import { validate } from '../../shared/validate'
import { standing } from '../settings/provider-words'
import { priceInWords } from '../spend/money-words'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { Kbd } from '../ui/Kbd'
import { ToneMark } from '../ui/ToneMark'
import { useComposer, useProviders, useQuotes } from '../window/app-window-context'
import { showFirstFault } from './FieldBox'
import { GenerateButton } from './GenerateButton'
import { quoteOf } from './quotes'
import { isBeginning, useFaults } from './use-faults'

const words = strings.composer

/** The one press that makes a clip, with its price; above it the one thing that stands in the way, and its remedy. */
export function GenerateBar() {
  const recipe = useComposer((state) => state.recipe)
  const provider = useComposer((state) => state.provider)
  const quote = useQuotes((state) => quoteOf(state, recipe, provider.id))
  const blocked = validate(recipe, provider).length > 0
  // A price for what cannot be made is none.
  const hasPrice = !blocked && quote && quote.certainty !== 'unknown'
  return (
    <div className="border-t border-line px-3.5 py-3">
      <output className="block">
        {blocked ? <Obstacle /> : <KeyHint id={provider.id} name={provider.name} />}
      </output>
      <GenerateButton size="large" className="w-full" blocked={blocked}>
        {hasPrice ? words.generateFor(priceInWords(quote)) : words.generate}
        <Kbd keys="mod+enter" tone={blocked ? 'plain' : 'accent'} />
      </GenerateButton>
    </div>
  )
}

function Obstacle() {
  const recipe = useComposer((state) => state.recipe)
  const provider = useComposer((state) => state.provider)
  const setProvider = useComposer((state) => state.setProvider)
  const statuses = useProviders((state) => state.statuses)
  const faults = useFaults().filter(({ tone }) => tone === 'warn')
  if (faults.length === 0) {
    const beginning = validate(recipe, provider).find((objection) => isBeginning(objection, recipe))
    return beginning ? <p className="mb-2.5 text-small text-ink-2">{beginning.reason}</p> : null
  }
  const other = remoteProviderIds.find((id) => {
    const status = statuses.get(id)
    return status && standing(status).look === 'ok' && validate(recipe, providers[id]).length === 0
  })
  return (
    <div className="mb-2.5 flex items-center gap-2 text-small text-ink-2">
      <ToneMark tone="warn" />
      <span className="min-w-0 grow">{words.toFix(faults.length)}</span>
      <Button look="quiet" size="small" onClick={showFirstFault}>
        {words.show}
      </Button>
      {other ? (
        <Button size="small" onClick={() => setProvider(other)}>
          {words.sendTo(providers[other].name)}
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
