import { createSurface, type Surface } from '../canvas'
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
  let next: Promise<ImageBitmap> | undefined
  try {
    for (let index = 0; index < count; index += 1) {
      const picture = await (next ?? decode(index))
      next = index + 1 < count ? decode(index + 1) : undefined
      planes.push(cut(picture, size))
    }
    return planes
  } finally {
    // A cut that fails leaves the next picture decoding, and nobody else waits for it.
    next?.then(
      (picture) => picture.close(),
      () => undefined,
    )
  }
}

function cut(picture: ImageBitmap, size: Size): Planes {
  const { context } = drawCentre(picture, size)
  return toPlanes(context.getImageData(0, 0, size.width, size.height).data, size.width, size.height)
}

/** Draws the picture and closes it, also when there is nothing to draw on. */
function drawCentre(picture: ImageBitmap, size: Size): Surface {
  try {
    const surface = createSurface(size, false)
    const { x, y, width, height } = cover(picture, size)
    surface.context.drawImage(picture, x, y, width, height)
    return surface
  } finally {
    picture.close()
  }
}
