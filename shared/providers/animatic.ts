import type { Provider } from '../provider'
import { aspectRatios, resolutions } from '../recipe'

/** The local provider: free, offline, rendered in the media window. */
export const animatic: Provider = {
  id: 'animatic',
  name: 'Animatic',
  capabilities: {
    modes: ['text', 'first', 'first-last', 'references', 'sequence'],
    durationsS: [1, 2, 3, 4, 5, 6, 7, 8],
    referenceDurationsS: null,
    resolutions,
    aspectRatios,
    maxPrompt: 4000,
    needsPrompt: false,
    audio: 'ignored',
    negativePrompt: 'ignored',
    maxNegativePrompt: 4000,
    seed: 'ignored',
    noPeople: 'ignored',
    maxReferences: 3,
    source: null,
    shapeFromPicture: false,
    canLookUp: false,
    doubts: {},
  },
  dialects: [],
  pictures: [],
  clips: [],
  maxAddress: null,
  canCancel: true,
  listedWaitMs: null,
  billedIn: 'usd',
  pages: null,
}
