import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clip } from '../../shared/clip-schema'
import type { AppContract, ImportResult } from '../../shared/contract'
import { AppError } from '../../shared/error'
import type { Handlers } from '../../shared/ipc'
import { resolveInside } from '../files/contain'
import { newId } from '../files/ids'
import type { Clips } from '../library/clips'
import type { Importer } from '../library/import'
import type { LibraryPaths } from '../library/paths'
import { storeStill, type StoreStillDeps } from '../library/store-still'

/** What these handlers need of the outside. */
export interface LibraryHandlerDeps extends StoreStillDeps {
  readonly paths: LibraryPaths
  readonly clips: Clips
  readonly importer: Importer
  /** A copy of what a public address names. */
  readonly fetchLink: (url: string) => Promise<ImportResult>
  readonly pickFiles: () => Promise<readonly string[]>
  readonly revealFile: (path: string) => void
}

/** Calls about stills and clips. */
export function libraryHandlers(deps: LibraryHandlerDeps) {
  const { paths, clips, stills, importer, pickFiles, revealFile, media } = deps

  function clip(id: string): Clip {
    const found = clips.get(id)
    if (found) return found
    throw new AppError('not-found', 'This clip is no longer in the library.', id)
  }

  /** The clip's file, inside the library and there. */
  async function fileOf({ file, title }: Clip): Promise<string> {
    try {
      return await resolveInside(paths.root, file)
    } catch (error) {
      if (error instanceof AppError) throw error
      throw new AppError('not-found', `The file of “${title}” is no longer in the library folder.`, file)
    }
  }

  return {
    'library.import': (input) => importer.paths(input.paths),
    'library.pick': async () => importer.paths(await pickFiles()),
    'library.fetchLink': ({ url }) => deps.fetchLink(url),
    'stills.get': ({ ids }) => ids.flatMap((id) => stills.get(id) ?? []),
    'clips.page': (query) => clips.page(query),
    'clips.get': ({ id }) => clip(id),
    'clips.reveal': async ({ id }) => revealFile(await fileOf(clip(id))),
    'clips.grabFrame': async ({ id, timeS }) => {
      const source = clip(id)
      const frame = join(paths.partial, newId())
      const inputs = { clip: await fileOf(source) }
      await media.run({ kind: 'frame', timeS }, { inputs, outputs: { frame } })
      try {
        return await storeStill(deps, frame, 'png', `Frame of ${source.title}`)
      } finally {
        await rm(frame, { force: true })
      }
    },
  } satisfies Partial<Handlers<AppContract>>
}
