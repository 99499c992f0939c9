import { useState, type FormEvent } from 'react'
import type { ErrorShape } from '../../shared/error'
import { credits, formatMoney } from '../../shared/money'
import type { Spend } from '../../shared/money-schema'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { ErrorLine } from '../ui/ErrorLine'
import { textsOf } from '../ui/form-texts'
import { TextField } from '../ui/TextField'
import { useSpend } from '../window/app-window-context'
import { readCaps, type CapFaults } from './caps-input'
import { ExportRow } from './ExportRow'
import { dollarsTyped, totalInWords } from './money-words'

const words = strings.spend

/** What was spent, and the caps that hold it back. */
export function SpendDialog() {
  const open = useSpend((state) => state.open)
  const spend = useSpend((state) => state.spend)
  const setOpen = useSpend((state) => state.setOpen)
  return (
    <Dialog
      open={open && spend !== null}
      onClose={() => setOpen(false)}
      title={words.title}
      className="w-[460px]"
    >
      {spend ? (
        <>
          <Totals spend={spend} />
          <CapsForm spend={spend} onDone={() => setOpen(false)} />
        </>
      ) : null}
    </Dialog>
  )
}

function Totals({ spend }: { readonly spend: Spend }) {
  const dollars = (micros: number) => totalInWords({ unit: 'usd', micros })
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-y-1.5 border-y border-line py-3">
      <Total label={words.todayRow} value={dollars(spend.todayMicros)} />
      <Total label={words.monthRow} value={dollars(spend.monthMicros)} />
      {spend.maybeMicros > 0 ? (
        <Total label={words.maybe} note={words.maybeMeans} value={dollars(spend.maybeMicros)} />
      ) : null}
      {spend.monthCreditMicros > 0 ? (
        <Total
          label={words.credits}
          note={words.creditsMeans}
          value={formatMoney({ ...credits(0), micros: spend.monthCreditMicros })}
        />
      ) : null}
      {spend.monthUntold > 0 ? (
        <Total label={words.untold} note={words.untoldMeans} value={String(spend.monthUntold)} />
      ) : null}
    </dl>
  )
}

function Total(props: { readonly label: string; readonly note?: string; readonly value: string }) {
  return (
    <>
      <dt className="text-ink-2">
        {props.label}
        {props.note === undefined ? null : (
          <span className="block pr-6 text-small text-ink-3">{props.note}</span>
        )}
      </dt>
      <dd className="text-right">{props.value}</dd>
    </>
  )
}

function CapsForm({ spend, onDone }: { readonly spend: Spend; readonly onDone: () => void }) {
  const setCaps = useSpend((state) => state.setCaps)
  const [faults, setFaults] = useState<CapFaults>({})
  const [error, setError] = useState<ErrorShape | null>(null)
  const { jobMicros, dayMicros, monthMicros } = spend.caps

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const read = readCaps(textsOf(event.currentTarget, ['job', 'day', 'month']))
    setFaults(read.kind === 'faults' ? read.faults : {})
    if (read.kind === 'faults') return
    const failure = await setCaps(read.caps)
    setError(failure)
    if (!failure) onDone()
  }
  const fields = [
    { name: 'job', label: words.perJob, micros: jobMicros },
    { name: 'day', label: words.perDay, micros: dayMicros },
    { name: 'month', label: words.perMonth, micros: monthMicros },
  ] as const
  return (
    <form onSubmit={(event) => void onSubmit(event)} className="mt-3.5">
      <h3 className="mb-2 font-semibold">{words.caps}</h3>
      <div className="grid grid-cols-3 gap-2">
        {fields.map(({ name, label, micros }) => (
          <TextField
            key={name}
            name={name}
            label={label}
            inputMode="decimal"
            placeholder={words.none}
            defaultValue={dollarsTyped(micros)}
            error={faults[name]}
          />
        ))}
      </div>
      <p className="mt-1.5 text-small text-ink-3">{words.hint}</p>
      {error ? <ErrorLine error={error} /> : null}
      <div className="mt-5 flex items-center gap-2">
        <ExportRow />
        <Button look="quiet" onClick={onDone}>
          {words.cancel}
        </Button>
        <Button look="primary" type="submit">
          {words.save}
        </Button>
      </div>
    </form>
  )
}
