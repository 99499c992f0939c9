import { z } from 'zod'

/** 20 lower-case hex digits: the job's id for a generated clip, random for an imported one. */
export const clipIdSchema = z.string().regex(/^[0-9a-f]{20}$/)
export type ClipId = z.infer<typeof clipIdSchema>
