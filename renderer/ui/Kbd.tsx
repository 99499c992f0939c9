import { useKeys } from './platform-context'

/** The glyphs of a key combination. `tone` fits them to what they lie on. */
export function Kbd({ keys, tone = 'plain' }: { readonly keys: string; readonly tone?: 'plain' | 'accent' }) {
  const colour = tone === 'accent' ? 'border-black/30 text-black/70' : 'border-line-strong text-ink-2'
  return (
    <kbd className={`rounded-sm border px-1.5 font-sans text-micro whitespace-nowrap ${colour}`}>
      {useKeys(keys)}
    </kbd>
  )
}
