import { RadioGroup } from 'radix-ui'
import { isRemote } from '../../shared/provider'
import { lookOf, waitInWords } from '../settings/provider-words'
import { useNow } from '../queue/use-now'
import { priceInWords } from '../spend/money-words'
import type { Price as PriceShown } from '../spend/price'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { Dot } from '../ui/Dot'
import { useComposer, useProviders } from '../window/app-window-context'
import { cannotInWords, noteOf } from './provider-row-words'
import type { ProviderRow, Wait } from './provider-rows'

const words = strings.route

/** One provider of the list: its mark, name and what is to be known of it, price, wait, or what it needs. */
export function ProviderItem({ row, isChosen }: { readonly row: ProviderRow; readonly isChosen: boolean }) {
  const { provider, status, obstacle } = row
  const look = provider.id === 'animatic' ? 'ok' : status ? lookOf(status) : 'none'
  const recipe = useComposer((state) => state.recipe)
  const note = noteOf(row, useNow(status?.health.kind === 'limited'))
  const isInNeed = obstacle !== null && obstacle.kind !== 'cannot'
  return (
    <div
      className={`relative flex items-center border-t border-line ${isChosen ? 'bg-accent/8 before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-accent' : 'hover:bg-surface-2'}`}
    >
      <RadioGroup.Item
        value={provider.id}
        className="flex h-[30px] min-w-0 [@media(max-height:760px)]:h-[26px] grow items-center gap-2 px-2 text-left -outline-offset-2"
      >
        <Dot look={look} />
        <span className={`shrink-0 ${obstacle ? 'text-ink-2' : ''}`}>{provider.name}</span>
        {note ? (
          <span className={`min-w-0 shrink-99 truncate ${note.tone}`} title={note.tip}>
            {note.text}
          </span>
        ) : null}
        {obstacle?.kind === 'cannot' ? (
          <span
            className="ml-auto truncate pl-2 text-ink-3"
            title={obstacle.objections.map(({ reason }) => reason).join('\n')}
          >
            {cannotInWords(recipe, row)}
          </span>
        ) : (
          <>
            {isInNeed && row.quote?.certainty === 'unknown' ? null : <Price row={row} />}
            {isInNeed || note?.tone === 'text-warn' ? null : (
              <WaitText wait={row.wait} provider={provider.name} />
            )}
          </>
        )}
      </RadioGroup.Item>
      {isInNeed ? <NeedButton row={row} /> : null}
    </div>
  )
}

function Price({ row: { provider, quote, obstacle } }: { readonly row: ProviderRow }) {
  const isQuiet = obstacle !== null || quote?.certainty === 'unknown'
  return (
    <span
      className={`ml-auto shrink-0 pl-2 text-right ${isQuiet ? 'text-ink-3' : ''}`}
      title={quote ? priceTip(quote, provider.name) : undefined}
    >
      {quote ? priceInWords(quote) : words.asking}
    </span>
  )
}

function priceTip({ certainty, problem }: PriceShown, provider: string): string {
  return problem ? words.noPriceMeans(problem.message) : words.certainty[certainty](provider)
}

/** The usual wait, marked where it is only the page's word. */
export function WaitText({ wait, provider }: { readonly wait: Wait | null; readonly provider: string }) {
  const shape = 'w-[70px] shrink-0 text-right whitespace-nowrap text-ink-3'
  if (!wait) {
    return (
      <span className={shape} title={words.noWaitTip}>
        {words.noWait}
      </span>
    )
  }
  const text = waitInWords(wait.ms)
  const isOwn = wait.by === 'history'
  return (
    <span className={shape} title={isOwn ? words.usualTip(text) : words.byPageTip(text, provider)}>
      {isOwn ? words.usual(text) : words.byPage(text)}
    </span>
  )
}

/** Opens what the provider needs before it can be used: a key, another key, or a bucket. */
function NeedButton({ row: { provider, obstacle } }: { readonly row: ProviderRow }) {
  const show = useProviders((state) => state.show)
  const setProvider = useComposer((state) => state.setProvider)
  const { id, name } = provider
  if (!isRemote(id)) return null
  const [text, label, page] =
    obstacle?.kind === 'no-bucket'
      ? ([words.bucket, words.bucketFor(name), 'bucket'] as const)
      : obstacle?.kind === 'key-refused'
        ? ([words.newKey, words.newKeyFor(name), id] as const)
        : ([words.connect, words.connectTo(name), id] as const)
  return (
    <Button
      size="small"
      className="mr-1 w-20"
      aria-label={label}
      onClick={() => {
        setProvider(id)
        show(page)
      }}
    >
      {text}
    </Button>
  )
}
