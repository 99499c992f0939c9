import { relative } from 'node:path'
import { AppError } from '../../shared/error'
import { animatic } from '../../shared/providers/animatic'
import { outputSize, picturesInOrder } from '../../shared/recipe'
import { resolveInside } from '../files/contain'
import { isErrno } from '../files/exists'
import type { LibraryPaths } from '../library/paths'
import type { Stills } from '../library/stills'
import type { MediaQueue } from '../media/queue'
import type { LocalProvider } from './local'

/** What the animatic needs of the outside. */
export interface AnimaticDeps {
  readonly paths: LibraryPaths
  readonly stills: Pick<Stills, 'get'>
  readonly media: Pick<MediaQueue, 'run'>
}

/** The built-in provider: free, offline, rendered in the media window. */
export function createAnimatic({ paths, stills, media }: AnimaticDeps): LocalProvider {
  async function picturePath(id: string): Promise<string> {
    const still = stills.get(id)
    if (!still) throw pictureGone(id)
    try {
      // SECURITY: a library may come from elsewhere; a link in it must not lead out of it.
      return await resolveInside(paths.root, relative(paths.root, paths.still(id, still.type)))
    } catch (error) {
      throw isErrno(error, 'ENOENT') ? pictureGone(id) : error
    }
  }

  return {
    ...animatic,
    async make(recipe, part, onProgress, signal) {
      const pictures = await Promise.all(picturesInOrder(recipe).map(picturePath))
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
      return { media: made.media, extension: '.mp4', remark: made.remark }
    },
  }
}

function pictureGone(id: string): AppError {
  const message = 'A picture of this recipe is no longer in the library. Drop it again.'
  return new AppError('not-found', message, id)
}
