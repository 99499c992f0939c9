import type { ReactNode } from 'react'
import { remoteProviderIds, type RemoteProviderId } from '../../shared/provider'
import type { BucketStatus } from '../../shared/provider-status-schema'
import { providers } from '../../shared/providers'
import { useNow } from '../queue/use-now'
import { strings } from '../strings'
import { Dot, type DotLook } from '../ui/Dot'
import { useBucket, useProviders } from '../window/app-window-context'
import { unbroken } from '../ui/unbroken'
import { monthInWords, standing } from './provider-words'
import type { SettingsPage } from './providers-store'

const words = strings.providers

/** The platforms as they stand, and below them how pictures and requests get there. */
export function SettingsList() {
  return (
    <>
      <h3 className="font-semibold">{words.title}</h3>
      <p className="mt-0.5 mb-2.5 text-small text-ink-3">{words.intro}</p>
      <ul>
        {remoteProviderIds.map((id) => (
          <ProviderLine key={id} id={id} />
        ))}
      </ul>
      <h3 className="mt-5 mb-2 font-semibold">{strings.settings.ways}</h3>
      <ul>
        <BucketLine />
        <Line page="network" look={null} name={strings.network.title} text={strings.network.line} />
      </ul>
    </>
  )
}

const tones = { ok: 'text-ink-2', none: 'text-ink-2', warn: 'text-warn', bad: 'text-bad' } as const

function ProviderLine({ id }: { readonly id: RemoteProviderId }) {
  const status = useProviders((state) => state.statuses.get(id))
  const now = useNow(status?.health.kind === 'limited')
  if (!status) return null
  const { look, text } = standing(status, now)
  return (
    <Line page={id} look={look} name={providers[id].name} text={text}>
      {status.key.kind === 'stored' ? <span>{monthInWords(status)}</span> : <ConnectWord />}
    </Line>
  )
}

function BucketLine() {
  const status = useBucket((state) => state.status)
  if (!status) return null
  const { look, text } = bucketStanding(status)
  return (
    <Line page="bucket" look={look} name={strings.bucket.title} text={text}>
      {look === 'none' ? <ConnectWord /> : null}
    </Line>
  )
}

function bucketStanding({ settings, key }: BucketStatus): { readonly look: DotLook; readonly text: string } {
  if (!settings) return { look: 'none', text: strings.bucket.none }
  return key.kind === 'stored'
    ? { look: 'ok', text: strings.bucket.connected(settings.bucket, key.last4) }
    : { look: 'warn', text: strings.bucket.needsKeys(settings.bucket) }
}

function ConnectWord() {
  return <span className="rounded-md bg-surface-3 px-2.5 py-1 group-hover:bg-surface-4">{words.connect}</span>
}

function Line(props: {
  readonly page: SettingsPage
  /** Null for what cannot be in trouble. */
  readonly look: DotLook | null
  readonly name: string
  readonly text: string
  readonly children?: ReactNode
}) {
  const show = useProviders((state) => state.show)
  const { look } = props
  return (
    <li className="border-t border-line">
      <button
        type="button"
        onClick={() => show(props.page)}
        className="group -mx-2 grid min-h-10 w-[calc(100%+16px)] grid-cols-[8px_104px_minmax(0,1fr)_auto] items-center gap-2.5 rounded-md px-2 py-1.5 text-left hover:bg-surface-3"
      >
        {look ? <Dot look={look} /> : <span />}
        <span className="font-semibold">{props.name}</span>
        <span className={tones[look ?? 'none']}>
          {look === 'warn' ? '▲ ' : look === 'bad' ? '■ ' : ''}
          {unbroken(props.text)}
        </span>
        {props.children}
      </button>
    </li>
  )
}
