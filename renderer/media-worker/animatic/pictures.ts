import { throwIfAborted } from '../abort'
import { createSurface } from '../canvas'
import { decodePicture } from '../picture'
import { cover, type Size } from '../size'
import type { TaskContext } from '../tasks/context'
import { toPlanes, type Planes } from './planes'

/** Pixels of a pair of pictures that may be decoded side by side: beyond it, one after the other, to spare memory. */
const sideBySideBytes = 20_000_000

/**
 * Reads the task's pictures and cuts the centre of each to the size of the clip, so that a picture at scale 1 is shown
 * pixel by pixel. Throws what `decodePicture` throws.
 */
export async function readPictures(
  count: number,
  size: Size,
  { files, signal }: TaskContext,
): Promise<readonly Planes[]> {
  const sources = await Promise.all(
    Array.from({ length: count }, (_, index) => files.read(`picture${index}`)),
  )
  const load = async (file: Blob) => cut(await decodePicture(file, signal), size)
  const totalBytes = sources.reduce((sum, { size: bytes }) => sum + bytes, 0)
  if (totalBytes < sideBySideBytes) return await Promise.all(sources.map(load))
  const planes: Planes[] = []
  for (const file of sources) {
    throwIfAborted(signal)
    planes.push(await load(file))
  }
  return planes
}

function cut(picture: ImageBitmap, size: Size): Planes {
  const { context } = createSurface(size, false)
  const { x, y, width, height } = cover(picture, size)
  context.drawImage(picture, x, y, width, height)
  picture.close()
  return toPlanes(context.getImageData(0, 0, size.width, size.height).data, size.width, size.height)
}
