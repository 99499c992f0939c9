import type { ReactNode } from 'react'
import type { Field } from '../../shared/validate'
import { Button } from '../ui/Button'
import { ToneMark } from '../ui/ToneMark'
import { useComposer } from '../window/app-window-context'
import { useFaults, type Fault } from './use-faults'

/** What a box with a fault carries, so that the way to it can be found. */
const faultMark = 'data-fault'

/** Brings the first field with a fault into view and puts the focus on its fix, or into the field. */
export function showFirstFault(): void {
  const box = document.querySelector<HTMLElement>(`[${faultMark}]`)
  box?.scrollIntoView({ block: 'nearest' })
  const fix = box?.querySelector<HTMLElement>('output button')
  const target = fix ?? box?.querySelector<HTMLElement>('textarea, input, button')
  target?.focus()
}

/** Some fields of the composer, with what must change about them: a line at the side, words and the fix below. */
export function FieldBox(props: {
  readonly fields: readonly (Field | null)[]
  readonly children: ReactNode
}) {
  const faults = useFaults().filter(({ field }) => props.fields.includes(field))
  const isBad = faults.some(({ tone }) => tone === 'bad')
  const line = `before:absolute before:inset-y-0 before:-left-2 before:w-0.5 before:rounded-xs ${isBad ? 'before:bg-bad' : 'before:bg-warn'}`
  return (
    <div
      className={`relative ${faults.length > 0 ? line : ''}`}
      {...(faults.length > 0 ? { [faultMark]: '' } : {})}
    >
      {props.children}
      {/* Always there, so that a screen reader hears what is put into it. */}
      <output className="block">
        {faults.length === 0 ? null : (
          <ul className="mt-1.5 grid gap-1">
            {faults.map((fault) => (
              <FaultLine key={fault.words} fault={fault} />
            ))}
          </ul>
        )}
      </output>
    </div>
  )
}

function FaultLine({ fault: { tone, words, fix } }: { readonly fault: Fault }) {
  const edit = useComposer((state) => state.edit)
  return (
    <li className="flex min-h-6 items-center gap-2 text-small text-ink-2">
      <ToneMark tone={tone} />
      <span className="selectable min-w-0 grow">{words}</span>
      {fix ? (
        <Button size="small" onClick={() => edit(() => fix.recipe)}>
          {fix.label}
        </Button>
      ) : null}
    </li>
  )
}
