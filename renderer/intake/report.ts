import type { ImportResult } from '../../shared/contract'
import type { ErrorShape } from '../../shared/error'
import type { SlotName } from '../../shared/recipe'
import type { Still } from '../../shared/still-schema'
import { strings } from '../strings'

/** One file that was not taken, and why. */
export interface Refusal {
  readonly name: string
  readonly error: ErrorShape
}

/** What became of the files of one drop, paste or pick. */
export interface IntakeReport {
  readonly filled: readonly SlotName[]
  /** Pictures that are in the library but found no slot. */
  readonly left: number
  readonly clips: number
  readonly refused: readonly Refusal[]
}

/** The pictures among the results, in order. */
export function stillsOf(results: readonly ImportResult[]): readonly Still[] {
  return results.flatMap((result) => (result.kind === 'still' ? [result.still] : []))
}

/** The refused among the results, in order. */
export function refusalsOf(results: readonly ImportResult[]): readonly Refusal[] {
  return results.flatMap((result) =>
    result.kind === 'refused' ? [{ name: result.name, error: result.error }] : [],
  )
}

/** An import of more files than this says how it ended, even when everything went well. */
const longImport = 8

/** Whether the report says anything that the slots and the gallery do not show by themselves. */
export function isWorthShowing({ filled, left, clips, refused }: IntakeReport): boolean {
  return refused.length > 0 || left > 0 || filled.length + clips > longImport
}

/** Where everything went, one sentence each. */
export function whereItWent({ filled, left, clips }: IntakeReport): readonly string[] {
  const { intake, slots } = strings
  return [
    ...(filled.length > 0 ? [intake.filled(filled.map((slot) => slots.tag[slot]))] : []),
    ...(left > 0 ? [intake.more(left)] : []),
    ...(clips > 0 ? [intake.clips(clips)] : []),
  ]
}
