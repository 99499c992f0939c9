import type { Recipe } from '../../shared/recipe-schema'
import type { Field } from '../../shared/validate/objection'

/** What a platform said about a field of a recipe; `field` is null for a name that is none of ours. */
export interface FieldMark {
  readonly field: Field | null
  readonly words: string
}

const fields: ReadonlySet<string> = new Set<Field>([
  'prompt',
  'negativePrompt',
  'slots',
  'source',
  'durationS',
  'resolution',
  'aspectRatio',
  'audio',
  'seed',
  'noPeople',
])

/** Turns the fields of an error into marks; names that are none of ours are kept in the words. */
export function marksOf(named: Readonly<Record<string, string>>): readonly FieldMark[] {
  return Object.entries(named).map(([name, words]) =>
    isField(name) ? { field: name, words } : { field: null, words: `${name}: ${words}` },
  )
}

/** The marks that still hold after a change: one goes when its field is changed, and those of no field at any change. */
export function marksAfter(marks: readonly FieldMark[], before: Recipe, after: Recipe): readonly FieldMark[] {
  if (marks.length === 0) return marks
  return marks.filter(({ field }) => field !== null && before[field] === after[field])
}

function isField(name: string): name is Field {
  return fields.has(name)
}
