import { Switch as Radix } from 'radix-ui'

/** Something that is on or off, said in a word; as high as the other controls of a row. */
export function Switch(props: {
  readonly label: string
  readonly on: boolean
  readonly onWord: string
  readonly offWord: string
  readonly onChange: (on: boolean) => void
  readonly className?: string
}) {
  return (
    <Radix.Root
      checked={props.on}
      onCheckedChange={props.onChange}
      className={`flex h-7 shrink-0 items-center gap-3 rounded-md bg-surface-3 px-2.5 text-ink-2 transition-colors duration-100 hover:text-ink data-[state=checked]:text-ink ${props.className ?? ''}`}
    >
      {props.label}
      <span aria-hidden className="text-small text-ink-3">
        {props.on ? props.onWord : props.offWord}
      </span>
    </Radix.Root>
  )
}
