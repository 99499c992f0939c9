import type { Provider } from '../provider'
import { maxPromptLength, resolutions } from '../recipe'
import { unlimitedPrompt, upstream, usual } from './upstream'

/** reference/providers.md §3.2 */
export const krea: Provider = {
  id: 'krea',
  name: 'Krea',
  capabilities: {
    ...usual,
    modes: ['text', 'first', 'first-last', 'last-only', 'references', 'sequence'],
    resolutions,
    maxPrompt: maxPromptLength,
    negativePrompt: 'no',
    maxNegativePrompt: 0,
    seed: 'no',
    noPeople: 'no',
    canLookUp: true,
    doubts: {
      modes: {
        'last-only': upstream('Krea', 'a last frame without a first'),
        sequence: upstream('Krea', 'references together with frames'),
      },
      referenceDurationsS: upstream('Krea', 'references at other lengths than 8 s'),
      maxPrompt: unlimitedPrompt,
    },
  },
  dialects: [],
  // §3.5
  pictures: [{ way: 'upload', maxBytes: 75_000_000, types: ['png', 'jpeg', 'webp'] }],
  clips: [],
  // §3.5: the limit of a sibling schema.
  maxAddress: 1024,
  canCancel: true,
  listedWaitMs: null,
  billedIn: 'usd',
  pages: { keys: 'https://krea.ai/settings/api-tokens', billing: 'https://krea.ai/app/api' },
}
