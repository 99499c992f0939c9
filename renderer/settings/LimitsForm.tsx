import { useLayoutEffect, useRef, useState, type FocusEvent, type FormEvent } from 'react'
import type { ErrorShape } from '../../shared/error'
import type { RemoteProviderId } from '../../shared/provider'
import type { ProviderStatus } from '../../shared/provider-status-schema'
import { providers } from '../../shared/providers'
import { strings } from '../strings'
import { ErrorLine } from '../ui/ErrorLine'
import { TextField } from '../ui/TextField'
import { useAppWindow, useProviders } from '../window/app-window-context'
import { readableLimits, readLimits, typedLimits, type LimitFaults, type TypedLimits } from './limits-input'
import { textsOf } from '../ui/form-texts'

const words = strings.connect

/**
 * The user's limits for one provider: each is saved when its field is left, by whatever way; the button that names this
 * form is done with them.
 */
export function LimitsForm(props: {
  readonly form: string
  readonly id: RemoteProviderId
  readonly status: ProviderStatus
  readonly onDone: () => void
}) {
  const { name, billedIn } = providers[props.id]
  const shown = typedLimits(props.status.limits)
  const { providers: store, notices } = useAppWindow()
  const setLimits = useProviders((state) => state.setLimits)
  const ref = useRef<HTMLFormElement>(null)
  const [faults, setFaults] = useState<LimitFaults>({})
  const [error, setError] = useState<ErrorShape | null>(null)

  const keep = async (typed: TypedLimits): Promise<ErrorShape | null> => {
    const now = store.getState().statuses.get(props.id)?.limits
    const limits = now ? readableLimits(typed, now) : null
    return limits && setLimits(props.id, limits)
  }
  const look = (form: HTMLFormElement): TypedLimits => {
    const typed = typedIn(form)
    const read = readLimits(typed)
    setFaults(read.kind === 'faults' ? read.faults : {})
    return typed
  }
  const onBlur = async ({ currentTarget: { form } }: FocusEvent<HTMLInputElement>) => {
    if (form) setError(await keep(look(form)))
  }
  const leave = (event: FocusEvent<HTMLInputElement>) => void onBlur(event)
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = look(event.currentTarget)
    const failure = await keep(typed)
    setError(failure)
    if (!failure && readLimits(typed).kind === 'read') props.onDone()
  }
  const keepLast = useRef<(typed: TypedLimits) => Promise<void>>(null)
  useLayoutEffect(() => {
    keepLast.current = async (typed) => {
      const failure = await keep(typed)
      if (failure) notices.getState().tell({ tone: 'bad', ...failure })
    }
  })
  // A field that goes with its dialog or its tab is left without a word.
  useLayoutEffect(() => {
    const form = ref.current
    return () => {
      if (form) void keepLast.current?.(typedIn(form))
    }
  }, [])
  return (
    <form ref={ref} id={props.form} onSubmit={(event) => void onSubmit(event)} className="mt-5">
      <h3 className="mb-2 font-semibold">{words.limits}</h3>
      <div className="grid grid-cols-3 gap-2">
        <TextField
          name="concurrency"
          label={words.atOnce}
          inputMode="numeric"
          defaultValue={shown.concurrency}
          error={faults.concurrency}
          onBlur={leave}
        />
        <TextField
          name="day"
          label={words.aDay}
          inputMode="decimal"
          placeholder={words.none}
          defaultValue={shown.day}
          error={faults.day}
          onBlur={leave}
        />
        <TextField
          name="job"
          label={words.aJob}
          inputMode="decimal"
          placeholder={words.none}
          defaultValue={shown.job}
          error={faults.job}
          onBlur={leave}
        />
      </div>
      <p className="mt-1.5 text-small text-ink-3">
        {words.limitsHint} {strings.settings.limitsSaved}
      </p>
      {billedIn === 'credit' ? (
        <div className="mt-3 grid grid-cols-3 gap-2">
          <TextField
            name="credit"
            label={words.creditWorth}
            inputMode="decimal"
            placeholder={words.optional}
            defaultValue={shown.credit}
            error={faults.credit}
            onBlur={leave}
          />
          <p className="col-span-2 self-end text-small text-ink-3">{words.creditHint(name)}</p>
        </div>
      ) : null}
      {error ? <ErrorLine error={error} /> : null}
    </form>
  )
}

function typedIn(form: HTMLFormElement): TypedLimits {
  return textsOf(form, ['concurrency', 'day', 'job', 'credit'])
}
