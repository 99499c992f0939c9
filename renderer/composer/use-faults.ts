import type { Recipe } from '../../shared/recipe-schema'
import { validate, type Field, type Objection } from '../../shared/validate'
import { strings } from '../strings'
import { useComposer } from '../window/app-window-context'

/** Something about a field that must change: ours before the submit (`warn`), or a platform's word about it (`bad`). */
export interface Fault {
  readonly field: Field | null
  readonly tone: 'warn' | 'bad'
  readonly words: string
  readonly fix?: Objection['fix']
}

/** Whether an objection is only that nothing was written yet: no fault to be marked while someone begins. */
export function isBeginning({ field }: Objection, recipe: Recipe): boolean {
  return field === 'prompt' && recipe.prompt.trim() === ''
}

/** Everything that must change, of every field. */
export function useFaults(): readonly Fault[] {
  const recipe = useComposer((state) => state.recipe)
  const provider = useComposer((state) => state.provider)
  const marks = useComposer((state) => state.marks)
  const objections = validate(recipe, provider).filter((objection) => !isBeginning(objection, recipe))
  return [
    ...objections.map(({ field, reason, fix }) => ({ field, tone: 'warn' as const, words: reason, fix })),
    ...marks.map(({ field, words }) => ({
      field,
      tone: 'bad' as const,
      words: strings.composer.said(provider.name, words),
    })),
  ]
}
