import { z } from 'zod'
import { moneyUnits } from './money'

export const moneySchema = z.object({ unit: z.enum(moneyUnits), micros: z.int() })

export const quoteSchema = z.union([
  z.object({ certainty: z.enum(['free', 'listed', 'approximate']), amount: moneySchema }),
  z.object({ certainty: z.literal('unknown'), amount: z.null() }),
])

/** Most micro-dollars a cap can hold: a million dollars. */
const maxCapMicros = 1e12

/** A limit in micro-dollars; null is none. */
export const capSchema = z.int().nonnegative().max(maxCapMicros).nullable()

/** The limits of this computer. */
export const capsSchema = z.object({ jobMicros: capSchema, dayMicros: capSchema, monthMicros: capSchema })
export type Caps = z.infer<typeof capsSchema>

/** What was spent, in dollars as far as they are known: charged, reserved and maybe charged together. */
export const spendSchema = z.object({
  caps: capsSchema,
  /** Micro-dollars of the local day and month. */
  todayMicros: z.int(),
  monthMicros: z.int(),
  /** Of `monthMicros`, what no platform has confirmed. */
  maybeMicros: z.int(),
  /** Credits (millionths) of the month whose worth in dollars nobody has said. */
  monthCreditMicros: z.int(),
  /** Jobs of the month that were charged, or may have been, without anybody saying how much. */
  monthUntold: z.int().nonnegative(),
})
export type Spend = z.infer<typeof spendSchema>
