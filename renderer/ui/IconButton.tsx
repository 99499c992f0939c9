import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { Tip } from './Tip'

const looks = {
  plain: 'size-7 rounded-md text-ink-2 enabled:hover:bg-surface-3 enabled:hover:text-ink',
  small: 'size-5 rounded-sm text-ink-2 enabled:hover:bg-surface-4 enabled:hover:text-ink',
  /** On top of a picture. */
  over: 'size-6 rounded-sm bg-scrim text-ink enabled:hover:bg-black',
} as const

/**
 * A button that is only an icon: its name is its label and its tooltip, with the key that does the same. `tip` is a
 * tooltip that says more than the name.
 */
export function IconButton({
  icon: Icon,
  label,
  tip,
  keys,
  look = 'plain',
  side,
  className = '',
  ...rest
}: Omit<ComponentProps<'button'>, 'aria-label' | 'children'> & {
  readonly icon: LucideIcon
  readonly label: string
  readonly tip?: string | undefined
  readonly keys?: string
  readonly look?: keyof typeof looks
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
}) {
  const shape =
    'inline-grid shrink-0 place-items-center transition-colors duration-100 disabled:text-ink-3 disabled:opacity-50'
  return (
    <Tip label={tip ?? label} keys={keys} {...(side ? { side } : {})}>
      <button type="button" aria-label={label} className={`${shape} ${looks[look]} ${className}`} {...rest}>
        <Icon size={look === 'plain' ? 16 : 14} strokeWidth={1.75} aria-hidden />
      </button>
    </Tip>
  )
}
