import { chmod, constants, copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clip } from '../../shared/clip-schema'
import { planFile, promote } from '../downloads/promote'
import { exists } from '../files/exists'
import { failWith } from '../files/explain'
import { hashFile } from '../files/hash'
import { newId } from '../files/ids'
import type { MediaQueue } from '../media/queue'
import type { Clips } from './clips'
import type { LibraryPaths } from './paths'

/** Mode of a clip's file: its owner writes, everybody reads. */
const ownerWrites = 0o644

/** What storing a clip needs of the outside. */
export interface StoreClipDeps {
  readonly paths: LibraryPaths
  readonly clips: Clips
  readonly media: Pick<MediaQueue, 'run'>
  readonly now: () => number
}

/**
 * Copies a video file into the library, byte for byte, after its last packet was read and its first frame decoded.
 * A file that is there already is not stored again: its clip is returned.
 *
 * @throws AppError `damaged`, `not-decodable`, `unknown-type`: nothing is changed.
 */
export async function storeClip(
  { paths, clips, media, now }: StoreClipDeps,
  path: string,
  extension: string,
  name: string,
): Promise<Clip> {
  const id = newId()
  const part = join(paths.partial, id)
  try {
    await copyFile(path, part, constants.COPYFILE_FICLONE)
    // The copy of a file that may only be read is such a file too, and could not be flushed.
    await chmod(part, ownerWrites)
    return await storePart({ paths, clips, media, now }, { id, part, extension, name })
  } finally {
    await rm(part, { force: true })
  }
}

interface Part {
  readonly id: string
  readonly part: string
  readonly extension: string
  readonly name: string
}

async function storePart(
  { paths, clips, media, now }: StoreClipDeps,
  { id, part, extension, name }: Part,
): Promise<Clip> {
  const { sha256, bytes } = await hashFile(part)
  const known = clips.byHash(sha256)
  if (known && (await exists(paths.file(known.file)))) return known
  const { media: found } = await media
    .run({ kind: 'clip' }, { inputs: { clip: part }, outputs: {} })
    .catch(failWith(name))
  const planned = {
    // A row whose file was deleted by hand gets its file again, not a twin.
    id: known?.id ?? id,
    title: name.replace(/\.[^.]+$/, ''),
    origin: { kind: 'imported', fileName: name },
    createdAt: now(),
    media: found,
    bytes,
    sha256,
    previews: 'pending',
  } as const
  const clip = await promote(
    { paths, savePlan: () => undefined },
    { part, clip: { ...planned, file: planFile(planned, extension) } },
  )
  clips.put(clip)
  return clip
}
