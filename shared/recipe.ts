import type { Recipe } from './recipe-schema'

/** The places for pictures in the composer, in the order a drop fills them. */
export const slotNames = ['first', 'last', 'ref1', 'ref2', 'ref3'] as const
export type SlotName = (typeof slotNames)[number]

/** The three reference slots. */
export const referenceSlots = ['ref1', 'ref2', 'ref3'] as const satisfies readonly SlotName[]

export const resolutions = ['720p', '1080p', '4k'] as const
export type Resolution = (typeof resolutions)[number]

export const aspectRatios = ['16:9', '9:16', '1:1', '4:3', '3:4'] as const
export type AspectRatio = (typeof aspectRatios)[number]

/** Longest prompt kept, characters: above every platform's limit, so that nothing typed is cut before it is judged. */
export const maxPromptLength = 20_000

/** Longest negative prompt kept, characters. */
export const maxNegativePromptLength = 4000

/** Largest seed, that of an unsigned 32-bit number (upstream's own range, reference/providers.md §6.1). */
export const maxSeed = 4_294_967_295

/** What may be done with a source clip. */
export const sourceUses = ['extend', 'edit'] as const
export type SourceUse = (typeof sourceUses)[number]

/** Places that can hold a public address: the slots, and the source clip. */
export const linkNames = [...slotNames, 'source'] as const
export type LinkName = (typeof linkNames)[number]

/**
 * What the filled slots make of a recipe. `references`: only those; `sequence`: references together with frames; a
 * source clip is extended or edited whatever else there is.
 */
export const modes = [
  'text',
  'first',
  'first-last',
  'last-only',
  'references',
  'sequence',
  ...sourceUses,
] as const
export type Mode = (typeof modes)[number]

/** The mode a recipe is in; it follows what is filled. */
export function recipeMode({ slots, source }: Pick<Recipe, 'slots' | 'source'>): Mode {
  if (source) return source.use
  if (referenceSlots.some((slot) => slots[slot])) return slots.first || slots.last ? 'sequence' : 'references'
  if (slots.first && slots.last) return 'first-last'
  if (slots.first) return 'first'
  return slots.last ? 'last-only' : 'text'
}

/** The filled slots in the order they are seen in the clip: first frame, references, last frame. */
export function picturesInOrder({ slots }: Pick<Recipe, 'slots'>): readonly string[] {
  return (['first', ...referenceSlots, 'last'] as const).flatMap((slot) => slots[slot] ?? [])
}

/** Short side of a resolution, pixels. */
const shortSide: Readonly<Record<Resolution, number>> = { '720p': 720, '1080p': 1080, '4k': 2160 }

/** Size of the clip in pixels; both sides are even, as H.264 4:2:0 needs. */
export function outputSize(recipe: Pick<Recipe, 'resolution' | 'aspectRatio'>): {
  readonly width: number
  readonly height: number
} {
  const short = shortSide[recipe.resolution]
  const long = (short / 9) * 16
  switch (recipe.aspectRatio) {
    case '16:9':
      return { width: long, height: short }
    case '9:16':
      return { width: short, height: long }
    case '1:1':
      return { width: short, height: short }
    case '4:3':
      return { width: (short / 3) * 4, height: short }
    case '3:4':
      return { width: short, height: (short / 3) * 4 }
  }
}

/** A recipe with nothing in it, as a first start and "clear" show it. */
export const emptyRecipe: Recipe = {
  prompt: '',
  negativePrompt: '',
  slots: {},
  links: {},
  source: null,
  durationS: 4,
  resolution: '720p',
  aspectRatio: '16:9',
  audio: false,
  noPeople: false,
  seed: null,
}
