import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { Kbd } from './Kbd'

const itemLook = 'rounded-sm px-2 py-1 outline-none data-highlighted:bg-surface-4 data-highlighted:text-ink'

/** A menu that opens below its trigger; the trigger must be a button that takes a ref. */
export function Menu(props: {
  readonly trigger: ReactNode
  readonly align: 'start' | 'end'
  readonly children: ReactNode
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{props.trigger}</DropdownMenu.Trigger>
      {/* Inside a landmark, so that a screen reader knows where the menu belongs. */}
      <DropdownMenu.Portal container={document.querySelector('main')}>
        <DropdownMenu.Content
          align={props.align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-w-96 min-w-32 rounded-md border border-line-strong bg-surface-3 p-1 shadow-float"
        >
          {props.children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

/** An action of a menu, with the key that does the same. */
export function MenuItem(props: {
  readonly text: string
  readonly keys?: string
  readonly onSelect: () => void
}) {
  return (
    <DropdownMenu.Item
      onSelect={props.onSelect}
      className={`${itemLook} flex items-center justify-between gap-6`}
    >
      {props.text}
      {props.keys === undefined ? null : <Kbd keys={props.keys} />}
    </DropdownMenu.Item>
  )
}

/** Words above the actions. */
export function MenuNote({ text }: { readonly text: string }) {
  return (
    <>
      <DropdownMenu.Label className="px-2 py-1 text-small break-all text-ink-2">{text}</DropdownMenu.Label>
      <DropdownMenu.Separator className="my-1 h-px bg-line-strong" />
    </>
  )
}

/** One choice out of a few. */
export function MenuChoice<Value extends string>(props: {
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly text: string }[]
  readonly onChange: (value: Value) => void
}) {
  const choose = (value: string) => {
    const chosen = props.options.find((option) => option.value === value)
    if (chosen) props.onChange(chosen.value)
  }
  return (
    <DropdownMenu.RadioGroup value={props.value} onValueChange={choose}>
      {props.options.map(({ value, text }) => (
        <DropdownMenu.RadioItem
          key={value}
          value={value}
          className={`${itemLook} text-ink-2 data-[state=checked]:text-ink`}
        >
          <span aria-hidden className="inline-block w-4 text-micro">
            {value === props.value ? '●' : ''}
          </span>
          {text}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  )
}
