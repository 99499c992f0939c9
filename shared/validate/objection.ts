import type { Clip } from '../clip-schema'
import type { Recipe } from '../recipe-schema'
import type { Still } from '../still-schema'

/** The part of the composer that an objection is about. */
export type Field =
  | 'prompt'
  | 'negativePrompt'
  | 'slots'
  | 'source'
  | 'durationS'
  | 'resolution'
  | 'aspectRatio'
  | 'audio'
  | 'seed'
  | 'noPeople'

/** Why a recipe cannot be sent, and the one click that mends it where there is one. */
export interface Objection {
  readonly field: Field
  readonly reason: string
  /** `asks`: the platform's documents are silent or contradict themselves, and the user may send it anyway. */
  readonly weight: 'blocks' | 'asks'
  readonly fix?: { readonly label: string; readonly recipe: Recipe }
  /** The settings that would mend it. */
  readonly opens?: 'bucket'
}

/** What is known of the recipe's pictures and source clip, and of the ways in which they can get to a platform. */
export interface Known {
  readonly still: (id: string) => Pick<Still, 'type' | 'width' | 'height' | 'bytes'> | undefined
  readonly clip: (id: string) => Pick<Clip, 'media' | 'bytes' | 'file'> | undefined
  /** Whether the user's own bucket is connected. */
  readonly hasBucket: boolean
}

/** Where nothing is known: pictures and clips are then taken to be fine, and there is no bucket. */
export const nothingKnown: Known = { still: () => undefined, clip: () => undefined, hasBucket: false }
