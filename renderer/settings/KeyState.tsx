import type { ErrorShape } from '../../shared/error'
import type { RemoteProviderId } from '../../shared/provider'
import type { ProviderStatus } from '../../shared/provider-status-schema'
import { providers } from '../../shared/providers'
import { totalInWords } from '../spend/money-words'
import { strings } from '../strings'
import { Details } from '../ui/Details'
import { ToneMark } from '../ui/ToneMark'
import { useInfo, useProviders } from '../window/app-window-context'
import { KeyKept } from './KeyKept'

const words = strings.connect

/** Where the key is kept, and whether the platform takes it. */
export function KeyState(props: { readonly id: RemoteProviderId; readonly status: ProviderStatus }) {
  const test = useProviders((state) => state.tests.get(props.id))
  const { key } = props.status
  if (test?.kind === 'failed') return <Refused id={props.id} error={test.error} />
  if (key.kind === 'stored' && key.refused && !test) {
    const message = words.refusedBy(providers[props.id].name)
    return <Refused id={props.id} error={{ code: 'key-refused', message }} />
  }
  return (
    <output className="flex flex-wrap gap-x-3 text-ink-3">
      <KeyKept state={key} />
      {test?.kind === 'running' ? <span>{words.testing}</span> : null}
      {test?.kind === 'works' ? (
        <span className="text-ok">
          <span aria-hidden>● </span>
          {test.balance ? words.worksWith(totalInWords(test.balance)) : words.works}
        </span>
      ) : null}
    </output>
  )
}

function Refused({ id, error }: { readonly id: RemoteProviderId; readonly error: ErrorShape }) {
  const openExternal = useInfo((state) => state.openExternal)
  const { name, pages } = providers[id]
  const hasWay = error.code === 'key-refused' && pages !== null
  return (
    <div role="alert">
      <p className="selectable flex gap-1.5 text-bad">
        <ToneMark tone="bad" />
        {/* The engine's own words end with the advice that stands below with its button. */}
        {hasWay ? words.refusedBy(name) : error.message}
      </p>
      {hasWay ? (
        <p className="text-ink-2">
          {words.copyAgain}{' '}
          <button
            type="button"
            className="rounded-sm underline underline-offset-2 hover:text-ink"
            onClick={() => void openExternal(pages.keys)}
          >
            {words.openConsole}
          </button>
          .
        </p>
      ) : null}
      {error.details === undefined ? null : <Details label={strings.common.details} text={error.details} />}
    </div>
  )
}
