import { z } from 'zod'
import { clipIdSchema } from './clip-schema'
import { errorShapeSchema } from './error-schema'
import { jobStates } from './job'
import { providerIdSchema } from './provider-schema'
import { recipeSchema } from './recipe-schema'

/** 20 lower-case hex digits. */
export const jobIdSchema = z.string().regex(/^[0-9a-f]{20}$/)
export type JobId = z.infer<typeof jobIdSchema>

/** One recipe sent to one provider. */
export const jobSchema = z.object({
  id: jobIdSchema,
  provider: providerIdSchema,
  recipe: recipeSchema,
  state: z.enum(jobStates),
  /** 0 to 1 while running, 0 otherwise. */
  progress: z.number().min(0).max(1),
  /** Why it failed; null in every other state. */
  error: errorShapeSchema.nullable(),
  /** Set once done. */
  clipId: clipIdSchema.nullable(),
  /** Milliseconds since 1970. */
  createdAt: z.int(),
  updatedAt: z.int(),
})
export type Job = z.infer<typeof jobSchema>
