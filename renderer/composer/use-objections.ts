import type { Known, Objection } from '../../shared/validate/objection'
import { validate } from '../../shared/validate/validate'
import { isConnected } from '../settings/bucket-store'
import { useBucket, useComposer } from '../window/app-window-context'
import { knownOf } from './known'

/** What is known of the composer's pictures and clip, and of the ways in which they can get to a platform. */
export function useKnown(): Known {
  const stills = useComposer((state) => state.stills)
  const clips = useComposer((state) => state.clips)
  const hasBucket = useBucket(isConnected)
  return knownOf({ stills, clips }, hasBucket)
}

/** Everything that the chosen provider cannot take of the recipe, or may not. */
export function useObjections(): readonly Objection[] {
  const recipe = useComposer((state) => state.recipe)
  const provider = useComposer((state) => state.provider)
  return validate(recipe, provider, useKnown())
}
