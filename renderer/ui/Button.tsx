import type { ComponentProps } from 'react'

const looks = {
  primary:
    'bg-accent text-accent-ink font-semibold live:hover:brightness-108 live:active:brightness-95 dead:bg-surface-3 dead:text-ink-3',
  normal: 'bg-surface-3 text-ink live:hover:bg-surface-4 dead:text-ink-3',
  quiet: 'text-ink-2 live:hover:bg-surface-3 live:hover:text-ink dead:text-ink-3',
} as const

const sizes = {
  /** On a card, where three lines share its height. */
  card: 'h-5 px-1.5 text-small',
  small: 'h-6 px-2 text-small',
  medium: 'h-7 px-2.5 text-body',
  large: 'h-9 px-4 text-body',
} as const

/** A button with words in it. */
export function Button({
  look = 'normal',
  size = 'medium',
  busy = false,
  className = '',
  onClick,
  ...rest
}: ComponentProps<'button'> & {
  readonly look?: keyof typeof looks
  readonly size?: keyof typeof sizes
  /** What it started is still going on: a press does nothing, and the focus stays, which `disabled` would lose. */
  readonly busy?: boolean
}) {
  const shape =
    'inline-flex shrink-0 items-center justify-center gap-2 rounded-md whitespace-nowrap transition-colors duration-100'
  return (
    <button
      type="button"
      className={`${shape} ${looks[look]} ${sizes[size]} ${className}`}
      aria-disabled={busy ? true : undefined}
      // A prevented click submits no form either.
      onClick={busy ? (event) => event.preventDefault() : onClick}
      {...rest}
    />
  )
}
