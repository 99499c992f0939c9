import type { Dialect, Provider } from '../provider'
import { maxPromptLength } from '../recipe'
import { maxUpstreamBytes, unlimitedPrompt } from './upstream'

const dialects: readonly Dialect[] = [
  { id: 'A', name: 'A (model page)', note: 'As on ByteSpike’s page of the model.' },
  {
    id: 'B',
    name: 'B (utility reference)',
    note: 'As in ByteSpike’s reference for programmers. Requests whose answer was lost can be found again.',
    capabilities: { canLookUp: true },
  },
]

/** reference/providers.md §4.2 */
export const bytespike: Provider = {
  id: 'bytespike',
  name: 'ByteSpike',
  capabilities: {
    modes: ['text', 'first'],
    durationsS: [1, 2, 3, 4, 5],
    referenceDurationsS: null,
    resolutions: ['720p'],
    aspectRatios: ['16:9', '9:16', '1:1'],
    maxPrompt: maxPromptLength,
    needsPrompt: true,
    audio: 'no',
    negativePrompt: 'no',
    maxNegativePrompt: 0,
    seed: 'yes',
    noPeople: 'no',
    maxReferences: 0,
    source: null,
    shapeFromPicture: false,
    canLookUp: false,
    doubts: { maxPrompt: unlimitedPrompt },
  },
  dialects,
  pictures: [
    { way: 'bucket', maxBytes: maxUpstreamBytes, types: ['png', 'jpeg', 'webp'] },
    // §4.5: its base64 and the longest prompt, all of it escaped, still fit into a request of 1 MiB.
    { way: 'inline', maxBytes: 690_000, types: ['png', 'jpeg', 'webp'] },
  ],
  clips: [],
  maxAddress: null,
  canCancel: true,
  // §4: "Typical latency for 4s clip 20-40s".
  listedWaitMs: 30_000,
  billedIn: 'usd',
  pages: { keys: 'https://bytespike.ai', billing: 'https://bytespike.ai' },
}
