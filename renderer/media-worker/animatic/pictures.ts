import { createSurface } from '../canvas'
import { decodePicture } from '../picture'
import { cover, type Size } from '../size'
import type { TaskContext } from '../tasks/context'
import { toPlanes, type Planes } from './planes'

/**
 * Reads the task's pictures and cuts the centre of each to the size of the clip, so that a picture at scale 1 is shown
 * pixel by pixel. Each is decoded while the one before is cut: never more than two are in memory, which for pictures of
 * 100 megapixels is 800 MB. Throws what `decodePicture` throws.
 */
export async function readPictures(
  count: number,
  size: Size,
  { files, signal }: TaskContext,
): Promise<readonly Planes[]> {
  const decode = async (index: number) => decodePicture(await files.read(`picture${index}`), signal)
  const planes: Planes[] = []
  let decoding = decode(0)
  while (planes.length < count) {
    const picture = await decoding
    if (planes.length + 1 < count) decoding = decode(planes.length + 1)
    planes.push(cut(picture, size))
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
