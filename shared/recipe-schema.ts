import { z } from 'zod'
import { aspectRatios, maxPromptLength, resolutions, slotNames } from './recipe'
import { stillIdSchema } from './still-schema'

/** Everything that defines a generation. */
export const recipeSchema = z.object({
  prompt: z.string().max(maxPromptLength),
  slots: z.partialRecord(z.enum(slotNames), stillIdSchema),
  /** Whole seconds. */
  durationS: z.int().min(1).max(60),
  resolution: z.enum(resolutions),
  aspectRatio: z.enum(aspectRatios),
})
export type Recipe = z.infer<typeof recipeSchema>
