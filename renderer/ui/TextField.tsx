import { useId, type ComponentProps } from 'react'
import { strings } from '../strings'
import { Details } from './Details'
import { ToneMark } from './ToneMark'

/**
 * A field of one line under its label (unless the label is only read out); `error` marks it and says why, `details` is
 * the technical text to it.
 */
export function TextField({
  label,
  hideLabel = false,
  error,
  details,
  className = '',
  ...rest
}: Omit<ComponentProps<'input'>, 'id' | 'aria-invalid' | 'aria-describedby'> & {
  readonly label: string
  readonly hideLabel?: boolean
  readonly error?: string | undefined
  readonly details?: string | undefined
}) {
  const id = useId()
  const border = error === undefined ? 'border-line-strong' : 'border-bad'
  return (
    <div className={`min-w-0 ${className}`}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'mb-1 block text-small text-ink-2'}>
        {label}
      </label>
      <input
        id={id}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        className={`block h-8 w-full min-w-0 rounded-md border bg-surface-1 px-2.5 font-mono text-small placeholder:text-ink-3 focus-visible:outline-offset-0 ${border}`}
        {...rest}
      />
      {error === undefined ? null : (
        <div role="alert" className="mt-1 text-small text-bad">
          <p id={`${id}-error`} className="selectable flex gap-1.5">
            <ToneMark tone="bad" />
            {error}
          </p>
          {details === undefined ? null : <Details label={strings.common.details} text={details} />}
        </div>
      )}
    </div>
  )
}
