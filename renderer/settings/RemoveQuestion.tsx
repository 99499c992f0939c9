import { useState } from 'react'
import type { ErrorShape } from '../../shared/error'
import { Button } from '../ui/Button'
import { ErrorLine } from '../ui/ErrorLine'
import { focusOnMount } from '../ui/focus-on-mount'

/** Asks before something goes that cannot be had back without being pasted again, and says what that means. */
export function RemoveQuestion(props: {
  readonly title: string
  readonly means: string
  readonly yes: string
  readonly no: string
  /** Null when it is gone, else why it is not. */
  readonly remove: () => Promise<ErrorShape | null>
  readonly onEnd: () => void
  readonly className?: string
}) {
  const [error, setError] = useState<ErrorShape | null>(null)
  const remove = async () => {
    const failure = await props.remove()
    if (failure) setError(failure)
    else props.onEnd()
  }
  return (
    <section
      aria-label={props.title}
      className={`rounded-md border border-line-strong p-3.5 ${props.className ?? ''}`}
    >
      <h3 className="font-semibold">{props.title}</h3>
      <p className="mt-1 text-ink-2">{props.means}</p>
      {error ? <ErrorLine error={error} /> : null}
      <div className="mt-3 flex justify-end gap-2">
        <Button look="quiet" onClick={() => void remove()}>
          {props.yes}
        </Button>
        {/* The question takes the focus, on the answer that changes nothing. */}
        <Button ref={focusOnMount} onClick={props.onEnd}>
          {props.no}
        </Button>
      </div>
    </section>
  )
}
