import type { Limits } from '../../shared/provider-status-schema'
import { dollarsTyped, parseDollars } from '../spend/money-words'
import { strings } from '../strings'

/** The fields of the limits, as they are typed. */
export interface TypedLimits {
  readonly concurrency: string
  readonly day: string
  readonly job: string
  readonly credit: string
}

/** What is wrong, by field. */
export type LimitFaults = Partial<Readonly<Record<keyof TypedLimits, string>>>

/** Most jobs at once, and the most a credit can be worth in micro-dollars (`limitsSchema`). */
const mostAtOnce = 50
const mostCredit = 1e9

/** Reads the limits as they are typed: all of them, or what is wrong with each. */
export function readLimits(
  typed: TypedLimits,
):
  | { readonly kind: 'read'; readonly limits: Limits }
  | { readonly kind: 'faults'; readonly faults: LimitFaults } {
  const concurrency = /^\d{1,2}$/.test(typed.concurrency.trim()) ? Number(typed.concurrency) : 0
  const dayMicros = parseDollars(typed.day)
  const jobMicros = parseDollars(typed.job)
  const creditMicros = parseDollars(typed.credit)
  const isCredit =
    creditMicros === null || (creditMicros !== undefined && creditMicros > 0 && creditMicros <= mostCredit)
  const { badMoney, badAtOnce } = strings.connect
  if (
    concurrency < 1 ||
    concurrency > mostAtOnce ||
    dayMicros === undefined ||
    jobMicros === undefined ||
    !isCredit
  ) {
    return {
      kind: 'faults',
      faults: {
        ...(concurrency < 1 || concurrency > mostAtOnce ? { concurrency: badAtOnce } : {}),
        ...(dayMicros === undefined ? { day: badMoney } : {}),
        ...(jobMicros === undefined ? { job: badMoney } : {}),
        ...(isCredit ? {} : { credit: badMoney }),
      },
    }
  }
  return { kind: 'read', limits: { concurrency, dayMicros, jobMicros, creditMicros } }
}

/** The limits as their fields show them. */
export function typedLimits({ concurrency, dayMicros, jobMicros, creditMicros }: Limits): TypedLimits {
  return {
    concurrency: String(concurrency),
    day: dollarsTyped(dayMicros),
    job: dollarsTyped(jobMicros),
    credit: dollarsTyped(creditMicros),
  }
}

/** What of the typed limits can be kept: a field that cannot be read stays at its limit of now. Null for no change. */
export function readableLimits(typed: TypedLimits, now: Limits): Limits | null {
  const read = readLimits(typed)
  const before = typedLimits(now)
  const mended = read.kind === 'read' ? read : readLimits({ ...typed, ...pick(before, read.faults) })
  if (mended.kind === 'faults') return null
  const isChanged = JSON.stringify(typedLimits(mended.limits)) !== JSON.stringify(before)
  return isChanged ? mended.limits : null
}

function pick(from: TypedLimits, faults: LimitFaults): Partial<TypedLimits> {
  return Object.fromEntries(Object.entries(from).filter(([field]) => Object.hasOwn(faults, field)))
}
