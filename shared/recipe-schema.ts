import { z } from 'zod'
import {
  aspectRatios,
  maxNegativePromptLength,
  maxPromptLength,
  maxSeed,
  resolutions,
  slotNames,
} from './recipe'
import { stillIdSchema } from './still-schema'

/** Everything that defines a generation. */
export const recipeSchema = z.object({
  prompt: z.string().max(maxPromptLength),
  // With defaults: sidecars, jobs and drafts of the first version lack these three.
  negativePrompt: z.string().max(maxNegativePromptLength).default(''),
  audio: z.boolean().default(false),
  /** Null: the platform chooses. */
  seed: z.int().min(0).max(maxSeed).nullable().default(null),
  slots: z.partialRecord(z.enum(slotNames), stillIdSchema),
  /** Whole seconds. */
  durationS: z.int().min(1).max(60),
  resolution: z.enum(resolutions),
  aspectRatio: z.enum(aspectRatios),
})
export type Recipe = z.infer<typeof recipeSchema>
