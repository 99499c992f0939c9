import { useId, useRef, useState } from 'react'
import { strings } from '../strings'
import { Details } from '../ui/Details'
import { ToneMark } from '../ui/ToneMark'
import { useResolve } from '../window/app-window-context'

const words = strings.resolve

/** Longest id that is taken, characters (`jobs.resolve`). */
const maxId = 300

/** The answer "it is there" for a platform without a list of jobs: the user names the job by its id. */
export function TypedChoice() {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const chooseTyped = useResolve((state) => state.chooseTyped)
  const isChosen = useResolve(({ choice }) => choice?.kind === 'attach' && choice.remoteId === typed.trim())
  const error = useResolve(({ failure }) => (isChosen ? failure : null))
  return (
    <div
      className={`flex gap-2.5 rounded-md border px-3 py-2 ${isChosen ? 'border-accent bg-accent/5' : 'border-line-strong'}`}
    >
      <input
        type="radio"
        name="resolution"
        value="typed"
        aria-label={words.itArrived}
        checked={isChosen}
        onChange={() => {
          chooseTyped(typed)
          field.current?.focus()
        }}
        className="mt-[3px] size-3 shrink-0 accent-accent"
      />
      <div className="min-w-0 grow">
        <label htmlFor={id}>
          <strong className="font-semibold">{words.itArrived}</strong>
          <span className="sr-only"> {words.taskId}</span>
        </label>
        <input
          ref={field}
          id={id}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          maxLength={maxId}
          aria-invalid={error !== null}
          aria-describedby={error ? `${id}-error` : undefined}
          placeholder={words.taskIdHint}
          onChange={({ target }) => {
            setTyped(target.value)
            chooseTyped(target.value)
          }}
          className={`mt-1.5 block h-8 w-full min-w-0 rounded-md border bg-surface-1 px-2.5 font-mono text-small placeholder:text-ink-3 focus-visible:outline-offset-0 ${error ? 'border-bad' : 'border-line-strong'}`}
        />
        {error ? (
          <div role="alert" className="mt-1 text-small text-bad">
            <p id={`${id}-error`} className="selectable flex gap-1.5">
              <ToneMark tone="bad" />
              {error.message}
            </p>
            {error.details === undefined ? null : (
              <Details label={strings.common.details} text={error.details} />
            )}
          </div>
        ) : null}
      </div>
    </div>
  )
}
