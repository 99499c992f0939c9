import { AppError } from '../../shared/error'
import { animatic } from '../../shared/provider'
import { outputSize, picturesInOrder } from '../../shared/recipe'
import type { LibraryPaths } from '../library/paths'
import type { Stills } from '../library/stills'
import type { MediaQueue } from '../media/queue'
import type { LocalProvider } from './provider'

/** What the animatic needs of the outside. */
export interface AnimaticDeps {
  readonly paths: LibraryPaths
  readonly stills: Pick<Stills, 'get'>
  readonly media: Pick<MediaQueue, 'run'>
}

/** The built-in provider: free, offline, rendered in the media window. */
export function createAnimatic({ paths, stills, media }: AnimaticDeps): LocalProvider {
  function picturePath(id: string): string {
    const still = stills.get(id)
    if (!still)
      throw new AppError(
        'not-found',
        'A picture of this recipe is no longer in the library. Drop it again.',
        id,
      )
    return paths.still(id, still.type)
  }

  return {
    ...animatic,
    async make(recipe, part, onProgress, signal) {
      const pictures = picturesInOrder(recipe).map(picturePath)
      const made = await media.run(
        {
          kind: 'animatic',
          pictures: pictures.length,
          prompt: recipe.prompt,
          durationS: recipe.durationS,
          ...outputSize(recipe),
        },
        {
          inputs: Object.fromEntries(pictures.map((path, index) => [`picture${index}`, path])),
          outputs: { clip: part },
        },
        { onProgress, signal },
      )
      return { media: made.media, extension: `.${made.container}`, remark: made.remark }
    },
  }
}
