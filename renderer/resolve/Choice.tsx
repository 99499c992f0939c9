import type { ReactNode } from 'react'
import type { Resolution } from '../../shared/contract'
import { RadioCard } from '../ui/RadioCard'
import { useResolve } from '../window/app-window-context'

/** One answer to what became of a job. */
export function Choice(props: { readonly resolution: Resolution; readonly children: ReactNode }) {
  const value = keyOf(props.resolution)
  const isChosen = useResolve(({ choice }) => choice !== null && keyOf(choice) === value)
  const choose = useResolve((state) => state.choose)
  return (
    <RadioCard name="resolution" value={value} checked={isChosen} onChoose={() => choose(props.resolution)}>
      {props.children}
    </RadioCard>
  )
}

function keyOf(resolution: Resolution): string {
  return resolution.kind === 'attach' ? `attach ${resolution.remoteId}` : resolution.kind
}
