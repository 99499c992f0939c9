import { z } from 'zod'
import { stillTypes } from './still'

/** SHA-256 of the file's bytes, 64 lower-case hex digits: the same picture is stored once. */
export const stillIdSchema = z.string().regex(/^[0-9a-f]{64}$/)
export type StillId = z.infer<typeof stillIdSchema>

/** An imported image. `width` and `height` are the upright size in pixels, after any EXIF rotation. */
export const stillSchema = z.object({
  id: stillIdSchema,
  type: z.enum(stillTypes),
  width: z.int().positive(),
  height: z.int().positive(),
  bytes: z.int().positive(),
  /** The file name it came with, for display only. */
  name: z.string(),
})

export type Still = z.infer<typeof stillSchema>
