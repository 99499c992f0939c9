import { promptCounter } from './recipe-words'

/** How long a text is, and how much is left near its limit; a screen reader hears only the latter. */
export function TextCounter({ length, limit }: { readonly length: number; readonly limit: number }) {
  const counter = promptCounter(length, limit)
  if (!counter) return null
  return (
    <span aria-live={counter.near ? 'polite' : 'off'} className={counter.over ? 'text-bad' : 'text-ink-3'}>
      {counter.text}
    </span>
  )
}
