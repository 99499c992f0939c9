import { z } from 'zod'
import { clipIdSchema } from './clip-id-schema'
import { moneySchema } from './money-schema'
import { providerIdSchema } from './provider-schema'
import { recipeSchema } from './recipe-schema'

/** What reading the file itself says. */
export const clipMediaSchema = z.object({
  /** Seconds. */
  durationS: z.number().positive(),
  /** Pixels as shown, after any rotation. */
  width: z.int().positive(),
  height: z.int().positive(),
  /** Frames a second; the average for a variable rate. */
  fps: z.number().positive(),
  /** `avc`, `hevc`, `vp9`, `av1`, … */
  codec: z.string(),
  hasAudio: z.boolean(),
})
export type ClipMedia = z.infer<typeof clipMediaSchema>

/** A video in the library, generated or imported. */
export const clipSchema = z.object({
  id: clipIdSchema,
  /** One line for cards: the prompt's beginning, or the imported file's name. */
  title: z.string(),
  origin: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('generated'),
      provider: providerIdSchema,
      recipe: recipeSchema,
      /** Milliseconds from start to finish. */
      tookMs: z.int().nonnegative(),
      /** What the user should know of how it was made, for example another codec than H.264. */
      remark: z.string().optional(),
      /** What the platform charged, as it was known when the clip came; absent for what was free. */
      charged: moneySchema.optional(),
    }),
    z.object({ kind: z.literal('imported'), fileName: z.string() }),
  ]),
  /** Milliseconds since 1970. */
  createdAt: z.int(),
  media: clipMediaSchema,
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Relative to the library folder, `/` between parts. */
  file: z.string(),
  /** Whether poster and filmstrip lie ready under `/poster/<id>` and `/filmstrip/<id>`. */
  previews: z.enum(['pending', 'ready', 'failed']),
})
export type Clip = z.infer<typeof clipSchema>
