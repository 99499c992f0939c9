import { useEffect, useRef, useState, type FormEvent } from 'react'
import type { ErrorShape } from '../../shared/error'
import type { RemoteProviderId } from '../../shared/provider'
import type { ProviderStatus } from '../../shared/provider-status-schema'
import { providers } from '../../shared/providers'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { useInfo, useProviders } from '../window/app-window-context'
import { KeyRefusal } from './KeyRefusal'
import { KeyState } from './KeyState'

const words = strings.connect
const fieldId = 'api-key'

/** Where a key is pasted. */
export function KeyForm(props: { readonly id: RemoteProviderId; readonly status: ProviderStatus }) {
  const { id, status } = props
  const saveKey = useProviders((state) => state.saveKey)
  const test = useProviders((state) => state.tests.get(id))
  const openExternal = useInfo((state) => state.openExternal)
  const field = useRef<HTMLInputElement>(null)
  const [saving, setSaving] = useState(false)
  const [error, setError] = useState<ErrorShape | null>(null)
  const { key } = status
  const { pages } = providers[id]
  const isEmpty = key.kind === 'none'

  // While there is no key, pasting one is the only thing to do here.
  useEffect(() => {
    if (isEmpty) field.current?.focus()
  }, [isEmpty])

  const save = async (forSession: boolean) => {
    const input = field.current
    // SECURITY: the key is read from the page here, handed to its one call, and is in no state, store or text of ours.
    const typed = input?.value.trim() ?? ''
    if (!input || typed === '' || saving) return input?.focus()
    setSaving(true)
    const failure = await saveKey(id, typed, forSession)
    // SECURITY: it leaves the page with the answer, unless it was not taken and can still be answered for.
    if (!failure || failure.code === 'untrusted-runtime') input.value = ''
    setSaving(false)
    setError(failure)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void save(false)
  }
  const forget = () => {
    if (field.current) field.current.value = ''
    setError(null)
  }
  const wasRefused = test?.kind === 'failed' && test.error.code === 'key-refused'
  const bad = error !== null || wasRefused || (!isEmpty && key.refused && test?.kind !== 'works')
  return (
    <form onSubmit={onSubmit} autoComplete="off">
      <div className="mb-1 flex justify-between text-small">
        <label htmlFor={fieldId} className="text-ink-2">
          {words.key}
        </label>
        {isEmpty && pages ? (
          <button
            type="button"
            className="rounded-sm text-ink-2 underline underline-offset-2 hover:text-ink"
            onClick={() => void openExternal(pages.keys)}
          >
            {words.getKey}
          </button>
        ) : null}
      </div>
      <div className="flex gap-2">
        {/* SECURITY: uncontrolled, so that React never holds what is typed. */}
        <input
          ref={field}
          id={fieldId}
          type="password"
          autoComplete="off"
          spellCheck={false}
          maxLength={1000}
          placeholder={key.kind === 'none' ? words.paste : words.pasteNew(key.last4)}
          aria-invalid={bad}
          aria-describedby={`${fieldId}-state`}
          className={`h-8 min-w-0 grow rounded-md border bg-surface-1 px-2.5 font-mono text-small placeholder:text-ink-2 focus-visible:outline-offset-0 ${bad ? 'border-bad' : 'border-line-strong'}`}
        />
        <Button type="submit" className="h-8" look={isEmpty ? 'primary' : 'normal'} busy={saving}>
          {saving ? words.saving : isEmpty ? words.save : words.replace}
        </Button>
      </div>
      <div id={`${fieldId}-state`} className="mt-1.5">
        {error ? (
          <KeyRefusal error={error} onForget={forget} onForSession={() => void save(true)} />
        ) : (
          <KeyState id={id} status={status} />
        )}
      </div>
    </form>
  )
}
