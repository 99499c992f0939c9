import type { Caps } from '../../shared/money-schema'
import { strings } from '../strings'
import { parseDollars } from './money-words'

/** The fields of the caps, as they are typed. */
export interface TypedCaps {
  readonly job: string
  readonly day: string
  readonly month: string
}

/** What is wrong, by field. */
export type CapFaults = Partial<Readonly<Record<keyof TypedCaps, string>>>

/** Reads the caps as they are typed: all of them, or what is wrong with each. */
export function readCaps(
  typed: TypedCaps,
): { readonly kind: 'read'; readonly caps: Caps } | { readonly kind: 'faults'; readonly faults: CapFaults } {
  const jobMicros = parseDollars(typed.job)
  const dayMicros = parseDollars(typed.day)
  const monthMicros = parseDollars(typed.month)
  if (jobMicros !== undefined && dayMicros !== undefined && monthMicros !== undefined) {
    return { kind: 'read', caps: { jobMicros, dayMicros, monthMicros } }
  }
  const { bad } = strings.spend
  return {
    kind: 'faults',
    faults: {
      ...(jobMicros === undefined ? { job: bad } : {}),
      ...(dayMicros === undefined ? { day: bad } : {}),
      ...(monthMicros === undefined ? { month: bad } : {}),
    },
  }
}
