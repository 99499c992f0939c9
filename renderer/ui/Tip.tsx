import { Tooltip } from 'radix-ui'
import type { ReactNode } from 'react'
import { Kbd } from './Kbd'

/** A tooltip that says what a control does and which key does it. The child must take a ref and be focusable. */
export function Tip(props: {
  readonly label: string
  readonly keys?: string | undefined
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
  readonly children: ReactNode
}) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{props.children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          side={props.side ?? 'bottom'}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex max-w-72 items-center gap-2 rounded-md border border-line-strong bg-surface-3 px-2 py-1 text-small break-words text-ink shadow-float"
        >
          {props.label}
          {props.keys === undefined ? null : <Kbd keys={props.keys} />}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
