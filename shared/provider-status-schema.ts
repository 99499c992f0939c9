import { z } from 'zod'
import { bucketSettingsSchema } from './bucket-schema'
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
  address: z.object({
    /** Where requests go, `https://api.krea.ai`. */
    origin: z.string(),
    /** False once the user has set another one. */
    isDefault: z.boolean(),
  }),
  /** Which of its dialects is spoken; null where there is only one. */
  dialect: z.string().nullable(),
  /** Of this month: charged, reserved and maybe charged. */
  monthSpend: z.array(moneySchema),
  /** Clips delivered, and the median of their waits in milliseconds (null without any). */
  clips: z.int().nonnegative(),
  usualWaitMs: z.int().nullable(),
  /** How its jobs of the last ninety days on this computer ended. */
  outcomes: z.object({
    done: z.int().nonnegative(),
    failed: z.int().nonnegative(),
    refused: z.int().nonnegative(),
  }),
})
export type ProviderStatus = z.infer<typeof providerStatusSchema>

/** The user's own bucket, through which platforms get pictures that they take only from a public address. */
export const bucketStatusSchema = z.object({
  settings: bucketSettingsSchema.nullable(),
  /** The pair of access keys; `last4` is of the secret one. */
  key: keyStateSchema,
})
export type BucketStatus = z.infer<typeof bucketStatusSchema>

/** How requests leave this computer. */
export const networkStatusSchema = z.object({
  /** `auto`: HTTPS_PROXY of the environment, else the system's proxy. */
  proxy: z.enum(['auto', 'none']),
  /** PEM file of further certificate authorities. */
  caFile: z.string().nullable(),
  /** Another file of authorities counts from the next start on. */
  needsRestart: z.boolean(),
  /** What applies now, for the user: `Direct connection`, `Through the proxy proxy.example:8080`. */
  now: z.string(),
})
export type NetworkStatus = z.infer<typeof networkStatusSchema>

export const providerKeyTestSchema = z.object({ provider: providerIdSchema, balance: moneySchema.nullable() })
