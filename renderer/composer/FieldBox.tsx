import type { ReactNode } from 'react'
import type { Field } from '../../shared/validate/objection'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { ToneMark } from '../ui/ToneMark'
import { useAppWindow, useProviders } from '../window/app-window-context'
import { mendRecipe } from './mend-recipe'
import { unbroken } from '../ui/unbroken'
import { useFaults, type Fault } from './use-faults'

/** What a box with a fault carries, so that the way to it can be found; what may be sent as it is has none. */
const faultMark = 'data-fault'

/** Brings the first field with a fault into view and puts the focus on its fix, or into the field. */
export function showFirstFault(): void {
  const box = document.querySelector<HTMLElement>(`[${faultMark}]`)
  box?.scrollIntoView({ block: 'nearest' })
  const fix = box?.querySelector<HTMLElement>('output button')
  const target = fix ?? box?.querySelector<HTMLElement>('textarea, input, button')
  target?.focus()
}

const lines = { info: 'before:bg-line-strong', warn: 'before:bg-warn', bad: 'before:bg-bad' } as const

/** Some fields of the composer, with what must or may change about them: a line at the side, words and the fix below. */
export function FieldBox(props: {
  readonly fields: readonly (Field | null)[]
  readonly children: ReactNode
}) {
  const faults = useFaults().filter(({ field }) => props.fields.includes(field))
  const tone = (['bad', 'warn', 'info'] as const).find((known) =>
    faults.some((fault) => fault.tone === known),
  )
  const line = `before:absolute before:inset-y-0 before:-left-2 before:w-0.5 before:rounded-xs ${tone ? lines[tone] : ''}`
  return (
    <div className={`relative ${tone ? line : ''}`} {...(tone && tone !== 'info' ? { [faultMark]: '' } : {})}>
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

function FaultLine({ fault: { tone, words, fix, opens } }: { readonly fault: Fault }) {
  const { composer, notices } = useAppWindow()
  const show = useProviders((state) => state.show)
  return (
    <li className="flex min-h-6 items-start gap-2 text-small text-ink-2">
      <span className="flex py-[3.5px]">
        <ToneMark tone={tone} />
      </span>
      <span className="selectable min-w-0 grow py-[3.5px]">{unbroken(words)}</span>
      {opens ? (
        <Button size="small" onClick={() => show(opens)}>
          {strings.route.bucketButton}
        </Button>
      ) : null}
      {fix ? (
        <Button size="small" onClick={() => mendRecipe(composer, notices.getState().tell, fix.recipe)}>
          {fix.label}
        </Button>
      ) : null}
    </li>
  )
}
