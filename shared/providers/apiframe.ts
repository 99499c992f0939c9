import type { Provider } from '../provider'
import { aspectRatios } from '../recipe'
import { upstream, usual } from './upstream'

/** reference/providers.md §2.2 */
export const apiframe: Provider = {
  id: 'apiframe',
  name: 'Apiframe',
  capabilities: {
    ...usual,
    modes: ['text', 'first', 'first-last', 'last-only', 'references', 'sequence'],
    resolutions: ['720p', '1080p'],
    aspectRatios,
    maxPrompt: 4000,
    negativePrompt: 'yes',
    maxNegativePrompt: 2000,
    seed: 'yes',
    noPeople: 'no',
    canLookUp: true,
    doubts: {
      modes: {
        'last-only': upstream('Apiframe', 'a last frame without a first'),
        sequence: upstream('Apiframe', 'references together with frames'),
      },
      aspectRatios: {
        '1:1': upstream('Apiframe', '1:1, which its page claims'),
        '4:3': upstream('Apiframe', '4:3, which its page claims'),
        '3:4': upstream('Apiframe', '3:4, which its page claims'),
      },
      referenceDurationsS: upstream('Apiframe', 'references at other lengths than 8 s'),
    },
  },
  dialects: [],
  // §2.5
  pictures: [{ way: 'upload', maxBytes: 25_000_000, types: ['png', 'jpeg', 'webp'] }],
  clips: [],
  maxAddress: null,
  // §2.6: there is no endpoint for it.
  canCancel: false,
  // §2.3: "~45s" on the platform's page.
  listedWaitMs: 45_000,
  billedIn: 'credit',
  // [ASSUMED]: no page of the reference names the console's addresses.
  pages: { keys: 'https://apiframe.ai/dashboard', billing: 'https://apiframe.ai/dashboard' },
}
