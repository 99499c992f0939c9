import { ChevronLeft } from 'lucide-react'
import { remoteProviderIds, type RemoteProviderId } from '../../shared/provider'
import { providers } from '../../shared/providers'
import { strings } from '../strings'
import { Dialog } from '../ui/Dialog'
import { Dot } from '../ui/Dot'
import { IconButton } from '../ui/IconButton'
import { useProviders } from '../window/app-window-context'
import { ConnectPanel } from './ConnectPanel'
import { monthInWords, standing } from './provider-words'

const words = strings.providers

/** The platforms with their keys and limits: the list, or one of them. */
export function ProvidersDialog() {
  const page = useProviders((state) => state.page)
  const show = useProviders((state) => state.show)
  const one = page === null || page === 'list' ? null : page
  return (
    <Dialog
      open={page !== null}
      onClose={() => show(null)}
      title={one ? providers[one].name : words.title}
      className="w-[560px]"
      lead={
        one ? (
          <IconButton icon={ChevronLeft} label={words.back} className="-ml-2" onClick={() => show('list')} />
        ) : null
      }
    >
      {one ? <ConnectPanel key={one} id={one} /> : <ProviderList />}
    </Dialog>
  )
}

function ProviderList() {
  return (
    <>
      <p className="mb-3 text-ink-2">{words.intro}</p>
      <ul>
        {remoteProviderIds.map((id) => (
          <li key={id} className="border-t border-line">
            <ProviderLine id={id} />
          </li>
        ))}
      </ul>
    </>
  )
}

const tones = { ok: 'text-ink-2', none: 'text-ink-2', warn: 'text-warn', bad: 'text-bad' } as const

function ProviderLine({ id }: { readonly id: RemoteProviderId }) {
  const status = useProviders((state) => state.statuses.get(id))
  const show = useProviders((state) => state.show)
  if (!status) return null
  const { look, text } = standing(status)
  const hasKey = status.key.kind === 'stored'
  return (
    <button
      type="button"
      onClick={() => show(id)}
      className="group -mx-2 grid w-[calc(100%+16px)] grid-cols-[8px_104px_minmax(0,1fr)_auto] items-center gap-2.5 rounded-md px-2 py-2.5 text-left hover:bg-surface-3"
    >
      <Dot look={look} />
      <span className="font-semibold">{providers[id].name}</span>
      <span className={tones[look]}>
        {look === 'warn' ? '▲ ' : look === 'bad' ? '■ ' : ''}
        {text}
      </span>
      {hasKey ? (
        <span>{monthInWords(status)}</span>
      ) : (
        <span className="rounded-md bg-surface-3 px-2.5 py-1 group-hover:bg-surface-4">{words.connect}</span>
      )}
    </button>
  )
}
