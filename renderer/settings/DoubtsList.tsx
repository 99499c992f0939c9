import { strings } from '../strings'
import { ToneMark } from '../ui/ToneMark'
import type { DoubtLine } from './doubt-words'

/** What is not certain about a provider, and why. */
export function DoubtsList({ lines }: { readonly lines: readonly DoubtLine[] }) {
  const { doubtsMeans, doubtsAsk } = strings.connection
  const isMarked = lines.some(({ asks }) => asks)
  return (
    <>
      <p className="mb-3 text-ink-2">{isMarked ? `${doubtsMeans} ${doubtsAsk}` : doubtsMeans}</p>
      <ul className="selectable grid gap-2.5">
        {lines.map(({ about, note, asks }) => (
          <li key={note} className="flex gap-2">
            {isMarked ? <span className="w-3 shrink-0">{asks ? <ToneMark tone="info" /> : null}</span> : null}
            <span>
              <span className="block">{about}</span>
              <span className="block text-ink-2">{note}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
