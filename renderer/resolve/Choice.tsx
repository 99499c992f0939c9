import type { ReactNode } from 'react'
import type { Resolution } from '../../shared/contract'
import { useResolve } from '../window/app-window-context'

/** One answer as a card with a radio button in it: arrow keys walk through them as through any radio group. */
export function Choice(props: { readonly resolution: Resolution; readonly children: ReactNode }) {
  const value = keyOf(props.resolution)
  const isChosen = useResolve(({ choice }) => choice !== null && keyOf(choice) === value)
  const choose = useResolve((state) => state.choose)
  return (
    <label
      className={`flex gap-2.5 rounded-md border px-3 py-2 has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent ${isChosen ? 'border-accent bg-accent/5' : 'border-line-strong hover:bg-surface-3'}`}
    >
      <input
        type="radio"
        name="resolution"
        value={value}
        checked={isChosen}
        onChange={() => choose(props.resolution)}
        className="mt-[3px] size-3 shrink-0 accent-accent outline-none"
      />
      <span className="min-w-0 grow">{props.children}</span>
    </label>
  )
}

function keyOf(resolution: Resolution): string {
  return resolution.kind === 'attach' ? `attach ${resolution.remoteId}` : resolution.kind
}
