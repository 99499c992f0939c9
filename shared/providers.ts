import type { Provider, ProviderId } from './provider'
import { aspectRatios, resolutions } from './recipe'

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
  },
  canCancel: true,
  listedWaitMs: null,
  billedIn: 'usd',
  pages: null,
}

// reference/providers.md §3.2; references only at 8 s and never with frames is Google's rule (§6.1).
const krea: Provider = {
  id: 'krea',
  name: 'Krea',
  capabilities: {
    modes: ['text', 'first', 'first-last', 'references'],
    durationsS: [4, 6, 8],
    referenceDurationsS: [8],
    resolutions,
    aspectRatios: ['16:9', '9:16'],
    // No limit is documented: ours is what the recipe can hold.
    maxPrompt: 20_000,
    needsPrompt: true,
    audio: 'yes',
    negativePrompt: 'no',
    maxNegativePrompt: 0,
    seed: 'no',
  },
  canCancel: true,
  listedWaitMs: null,
  billedIn: 'usd',
  pages: { keys: 'https://krea.ai/settings/api-tokens', billing: 'https://krea.ai/app/api' },
}

// reference/providers.md §2.2
const apiframe: Provider = {
  id: 'apiframe',
  name: 'Apiframe',
  capabilities: {
    modes: ['text', 'first', 'first-last', 'references'],
    durationsS: [4, 6, 8],
    referenceDurationsS: [8],
    resolutions: ['720p', '1080p'],
    aspectRatios: ['16:9', '9:16'],
    maxPrompt: 4000,
    needsPrompt: true,
    audio: 'yes',
    negativePrompt: 'yes',
    maxNegativePrompt: 2000,
    seed: 'yes',
  },
  // §2.6: there is no endpoint for it.
  canCancel: false,
  // §2.3: "~45s" on the platform's page.
  listedWaitMs: 45_000,
  billedIn: 'credit',
  // [ASSUMED]: no page of the reference names the console's addresses.
  pages: { keys: 'https://apiframe.ai/dashboard', billing: 'https://apiframe.ai/dashboard' },
}

/** Every provider, by its id. */
export const providers: Readonly<Record<ProviderId, Provider>> = { animatic, krea, apiframe }
