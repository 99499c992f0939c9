import { useState } from 'react'
import type { RemoteProviderId } from '../../shared/provider'
import { providers } from '../../shared/providers'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { useProviders } from '../window/app-window-context'
import { KeyForm } from './KeyForm'
import { LimitsForm } from './LimitsForm'
import { capabilitiesInWords } from './provider-words'
import { RemoveKey } from './RemoveKey'

const words = strings.connect

/** One provider: what it can do, its key, its limits. */
export function ConnectPanel({ id }: { readonly id: RemoteProviderId }) {
  const status = useProviders((state) => state.statuses.get(id))
  const isTesting = useProviders((state) => state.tests.get(id)?.kind === 'running')
  const tested = useProviders((state) => state.tests.has(id))
  const test = useProviders((state) => state.test)
  const show = useProviders((state) => state.show)
  const [removing, setRemoving] = useState(false)
  if (!status) return null
  const hasKey = status.key.kind === 'stored'
  const limitsForm = `limits-${id}`
  return (
    <>
      <p className="mb-4 text-ink-2">{capabilitiesInWords(providers[id])}</p>
      <KeyForm status={status} id={id} />
      {hasKey ? <LimitsForm form={limitsForm} status={status} id={id} onDone={() => show('list')} /> : null}
      {removing ? <RemoveKey id={id} onEnd={() => setRemoving(false)} /> : null}
      {hasKey && !removing ? (
        <div className="mt-5 flex justify-end gap-2">
          <Button look="quiet" onClick={() => setRemoving(true)}>
            {words.remove}
          </Button>
          <Button disabled={isTesting} onClick={() => void test(id)}>
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
