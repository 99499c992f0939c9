import type { Known } from '../../shared/validate/objection'
import type { ComposerState } from './composer-store'

/** What the composer knows of its pictures and its source clip, as the judgement of a recipe wants it. */
export function knownOf(
  { stills, clips }: Pick<ComposerState, 'stills' | 'clips'>,
  hasBucket: boolean,
): Known {
  return { still: (id) => stills.get(id), clip: (id) => clips.get(id), hasBucket }
}
