import { useState, type FormEvent } from 'react'
import type { ErrorShape } from '../../shared/error'
import type { RemoteProviderId } from '../../shared/provider'
import type { ProviderStatus } from '../../shared/provider-status-schema'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { ErrorLine } from '../ui/ErrorLine'
import { focusOnMount } from '../ui/focus-on-mount'
import { textsOf } from '../ui/form-texts'
import { TextField } from '../ui/TextField'
import { useProviders } from '../window/app-window-context'
import { readAddress } from './address-input'

const words = strings.connection

/** Where a platform is asked: shown, changed, and set back. */
export function AddressForm(props: {
  readonly id: RemoteProviderId
  readonly status: ProviderStatus
  /** The user wants to paste the key that the new address asks for. */
  readonly onKey: () => void
}) {
  const { id, status, onKey } = props
  const { origin, isDefault } = status.address
  const setAddress = useProviders((state) => state.setAddress)
  const [editing, setEditing] = useState(false)
  const [checking, setChecking] = useState(false)
  const [error, setError] = useState<ErrorShape | null>(null)

  const set = async (to: string | null) => {
    setChecking(true)
    const failure = await setAddress(id, to)
    setChecking(false)
    setError(failure)
    if (!failure) setEditing(false)
  }
  return (
    <section aria-label={words.address}>
      <h3 className="mb-1.5 font-semibold">{words.address}</h3>
      {editing ? (
        <Editor
          origin={origin}
          checking={checking}
          error={error}
          onSave={(to) => void set(to)}
          onCancel={() => {
            setEditing(false)
            setError(null)
          }}
        />
      ) : (
        <div className="flex min-h-8 flex-wrap items-center gap-x-2 gap-y-1">
          {/* Whole, on a line of its own: it is the end that tells one address of the user from another. */}
          <code className="selectable w-full font-mono text-small break-all">{origin}</code>
          <span className="grow whitespace-nowrap text-ink-3">{isDefault ? words.isOwn : words.isOther}</span>
          {isDefault ? null : (
            <Button look="quiet" busy={checking} onClick={() => void set(null)}>
              {words.resetPlain}
            </Button>
          )}
          <Button busy={checking} onClick={() => setEditing(true)}>
            {words.change}
          </Button>
        </div>
      )}
      {error && !editing ? <ErrorLine error={error} /> : null}
      {status.key.kind === 'none' && !editing ? (
        <div className="mt-1.5 flex items-center gap-2">
          <span className="text-ink-2">{words.noKeyNow}</span>
          <Button size="small" onClick={onKey}>
            {words.toKey}
          </Button>
        </div>
      ) : null}
      <p className="mt-1.5 text-small text-ink-3">{words.keyAsked}</p>
    </section>
  )
}

function Editor(props: {
  readonly origin: string
  readonly checking: boolean
  /** Why the address that was tried is not used. */
  readonly error: ErrorShape | null
  readonly onSave: (origin: string) => void
  readonly onCancel: () => void
}) {
  const [isBad, setBad] = useState(false)
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const address = readAddress(textsOf(event.currentTarget, ['address']).address)
    setBad(address === null)
    if (address !== null) props.onSave(address)
  }
  return (
    <form onSubmit={onSubmit} className="flex items-start gap-2">
      <TextField
        name="address"
        label={words.address}
        hideLabel
        ref={focusOnMount}
        className="grow"
        defaultValue={props.origin}
        error={isBad ? words.badAddress : props.error?.message}
        details={isBad ? undefined : props.error?.details}
      />
      <Button look="quiet" className="h-8" onClick={props.onCancel}>
        {words.cancel}
      </Button>
      <Button type="submit" className="h-8" busy={props.checking}>
        {props.checking ? words.checking : words.save}
      </Button>
    </form>
  )
}
