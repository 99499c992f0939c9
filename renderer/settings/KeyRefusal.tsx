import type { ReactNode } from 'react'
import type { ErrorShape } from '../../shared/error'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { ErrorLine } from '../ui/ErrorLine'

const words = strings.connect

/** Why a key was not stored, and what can be done. */
export function KeyRefusal(props: {
  readonly error: ErrorShape
  readonly onForget: () => void
  readonly onForSession: () => void
}) {
  const { error } = props
  if (error.code === 'untrusted-runtime') {
    return <Panel title={words.untrusted} text={words.untrustedText} />
  }
  if (error.code !== 'no-key-store') return <ErrorLine error={error} />
  return (
    <Panel title={words.noStore} text={words.noStoreText}>
      <div className="mt-3 flex justify-end gap-2">
        <Button look="quiet" onClick={props.onForget}>
          {words.notNow}
        </Button>
        <Button onClick={props.onForSession}>{words.untilQuit}</Button>
      </div>
    </Panel>
  )
}

function Panel(props: { readonly title: string; readonly text: string; readonly children?: ReactNode }) {
  return (
    <div role="alert" className="mt-3 rounded-md border border-line-strong p-3.5">
      <h3 className="font-semibold">{props.title}</h3>
      <p className="mt-1 text-ink-2">{props.text}</p>
      {props.children}
    </div>
  )
}
