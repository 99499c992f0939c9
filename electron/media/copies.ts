import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { newId } from '../files/ids'
import type { HandOverDeps } from '../jobs/sending/hand-over'
import type { MediaQueue } from './queue'

/** Makes JPEG copies of pictures in `folder` and takes them away after use; see {@link HandOverDeps.withCopy}. */
export function createCopies(deps: {
  readonly folder: string
  readonly media: Pick<MediaQueue, 'run'>
}): HandOverDeps['withCopy'] {
  return async (picture, limit, use) => {
    const path = join(deps.folder, newId())
    try {
      const files = { inputs: { still: picture.path }, outputs: { copy: path } }
      const { bytes } = await deps.media.run({ kind: 'copy', ...limit }, files)
      return await use({ id: picture.id, type: 'jpeg', bytes, path })
    } finally {
      await rm(path, { force: true })
    }
  }
}
