import type { Recipe } from '../../shared/recipe-schema'
import type { Field, Objection } from '../../shared/validate/objection'
import { strings } from '../strings'
import { useComposer } from '../window/app-window-context'
import { useObjections } from './use-objections'

/**
 * Something about a field: it must change before the submit (`warn`), it may be sent as it is (`info`), or a platform
 * has said so (`bad`).
 */
export interface Fault {
  readonly field: Field | null
  readonly tone: 'info' | 'warn' | 'bad'
  readonly words: string
  readonly fix?: Objection['fix']
  readonly opens?: Objection['opens']
}

/** Whether an objection is only that nothing was written yet: no fault to be marked while someone begins. */
export function isBeginning({ field }: Objection, recipe: Recipe): boolean {
  return field === 'prompt' && recipe.prompt.trim() === ''
}

/** An objection as its field shows it. */
export function faultOf({ field, reason, weight, fix, opens }: Objection): Fault {
  return weight === 'asks'
    ? { field, tone: 'info', words: `${reason} ${strings.composer.sendAnyway}`, fix, opens }
    : { field, tone: 'warn', words: reason, fix, opens }
}

/** Everything that must or may change, of every field. */
export function useFaults(): readonly Fault[] {
  const recipe = useComposer((state) => state.recipe)
  const provider = useComposer((state) => state.provider)
  const marks = useComposer((state) => state.marks)
  const objections = useObjections().filter((objection) => !isBeginning(objection, recipe))
  return [
    ...objections.map(faultOf),
    ...marks.map(({ field, words }) => ({
      field,
      tone: 'bad' as const,
      words: strings.composer.said(provider.name, words),
    })),
  ]
}
