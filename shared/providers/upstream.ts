import type { Capabilities, Doubt } from '../provider'

/** No limit is documented: ours is what the recipe can hold. */
export const unlimitedPrompt: Doubt = { certainty: 'assumed', note: 'No limit is documented.', asks: false }

/** What Google's model, on which all platforms stand, refuses (reference/providers.md §6.1). */
export function upstream(name: string, what: string): Doubt {
  return {
    certainty: 'assumed',
    note: `${name} does not say whether it takes ${what}. Google’s model does not, so it may be refused.`,
    asks: true,
  }
}

/** What is the same on the platforms that follow Google's model. */
export const usual = {
  durationsS: [4, 6, 8],
  referenceDurationsS: [8],
  aspectRatios: ['16:9', '9:16'],
  needsPrompt: true,
  audio: 'yes',
  maxReferences: 3,
  source: null,
  shapeFromPicture: false,
} satisfies Partial<Capabilities>

/** What Google's model goes on from (§6.1). */
export const upstreamSource = { minS: 1, maxS: 30, shortSides: [720, 1080], fps: 24 }

/** The model's own limit on a picture, bytes (§6.1). */
export const maxUpstreamBytes = 20_000_000

/** The longest source clip that is handed over, bytes: 30 s at 40 Mbit/s, twice what the platforms give out. */
export const maxSourceBytes = 150_000_000
