import { Dialog as Radix } from 'radix-ui'
import { X } from 'lucide-react'
import { useRef, type ReactNode } from 'react'
import { strings } from '../strings'
import { useFocusTrail } from './focus-trail'
import { IconButton } from './IconButton'

const places = {
  /** The top edge stays: what is under the pointer does not move when the content's height changes. */
  middle: 'top-[8vh] left-1/2 max-h-[calc(92vh-24px)] -translate-x-1/2',
  /** Over the foot of the composer, where Generate is. */
  composer: 'bottom-[72px] left-3.5 max-h-[calc(100vh-96px)]',
} as const

/** A panel over the window that has the keys until it is closed. `lead` stands before the title. */
export function Dialog(props: {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  /** What closing means, where "Close" does not say it. */
  readonly closeLabel?: string
  readonly place?: keyof typeof places
  /** The panel's width. */
  readonly className: string
  readonly lead?: ReactNode
  /** Buttons that stay in sight however long the panel is. */
  readonly footer?: ReactNode
  readonly children: ReactNode
}) {
  const trail = useFocusTrail()
  const ownEscape = useRef<KeyboardEvent>(null)
  return (
    <Radix.Root
      open={props.open}
      onOpenChange={(open) => {
        if (!open) props.onClose()
      }}
    >
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/55" />
        <Radix.Content
          aria-describedby={undefined}
          // The panel itself, not its first button: nothing is pressed by a key that was meant for the window.
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
          }}
          // There is no one button that opens it, to which Radix would go back.
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            trail.restore()
          }}
          // The tooltip of the button that has the focus would take the first Escape for itself.
          onEscapeKeyDown={(event) => {
            ownEscape.current = event
          }}
          onKeyDown={({ key, nativeEvent, target, currentTarget }) => {
            const isInside = target instanceof Node && currentTarget.contains(target)
            if (key === 'Escape' && isInside && nativeEvent !== ownEscape.current) props.onClose()
          }}
          className={`fixed z-50 flex max-w-[calc(100vw-28px)] flex-col rounded-lg border border-line-strong bg-surface-2 shadow-float outline-none ${places[props.place ?? 'middle']} ${props.className}`}
        >
          <div className="flex items-center gap-2 py-3 pr-3 pl-5">
            {props.lead}
            <Radix.Title className="min-w-0 grow truncate text-head font-semibold">{props.title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton icon={X} label={props.closeLabel ?? strings.common.close} keys="Esc" />
            </Radix.Close>
          </div>
          <div className="min-h-0 overflow-y-auto px-5 pb-5">{props.children}</div>
          {props.footer ? (
            <div className="flex items-center justify-end gap-2 border-t border-line px-5 py-3">
              {props.footer}
            </div>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
