import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { imageSize } from 'image-size'
import { AppError, toErrorShape } from '../../shared/error'
import { maxStillBytes, maxStillPixels, maxStillSide, type StillType } from '../../shared/still'
import type { Still } from '../../shared/still-schema'
import { makeFolderFor } from '../files/contain'
import { fsyncFolder, fsyncPath } from '../files/durable'
import { exists } from '../files/exists'
import { failWith } from '../files/explain'
import { newId } from '../files/ids'
import type { MediaQueue } from '../media/queue'
import type { LibraryPaths } from './paths'
import type { Stills } from './stills'

/** What storing a still needs of the outside. */
export interface StoreStillDeps {
  readonly paths: LibraryPaths
  readonly stills: Stills
  readonly media: Pick<MediaQueue, 'run'>
  readonly now: () => number
}

/**
 * Stores the picture at `path` once, by its content: limits are judged before anything is decoded, the whole picture
 * is decoded in the sandbox before anything is kept.
 *
 * @throws AppError `too-large`, `too-many-pixels`, `damaged`, `not-decodable`: nothing is changed.
 */
export async function storeStill(
  { paths, stills, media, now }: StoreStillDeps,
  path: string,
  type: StillType,
  name: string,
): Promise<Still> {
  const { bytes, id } = await readStill(path, name)
  const known = stills.get(id)
  // A file deleted by hand is stored again: dropping the picture anew is what the user is told to do.
  if (known && (await exists(paths.still(known.id, known.type)))) return known

  const { width, height } = await keep({ paths, media }, bytes, id, type, name)
  const still: Still = { id, type, width, height, bytes: bytes.length, name }
  stills.put(still, now())
  return still
}

/**
 * The picture's bytes and the id they have, judged by its limits before anything is decoded.
 *
 * @throws AppError `too-large`, `too-many-pixels`, `damaged`.
 */
export async function readStill(
  path: string,
  name: string,
): Promise<{ readonly bytes: Uint8Array; readonly id: string }> {
  const { size } = await stat(path)
  if (size > maxStillBytes) {
    throw new AppError(
      'too-large',
      `${name} is ${Math.round(size / 1e6)} MB; pictures may have up to ${maxStillBytes / 1e6} MB. Export it smaller, for example as JPEG.`,
    )
  }
  const bytes = await readFile(path)
  checkSize(bytes, name)
  return { bytes, id: createHash('sha256').update(bytes).digest('hex') }
}

/** Writes the picture to its place once the sandbox has decoded all of it. */
async function keep(
  { paths, media }: Pick<StoreStillDeps, 'paths' | 'media'>,
  bytes: Uint8Array,
  id: string,
  type: StillType,
  name: string,
): Promise<{ readonly width: number; readonly height: number }> {
  // The decoder reads our copy: the file judged is the file kept, whatever happens to the original meanwhile.
  const copy = join(paths.partial, newId())
  const thumbnail = paths.thumbnail(id)
  const target = paths.still(id, type)
  try {
    await writeFile(copy, bytes)
    await makeFolderFor(paths.root, thumbnail)
    const files = { inputs: { still: copy }, outputs: { thumbnail } }
    const decoded = await media.run({ kind: 'still' }, files).catch(failWith(name))
    // A header may lie about what the decoder finds.
    checkPixels(decoded, name)
    await makeFolderFor(paths.root, target)
    await fsyncPath(copy)
    await rename(copy, target)
    await fsyncFolder(dirname(target))
    return decoded
  } finally {
    await rm(copy, { force: true })
  }
}

/** Judges the size that the header claims, before a decoder believes it. */
function checkSize(bytes: Uint8Array, name: string): void {
  let size
  try {
    size = imageSize(bytes)
  } catch (error) {
    const message = `${name} is damaged: its size cannot be read. Export or download it again.`
    throw new AppError('damaged', message, toErrorShape(error).details)
  }
  checkPixels(size, name)
}

/** @throws AppError `damaged` for a size that is none, `too-many-pixels` for one beyond our limits. */
export function checkPixels(size: { readonly width: number; readonly height: number }, name: string): void {
  const { width, height } = size
  if (!(width > 0 && height > 0))
    throw new AppError('damaged', `${name} is damaged: it claims to have no pixels.`)
  if (width <= maxStillSide && height <= maxStillSide && width * height <= maxStillPixels) return
  throw new AppError(
    'too-many-pixels',
    `${name} is ${width}×${height} pixels; pictures may have up to ${maxStillSide} on a side and ${maxStillPixels / 1e6} megapixels. Scale it down and drop it again.`,
  )
}
