import type { Doubt, Provider } from '../provider'
import { maxNegativePromptLength, maxPromptLength, resolutions } from '../recipe'
import {
  maxSourceBytes,
  maxUpstreamBytes,
  unlimitedPrompt,
  upstream,
  upstreamSource,
  usual,
} from './upstream'

const claimedEdit: Doubt = {
  certainty: 'claimed',
  note: 'UniAll describes extending and editing as one, in few words. What comes out is up to the prompt.',
  asks: false,
}

/** reference/providers.md §1.2 */
export const uniall: Provider = {
  id: 'uniall',
  name: 'UniAll',
  capabilities: {
    ...usual,
    modes: ['text', 'first', 'first-last', 'references', 'extend', 'edit'],
    resolutions,
    maxPrompt: maxPromptLength,
    negativePrompt: 'no',
    maxNegativePrompt: 0,
    seed: 'no',
    noPeople: 'no',
    // `image_url` is the only field for one picture.
    maxReferences: 1,
    source: { ...upstreamSource, certainty: 'assumed' },
    canLookUp: false,
    doubts: {
      modes: {
        first: {
          certainty: 'claimed',
          note: 'UniAll describes this only for a sister model; it should work the same.',
          asks: false,
        },
        'first-last': {
          certainty: 'claimed',
          note: 'UniAll describes this only for a sister model; it should work the same.',
          asks: false,
        },
        references: {
          certainty: 'claimed',
          note: 'UniAll does not say how it takes references. It may be refused, or come out as from a first frame.',
          asks: true,
        },
        extend: claimedEdit,
        edit: claimedEdit,
      },
      referenceDurationsS: upstream('UniAll', 'references at other lengths than 8 s'),
      maxPrompt: unlimitedPrompt,
    },
  },
  dialects: [
    {
      id: 'generation_mode',
      name: 'Generation mode',
      note: 'As on UniAll’s page of the model.',
    },
    {
      id: 'docs',
      name: 'Docs',
      note: 'As on docs.uniall.ai: with negative prompt and seed, without references and editing.',
      capabilities: {
        modes: ['text', 'first', 'first-last', 'extend'],
        negativePrompt: 'yes',
        maxNegativePrompt: maxNegativePromptLength,
        seed: 'yes',
        maxReferences: 0,
        doubts: { maxPrompt: unlimitedPrompt },
      },
    },
  ],
  pictures: [{ way: 'bucket', maxBytes: maxUpstreamBytes, types: ['png', 'jpeg'] }],
  clips: [{ way: 'bucket', maxBytes: maxSourceBytes }],
  maxAddress: null,
  canCancel: false,
  listedWaitMs: null,
  billedIn: 'usd',
  pages: { keys: 'https://uniall.ai', billing: 'https://uniall.ai' },
}
