import { useState, type FormEvent } from 'react'
import type { ErrorShape } from '../../shared/error'
import type { RemoteProviderId } from '../../shared/provider'
import type { ProviderStatus } from '../../shared/provider-status-schema'
import { providers } from '../../shared/providers'
import { dollarsTyped } from '../spend/money-words'
import { strings } from '../strings'
import { ErrorLine } from '../ui/ErrorLine'
import { TextField } from '../ui/TextField'
import { useProviders } from '../window/app-window-context'
import { readLimits, type LimitFaults } from './limits-input'
import { textsOf } from '../ui/form-texts'

const words = strings.connect

/** The user's limits for one provider; sent by the button that names this form. */
export function LimitsForm(props: {
  readonly form: string
  readonly id: RemoteProviderId
  readonly status: ProviderStatus
  readonly onDone: () => void
}) {
  const { name, billedIn } = providers[props.id]
  const { limits } = props.status
  const setLimits = useProviders((state) => state.setLimits)
  const [faults, setFaults] = useState<LimitFaults>({})
  const [error, setError] = useState<ErrorShape | null>(null)

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const read = readLimits(textsOf(event.currentTarget, ['concurrency', 'day', 'job', 'credit']))
    setFaults(read.kind === 'faults' ? read.faults : {})
    if (read.kind === 'faults') return
    const failure = await setLimits(props.id, read.limits)
    setError(failure)
    if (!failure) props.onDone()
  }
  return (
    <form id={props.form} onSubmit={(event) => void onSubmit(event)} className="mt-5">
      <h3 className="mb-2 font-semibold">{words.limits}</h3>
      <div className="grid grid-cols-3 gap-2">
        <TextField
          name="concurrency"
          label={words.atOnce}
          inputMode="numeric"
          defaultValue={limits.concurrency}
          error={faults.concurrency}
        />
        <TextField
          name="day"
          label={words.aDay}
          inputMode="decimal"
          placeholder={words.none}
          defaultValue={dollarsTyped(limits.dayMicros)}
          error={faults.day}
        />
        <TextField
          name="job"
          label={words.aJob}
          inputMode="decimal"
          placeholder={words.none}
          defaultValue={dollarsTyped(limits.jobMicros)}
          error={faults.job}
        />
      </div>
      <p className="mt-1.5 text-small text-ink-3">{words.limitsHint}</p>
      {billedIn === 'credit' ? (
        <div className="mt-3 grid grid-cols-3 gap-2">
          <TextField
            name="credit"
            label={words.creditWorth}
            inputMode="decimal"
            placeholder={words.optional}
            defaultValue={dollarsTyped(limits.creditMicros)}
            error={faults.credit}
          />
          <p className="col-span-2 self-end text-small text-ink-3">{words.creditHint(name)}</p>
        </div>
      ) : null}
      {error ? <ErrorLine error={error} /> : null}
    </form>
  )
}
