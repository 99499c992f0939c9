import { z } from 'zod'

/** A line of a platform's bill, as its contract server writes it. */
export const billLine = z.object({
  event: z.enum(['post', 'accepted', 'refunded']),
  platform: z.string(),
  intent: z.string(),
  jobId: z.string().nullable(),
  unit: z.enum(['microdollar', 'credit']),
  amount: z.int(),
})
