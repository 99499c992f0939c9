import { glob, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { toErrorShape } from '../../shared/error'
import { stillIdSchema } from '../../shared/still-schema'
import { makeFolderFor, resolveInside } from '../files/contain'
import type { MediaQueue } from '../media/queue'
import type { LibraryPaths } from './paths'
import { sniffFile } from './sniff'
import { checkPixels, readStill } from './store-still'
import type { Stills } from './stills'

/** What finding stills again needs of the outside. */
export interface ReindexStillsDeps {
  readonly paths: LibraryPaths
  readonly stills: Stills
  readonly media: Pick<MediaQueue, 'run'>
  readonly now: () => number
  readonly log: (what: string) => void
}

/** Makes the rows and thumbnails that are missing for the still files that are there. The files are never changed. */
export async function reindexStills({ paths, stills, media, now, log }: ReindexStillsDeps): Promise<void> {
  for await (const name of glob('stills/*/*.*', { cwd: paths.root })) {
    const id = stillIdSchema.safeParse(basename(name, extname(name))).data
    if (id === undefined || stills.get(id)) continue
    try {
      // SECURITY: the library may come from elsewhere: no links out of it, no limits passed by, no false name believed.
      const path = await resolveInside(paths.root, name)
      if (!(await stat(path)).isFile()) continue
      const sniffed = await sniffFile(path)
      if (sniffed.kind !== 'still' || paths.still(id, sniffed.type) !== join(paths.root, name)) continue
      const judged = await readStill(path, name)
      if (judged.id !== id) continue
      const thumbnail = paths.thumbnail(id)
      await makeFolderFor(paths.root, thumbnail)
      const files = { inputs: { still: path }, outputs: { thumbnail } }
      const { width, height } = await media.run({ kind: 'still' }, files)
      checkPixels({ width, height }, name)
      const bytes = judged.bytes.length
      stills.put({ id, type: sniffed.type, width, height, bytes, name: basename(name) }, now())
    } catch (error) {
      // One odd file must not hide the others.
      log(`reindex: ${name}: ${toErrorShape(error).details ?? toErrorShape(error).message}`)
    }
  }
}
