import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

/** One of the parts of a panel. */
export interface Tab<Name extends string> {
  readonly name: Name
  readonly text: string
  readonly content: ReactNode
}

/** The parts of a panel, one of them seen; arrow keys walk through their names. */
export function Tabs<Name extends string>(props: {
  readonly label: string
  readonly value: Name
  readonly tabs: readonly Tab<Name>[]
  readonly onChange: (name: Name) => void
}) {
  const choose = (value: string) => {
    const chosen = props.tabs.find(({ name }) => name === value)
    if (chosen) props.onChange(chosen.name)
  }
  return (
    <Radix.Root value={props.value} onValueChange={choose}>
      <Radix.List aria-label={props.label} className="mb-4 flex gap-4 border-b border-line">
        {props.tabs.map(({ name, text }) => (
          <Radix.Trigger
            key={name}
            value={name}
            className="-mb-px border-b-2 border-transparent pb-1.5 text-ink-2 transition-colors duration-100 hover:text-ink data-[state=active]:border-ink data-[state=active]:text-ink"
          >
            {text}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {props.tabs.map(({ name, content }) => (
        <Radix.Content key={name} value={name} className="outline-none">
          {content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
