import { stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { AppError } from '../../../shared/error'
import type { StillType } from '../../../shared/still'
import { resolveInside } from '../../files/contain'
import { isErrno } from '../../files/exists'
import type { Clips } from '../../library/clips'
import type { LibraryPaths } from '../../library/paths'
import type { Stills } from '../../library/stills'
import type { MediaFile } from '../../providers/provider'

/** The files of the open library that a recipe names. */
export interface LibraryFiles {
  /** @throws AppError `not-found`, `library-unavailable` */
  readonly still: (id: string) => Promise<MediaFile & { readonly type: StillType }>
  /** @throws AppError `not-found`, `library-unavailable` */
  readonly clip: (id: string) => Promise<MediaFile>
}

const clipTypes = ['mp4', 'webm', 'mov'] as const

/** Makes the one place that turns ids into files to be given away. */
export function createLibraryFiles(deps: {
  readonly paths: LibraryPaths
  readonly stills: Pick<Stills, 'get'>
  readonly clips: Pick<Clips, 'get'>
  readonly isLibraryThere: () => Promise<boolean>
}): LibraryFiles {
  const { paths, stills, clips } = deps

  /** SECURITY: a library may come from elsewhere; a link in it must not send another file of the user's away. */
  async function inside(path: string, missing: () => AppError): Promise<{ path: string; bytes: number }> {
    if (!(await deps.isLibraryThere())) throw libraryGone()
    try {
      const real = await resolveInside(paths.root, relative(paths.root, path))
      return { path: real, bytes: (await stat(real)).size }
    } catch (error) {
      throw isErrno(error, 'ENOENT') ? missing() : error
    }
  }

  return {
    async still(id) {
      const still = stills.get(id)
      if (!still) throw pictureGone(id)
      return { id, type: still.type, ...(await inside(paths.still(id, still.type), () => pictureGone(id))) }
    },
    async clip(id) {
      const clip = clips.get(id)
      if (!clip) throw clipGone(id)
      const type = clipTypes.find((known) => clip.file.endsWith(`.${known}`)) ?? 'mp4'
      return { id, type, ...(await inside(join(paths.root, clip.file), () => clipGone(id))) }
    },
  }
}

function pictureGone(id: string): AppError {
  const message = 'A picture of this recipe is no longer in the library. Nothing was sent; drop it again.'
  return new AppError('not-found', message, id)
}

function clipGone(id: string): AppError {
  const message =
    'The source clip of this recipe is no longer in the library. Nothing was sent; choose another.'
  return new AppError('not-found', message, id)
}

function libraryGone(): AppError {
  const message = 'The library folder is not there. The job waits until its disk is back.'
  return new AppError('library-unavailable', message)
}
