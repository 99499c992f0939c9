import { RadioGroup } from 'radix-ui'
import { isRemote } from '../../shared/provider'
import { lookOf, waitInWords } from '../settings/provider-words'
import { useNow } from '../queue/use-now'
import { untilInWords } from '../queue/clock-words'
import { priceInFull, priceInShort } from '../spend/money-words'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { Dot } from '../ui/Dot'
import { useComposer, useProviders } from '../window/app-window-context'
import { cannotInWords, noteOf, priceTip } from './provider-row-words'
import { creditWorth, type ProviderRow, type Wait } from './provider-rows'

const words = strings.route

/** One provider of the list: its mark, name and what is to be known of it, price, wait, or what it needs. */
export function ProviderItem({ row, isChosen }: { readonly row: ProviderRow; readonly isChosen: boolean }) {
  const { provider, status, obstacle } = row
  const look = provider.id === 'animatic' ? 'ok' : status ? lookOf(status) : 'none'
  const recipe = useComposer((state) => state.recipe)
  const now = useNow(status?.health.kind === 'limited')
  const note = noteOf(row, now)
  const isInNeed = obstacle !== null && obstacle.kind !== 'cannot'
  return (
    <div
      // Where the list does not fit, the chosen one stays in sight, at the edge of the padding around it.
      className={`flex items-center border-t border-line ${isChosen ? 'sticky -top-3 -bottom-3 z-10 bg-[color-mix(in_srgb,var(--accent)_8%,var(--bg-1))] before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-accent' : 'relative hover:bg-surface-2'}`}
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
            {isInNeed && row.quote?.certainty === 'unknown' ? null : (
              <Price row={row} isAlone={note === null} />
            )}
            {isInNeed ? null : note?.tone === 'text-warn' ? (
              <Until row={row} now={now} />
            ) : (
              <WaitText wait={row.wait} provider={provider.name} />
            )}
          </>
        )}
      </RadioGroup.Item>
      {isInNeed ? <NeedButton row={row} /> : null}
    </div>
  )
}

/** Both units where nothing else stands beside the name. */
function Price({ row, isAlone }: { readonly row: ProviderRow; readonly isAlone: boolean }) {
  const { provider, quote, obstacle, status } = row
  const worth = creditWorth(status)
  const isQuiet = obstacle !== null || quote?.certainty === 'unknown'
  return (
    <span
      className={`ml-auto shrink-0 pl-2 text-right ${isQuiet ? 'text-ink-3' : ''}`}
      title={quote ? priceTip(quote, provider.name, worth) : undefined}
    >
      {quote ? (isAlone ? priceInFull : priceInShort)(quote, worth) : words.asking}
    </span>
  )
}

const waitShape = 'w-[70px] shrink-0 text-right whitespace-nowrap'

/** In the column of the wait where none can be told: until when it is limited, else nothing. */
function Until({ row: { status }, now }: { readonly row: ProviderRow; readonly now: number }) {
  const health = status?.health
  return (
    <span className={`${waitShape} text-small text-warn`}>
      {health?.kind === 'limited' ? untilInWords(health.until, now) : null}
    </span>
  )
}

/** The usual wait, marked where it is only the page's word. */
export function WaitText({ wait, provider }: { readonly wait: Wait | null; readonly provider: string }) {
  const shape = `${waitShape} text-ink-3`
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
      // With its margin as wide as the wait: the prices stay in their column.
      className="mr-1 w-[74px] scroll-my-8"
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
