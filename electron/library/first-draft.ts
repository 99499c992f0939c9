import { join } from 'node:path'
import type { Draft } from '../../shared/contract'
import { emptyRecipe } from '../../shared/recipe'
import type { Importer } from './import'

/** The prompt that goes with the two sample stills. */
const samplePrompt =
  'Slow crane up over the ridge as dusk turns to a clear night, the last light leaves the valley, stars come out one by one.'

/**
 * What the composer holds at the very first start: two sample stills and a prompt, so that one press gives a clip.
 * When the samples cannot be stored it starts empty.
 */
export async function firstDraft(importer: Importer, samplesFolder: string): Promise<Draft> {
  const results = await importer.paths(['first.jpg', 'last.jpg'].map((name) => join(samplesFolder, name)))
  const [first, last] = results.flatMap((result) => (result.kind === 'still' ? [result.still.id] : []))
  if (!first || !last) return { recipe: emptyRecipe, provider: 'animatic', isSample: false }
  return {
    recipe: { ...emptyRecipe, prompt: samplePrompt, slots: { first, last } },
    provider: 'animatic',
    isSample: true,
  }
}
