import { glob, stat } from 'node:fs/promises'
import { sep } from 'node:path'
import type { Clip } from '../../shared/clip-schema'
import { isErrno } from '../files/exists'
import type { Clips } from './clips'
import type { LibraryPaths } from './paths'
import { readSidecar } from './sidecar'

/** Extensions a clip's file may have. */
const clipExtensions = ['.mp4', '.webm', '.mov'] as const

/** What reindexing needs of the outside. */
export interface ReindexDeps {
  readonly paths: LibraryPaths
  readonly clips: Pick<Clips, 'get' | 'put'>
  readonly onClip: (clip: Clip) => void
}

/**
 * Makes the rows that are missing from the files and sidecars that are there. Files are never changed.
 *
 * @returns how many clips were found again.
 */
export async function reindex({ paths, clips, onClip }: ReindexDeps): Promise<number> {
  let found = 0
  for await (const name of glob('clips/*/*/*.json', { cwd: paths.root })) {
    const kept = await readSidecar(paths.file(name.split(sep).join('/')))
    if (!kept || clips.get(kept.id)) continue
    const file = await clipFileBeside(paths, name.split(sep).join('/'), kept.bytes)
    if (!file) continue
    const clip: Clip = { ...kept, file, previews: 'pending' }
    clips.put(clip)
    onClip(clip)
    found += 1
  }
  return found
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
