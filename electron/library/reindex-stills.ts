import { glob, mkdir, stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { toErrorShape } from '../../shared/error'
import { stillIdSchema } from '../../shared/still-schema'
import type { MediaQueue } from '../media/queue'
import type { LibraryPaths } from './paths'
import { sniffFile } from './sniff'
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
    const path = join(paths.root, name)
    try {
      const sniffed = await sniffFile(path)
      if (sniffed.kind !== 'still') continue
      const thumbnail = paths.thumbnail(id)
      await mkdir(dirname(thumbnail), { recursive: true })
      const files = { inputs: { still: path }, outputs: { thumbnail } }
      const { width, height } = await media.run({ kind: 'still' }, files)
      const { size } = await stat(path)
      stills.put({ id, type: sniffed.type, width, height, bytes: size, name: basename(name) }, now())
    } catch (error) {
      // One odd file must not hide the others.
      log(`reindex: ${name}: ${toErrorShape(error).details ?? toErrorShape(error).message}`)
    }
  }
}
