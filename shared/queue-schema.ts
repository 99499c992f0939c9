import { z } from 'zod'

/** The queue as a whole. */
export const queueStateSchema = z.object({
  /** `unclean`: the last session did not end in order. */
  paused: z.enum(['no', 'user', 'unclean', 'restored']),
  offline: z.boolean(),
  /** Bytes left on the library's disk when that is too little to download; null when there is room. */
  lowDiskBytes: z.int().nullable(),
  held: z.int().nonnegative(),
  /** What became of paid jobs while Inbetween was closed; null when nothing did, or after it was read. */
  away: z.object({ since: z.int(), done: z.int(), problems: z.int(), stillRunning: z.int() }).nullable(),
})
export type QueueState = z.infer<typeof queueStateSchema>
