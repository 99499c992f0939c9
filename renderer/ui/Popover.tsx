import { Popover as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

/** A panel with a few words that opens at its trigger; the trigger must be a button that takes a ref. */
export function Popover(props: {
  readonly trigger: ReactNode
  readonly label: string
  readonly side: 'top' | 'bottom'
  readonly align: 'center' | 'end'
  /** The panel's width, and how it holds what is longer. */
  readonly className: string
  readonly children: ReactNode
}) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{props.trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={props.side}
          align={props.align}
          sideOffset={6}
          collisionPadding={8}
          aria-label={props.label}
          // The panel itself, not what comes first in it: a field there would select its text unasked.
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
          }}
          className={`z-50 rounded-lg border border-line-strong bg-surface-2 p-3.5 shadow-float outline-none ${props.className}`}
        >
          {props.children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
