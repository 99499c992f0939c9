import { ToggleGroup } from 'radix-ui'

/** One choice out of a few, all of them seen. */
export function Segmented<Value extends string>(props: {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly text: string; readonly name?: string }[]
  readonly onChange: (value: Value) => void
  readonly className?: string
}) {
  const choose = (value: string) => {
    // Radix answers an empty string when the chosen one is pressed again: one is always chosen here.
    const chosen = props.options.find((option) => option.value === value)
    if (chosen) props.onChange(chosen.value)
  }
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={props.label}
      value={props.value}
      onValueChange={choose}
      className={`flex h-7 rounded-md bg-surface-3 p-0.5 ${props.className ?? ''}`}
    >
      {props.options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          aria-label={option.name ?? option.text}
          className="min-w-0 flex-1 rounded-sm text-small whitespace-nowrap text-ink-2 transition-colors duration-100 hover:text-ink data-[state=on]:bg-surface-4 data-[state=on]:text-ink data-[state=on]:ring-1 data-[state=on]:ring-line-strong"
        >
          {option.text}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
