import { z } from 'zod'
import { capSchema, moneySchema } from './money-schema'
import { providerIdSchema } from './provider-schema'

/** What the window may know of a key: never the key. */
export const keyStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({
    kind: z.literal('stored'),
    /** The last four characters. */
    last4: z.string().max(4),
    /** The system's key store, in its own name; `session`: in memory until Inbetween ends. */
    backend: z.string(),
    /** The platform said no to it. */
    refused: z.boolean(),
  }),
])
export type KeyState = z.infer<typeof keyStateSchema>

/** How a platform answers. */
export const healthSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ok') }),
  z.object({ kind: z.literal('limited'), until: z.int() }),
  z.object({ kind: z.literal('down'), since: z.int(), until: z.int() }),
  z.object({ kind: z.literal('out-of-credit') }),
])
export type Health = z.infer<typeof healthSchema>

/** The user's limits for one provider. */
export const limitsSchema = z.object({
  /** Jobs between submit and finish at one time. */
  concurrency: z.int().min(1).max(50),
  jobMicros: capSchema,
  dayMicros: capSchema,
  /** What a credit of this platform is worth in micro-dollars, if the user said so. */
  creditMicros: z.int().positive().max(1e9).nullable(),
})
export type Limits = z.infer<typeof limitsSchema>

/** One remote provider as it stands. */
export const providerStatusSchema = z.object({
  id: providerIdSchema,
  key: keyStateSchema,
  health: healthSchema,
  /** What is left at the platform, where it tells. */
  balance: moneySchema.nullable(),
  limits: limitsSchema,
  /** Of this month: charged, reserved and maybe charged. */
  monthSpend: z.array(moneySchema),
  /** Clips delivered, and the median of their waits in milliseconds (null without any). */
  clips: z.int().nonnegative(),
  usualWaitMs: z.int().nullable(),
})
export type ProviderStatus = z.infer<typeof providerStatusSchema>

export const providerKeyTestSchema = z.object({ provider: providerIdSchema, balance: moneySchema.nullable() })
