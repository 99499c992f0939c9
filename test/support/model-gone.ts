import type { Answer } from '../platforms/answer'
import { bytespikeRefusal } from '../platforms/bytespike/bytespike-answer'
import { uniallModelGone } from '../platforms/uniall/uniall-error'
import type { PlatformBench } from './platform-bench'
import { traitsOf } from './platform-traits'

/** How a platform may say that its model is gone (reference/providers.md §0.4): words are known, forms are not. */
export function modelGoneAnswers(bench: PlatformBench): readonly Answer[] {
  const { error } = traitsOf(bench)
  const usual = [
    error(404, 'google/veo-3.1-fast is no longer available'),
    error(400, 'Model veo-3.1-fast is not available'),
    error(422, 'Unknown model'),
    error(410, 'veo-3.1-fast has been retired'),
  ]
  switch (bench.provider.id) {
    case 'uniall':
      return [...usual, uniallModelGone()]
    case 'bytespike':
      return [...usual, bytespikeRefusal('model_not_found', 'No such thing')]
    case 'inferencesh':
      return [...usual, error(404, 'App google/veo-3-1-fast not found')]
    case 'krea':
    case 'apiframe':
      return usual
  }
}
