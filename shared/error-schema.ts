import { z } from 'zod'
import { errorCodes } from './error'

/** A failure as it is stored and sent. */
export const errorShapeSchema = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  details: z.string().optional(),
  fields: z.record(z.string(), z.string()).optional(),
})
