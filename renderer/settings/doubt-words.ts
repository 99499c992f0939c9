import type { Doubt, Provider } from '../../shared/provider'
import { strings } from '../strings'

const words = strings.connection.doubt

/** Something about a provider that is not documented. */
export interface DoubtLine {
  /** What it is about, several things with the same words in one. */
  readonly about: string
  readonly note: string
  readonly asks: boolean
}

/** What is uncertain about a provider in its dialect, what asks first. */
export function doubtLines({ capabilities }: Provider): readonly DoubtLine[] {
  const { doubts } = capabilities
  const found: readonly (readonly [string, Doubt | undefined])[] = [
    ...capabilities.modes.map((mode) => [strings.connect.modes[mode], doubts.modes?.[mode]] as const),
    ...capabilities.aspectRatios.map((ratio) => [ratio, doubts.aspectRatios?.[ratio]] as const),
    [words.references, capabilities.maxReferences > 0 ? doubts.referenceDurationsS : undefined],
    [words.prompt, doubts.maxPrompt],
  ]
  const byNote = new Map<string, { readonly about: readonly string[]; readonly asks: boolean }>()
  for (const [about, doubt] of found) {
    if (!doubt) continue
    byNote.set(doubt.note, { about: [...(byNote.get(doubt.note)?.about ?? []), about], asks: doubt.asks })
  }
  return [...byNote]
    .map(([note, { about, asks }]) => ({ about: capitalised(about.join(', ')), note, asks }))
    .toSorted((a, b) => Number(b.asks) - Number(a.asks))
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
