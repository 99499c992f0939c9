import { z } from 'zod'
import { clipIdSchema } from './clip-id-schema'
import {
  aspectRatios,
  linkNames,
  maxNegativePromptLength,
  maxPromptLength,
  maxSeed,
  resolutions,
  slotNames,
  sourceUses,
} from './recipe'
import { stillIdSchema } from './still-schema'

/** Longest address of a picture, characters: signed ones have about 2,000. */
const maxLinkLength = 4000

/** Without a name and a password: they would stand in every copy of the recipe. */
const linkSchema = z
  .url({ protocol: /^https?$/ })
  .max(maxLinkLength)
  // As URLs are parsed: any number of slashes, and blanks, before the host.
  .refine((link) => !/^https?:[/\\\s]*[^/\\?#]*@/i.test(link))

/** Everything that defines a generation. */
export const recipeSchema = z.object({
  prompt: z.string().max(maxPromptLength),
  // With defaults, as links and source: sidecars, jobs and drafts of earlier versions lack them.
  negativePrompt: z.string().max(maxNegativePromptLength).default(''),
  audio: z.boolean().default(false),
  /** No people may be seen; otherwise adults may. */
  noPeople: z.boolean().default(false),
  /** Null: the platform chooses. */
  seed: z.int().min(0).max(maxSeed).nullable().default(null),
  slots: z.partialRecord(z.enum(slotNames), stillIdSchema),
  /** Public addresses that were pasted for what is in a place: platforms are given these, untouched. */
  links: z.partialRecord(z.enum(linkNames), linkSchema).default({}),
  /** A clip of the library to go on from, or to change. */
  source: z
    .object({ clip: clipIdSchema, use: z.enum(sourceUses) })
    .nullable()
    .default(null),
  /** Whole seconds. */
  durationS: z.int().min(1).max(60),
  resolution: z.enum(resolutions),
  aspectRatio: z.enum(aspectRatios),
})
export type Recipe = z.infer<typeof recipeSchema>
