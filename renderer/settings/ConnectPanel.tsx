import { useState } from 'react'
import type { RemoteProviderId } from '../../shared/provider'
import type { ProviderStatus } from '../../shared/provider-status-schema'
import { providerIn, providers } from '../../shared/providers'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { Tabs } from '../ui/Tabs'
import { useProviders } from '../window/app-window-context'
import { AddressForm } from './AddressForm'
import { DialectForm } from './DialectForm'
import { doubtLines } from './doubt-words'
import { DoubtsList } from './DoubtsList'
import { KeyForm } from './KeyForm'
import { LimitsForm } from './LimitsForm'
import { unbroken } from '../ui/unbroken'
import { capabilitiesInWords } from './provider-words'
import { RemoveKey } from './RemoveKey'

const words = strings.connect

/** One provider: what it can do, its key and limits, how it is reached, and what is not certain about it. */
export function ConnectPanel({ id }: { readonly id: RemoteProviderId }) {
  const status = useProviders((state) => state.statuses.get(id))
  const [tab, setTab] = useState(useProviders((state) => state.tab))
  if (!status) return null
  const provider = providerIn(id, status.dialect)
  const doubts = doubtLines(provider)
  const { tabs } = strings.connection
  return (
    <>
      <p className="mb-4 text-ink-2">{unbroken(capabilitiesInWords(provider))}</p>
      <Tabs
        label={provider.name}
        value={tab}
        onChange={setTab}
        tabs={[
          { name: 'key', text: tabs.key, content: <KeyAndLimits id={id} status={status} /> },
          {
            name: 'connection',
            text: tabs.connection,
            content: (
              <>
                <AddressForm id={id} status={status} onKey={() => setTab('key')} />
                <DialectForm id={id} spoken={status.dialect} />
              </>
            ),
          },
          ...(doubts.length > 0
            ? [{ name: 'doubts', text: tabs.doubts, content: <DoubtsList lines={doubts} /> } as const]
            : []),
        ]}
      />
    </>
  )
}

function KeyAndLimits({ id, status }: { readonly id: RemoteProviderId; readonly status: ProviderStatus }) {
  const isTesting = useProviders((state) => state.tests.get(id)?.kind === 'running')
  const tested = useProviders((state) => state.tests.has(id))
  const test = useProviders((state) => state.test)
  const show = useProviders((state) => state.show)
  const [removing, setRemoving] = useState(false)
  const hasKey = status.key.kind === 'stored'
  const limitsForm = `limits-${id}`
  return (
    <>
      <KeyForm status={status} id={id} />
      {status.address.isDefault ? null : (
        <p className="mt-1.5 text-small text-ink-3">
          {strings.connection.keyGoesTo(providers[id].name, status.address.origin)}
        </p>
      )}
      {hasKey ? <LimitsForm form={limitsForm} status={status} id={id} onDone={() => show('list')} /> : null}
      {removing ? <RemoveKey id={id} onEnd={() => setRemoving(false)} /> : null}
      {hasKey && !removing ? (
        <div className="mt-5 flex justify-end gap-2">
          <Button look="quiet" onClick={() => setRemoving(true)}>
            {words.remove}
          </Button>
          <Button busy={isTesting} onClick={() => void test(id)}>
            {tested ? words.testAgain : words.test}
          </Button>
          <Button look="primary" type="submit" form={limitsForm}>
            {words.done}
          </Button>
        </div>
      ) : null}
    </>
  )
}
