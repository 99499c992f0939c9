import type { Doubt, Provider } from '../provider'
import { maxPromptLength, resolutions } from '../recipe'
import {
  maxSourceBytes,
  maxUpstreamBytes,
  unlimitedPrompt,
  upstream,
  upstreamSource,
  usual,
} from './upstream'

const ignoredReferences: Doubt = {
  certainty: 'claimed',
  note: 'inference.sh lists references, but its published code never passes them on. You may pay for a clip that ignores them.',
  asks: true,
}

/** The blog page's table lacks what the app behind it takes (§5.9). */
function notOnPage(what: string): Doubt {
  return {
    certainty: 'claimed',
    note: `The blog page does not name ${what}; the app behind it takes one.`,
    asks: false,
  }
}

/** reference/providers.md §5.3 */
export const inferencesh: Provider = {
  id: 'inferencesh',
  name: 'inference.sh',
  capabilities: {
    ...usual,
    modes: ['text', 'first', 'first-last', 'references', 'extend'],
    resolutions,
    maxPrompt: maxPromptLength,
    negativePrompt: 'no',
    maxNegativePrompt: 0,
    seed: 'no',
    noPeople: 'yes',
    source: { ...upstreamSource, certainty: 'documented' },
    // §5.3: its app overrides `aspect_ratio` by the picture's orientation.
    shapeFromPicture: true,
    canLookUp: true,
    doubts: {
      modes: {
        references: ignoredReferences,
      },
      referenceDurationsS: upstream('inference.sh', 'references at other lengths than 8 s'),
      maxPrompt: unlimitedPrompt,
    },
  },
  dialects: [
    { id: 'apps-run', name: 'SDK', note: 'As its SDK and documents: one address for all apps.' },
    {
      id: 'page',
      name: 'Blog page',
      note: 'As on the blog page of the model; the address may no longer exist.',
      capabilities: {
        doubts: {
          modes: {
            references: ignoredReferences,
            'first-last': notOnPage('a last frame'),
            extend: notOnPage('a source clip'),
          },
          referenceDurationsS: upstream('inference.sh', 'references at other lengths than 8 s'),
          maxPrompt: unlimitedPrompt,
        },
      },
    },
  ],
  // §5.6: only the model's own limits are known.
  pictures: [{ way: 'upload', maxBytes: maxUpstreamBytes, types: ['png', 'jpeg'] }],
  clips: [{ way: 'upload', maxBytes: maxSourceBytes }],
  maxAddress: null,
  canCancel: true,
  listedWaitMs: null,
  billedIn: 'usd',
  pages: { keys: 'https://app.inference.sh/settings/keys', billing: 'https://app.inference.sh' },
}
