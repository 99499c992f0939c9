import type { ReactNode } from 'react'

/** One answer as a card with a radio button in it: arrow keys walk through the cards of one `name`. */
export function RadioCard(props: {
  readonly name: string
  readonly value: string
  readonly checked: boolean
  readonly onChoose: () => void
  readonly children: ReactNode
}) {
  const { checked } = props
  return (
    <label
      className={`flex gap-2.5 rounded-md border px-3 py-2 has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent ${checked ? 'border-accent bg-accent/5' : 'border-line-strong hover:bg-surface-3'}`}
    >
      <input
        type="radio"
        name={props.name}
        value={props.value}
        checked={checked}
        onChange={props.onChoose}
        className="mt-[3px] size-3 shrink-0 accent-accent outline-none"
      />
      <span className="min-w-0 grow">{props.children}</span>
    </label>
  )
}
