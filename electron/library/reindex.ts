import { glob, stat } from 'node:fs/promises'
import { sep } from 'node:path'
import type { Clip } from '../../shared/clip-schema'
import { toErrorShape } from '../../shared/error'
import { isErrno } from '../files/exists'
import type { Clips } from './clips'
import type { LibraryPaths } from './paths'
import { readSidecar } from './sidecar'

/** Extensions a clip's file may have. */
const clipExtensions = ['.mp4', '.webm', '.mov'] as const

/** What reindexing needs of the outside. */
export interface ReindexDeps {
  readonly paths: LibraryPaths
  readonly clips: Pick<Clips, 'get' | 'hasFile' | 'put'>
  readonly onClip: (clip: Clip) => void
  readonly log: (what: string) => void
}

/**
 * Makes the rows that are missing from the files and sidecars that are there. Files are never changed.
 *
 * @returns how many clips were found again.
 */
export async function reindex({ paths, clips, onClip, log }: ReindexDeps): Promise<number> {
  let found = 0
  for await (const name of glob('clips/*/*/*.json', { cwd: paths.root })) {
    try {
      const clip = await clipWithoutRow({ paths, clips }, name.split(sep).join('/'))
      if (!clip) continue
      clips.put(clip)
      onClip(clip)
      found += 1
    } catch (error) {
      // Anything may lie in a library: one odd file must not hide the others.
      log(`reindex: ${name}: ${toErrorShape(error).details ?? ''}`)
    }
  }
  return found
}

async function clipWithoutRow(
  { paths, clips }: Pick<ReindexDeps, 'paths' | 'clips'>,
  sidecar: string,
): Promise<Clip | undefined> {
  // First: of a hundred thousand sidecars nearly all have their row, and reading each would take half a minute.
  if (clipExtensions.some((extension) => clips.hasFile(sidecar.replace(/\.json$/, extension))))
    return undefined
  const kept = await readSidecar(paths.file(sidecar))
  if (!kept || clips.get(kept.id)) return undefined
  const file = await clipFileBeside(paths, sidecar, kept.bytes)
  return file === undefined ? undefined : { ...kept, file, previews: 'pending' }
}

/** The clip's file beside its sidecar, when it is there in full. */
async function clipFileBeside(
  paths: LibraryPaths,
  sidecar: string,
  bytes: number,
): Promise<string | undefined> {
  for (const extension of clipExtensions) {
    const file = sidecar.replace(/\.json$/, extension)
    try {
      if ((await stat(paths.file(file))).size === bytes) return file
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) throw error
    }
  }
  return undefined
}
