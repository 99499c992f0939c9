import { thumbnailSide } from '../../../shared/media'
import type { MediaResultOf } from '../../../shared/media-schema'
import { throwIfAborted } from '../abort'
import { createSurface } from '../canvas'
import { decodePicture } from '../picture'
import { fitWithin } from '../size'
import type { TaskContext } from './context'

/** Quality of a thumbnail, 0 to 1: no blocks to be seen at twice its size, about 60 kB. */
const thumbnailQuality = 0.85

/** Proves that a picture decodes to its end, tells its upright size and writes its thumbnail. */
export async function readStill({ files, signal }: TaskContext): Promise<MediaResultOf<'still'>> {
  const picture = await decodePicture(await files.read('still'), signal)
  const { width, height } = picture
  const size = fitWithin(picture, { width: thumbnailSide, height: thumbnailSide })
  const { canvas, context } = createSurface(size, true)
  context.drawImage(picture, 0, 0, size.width, size.height)
  // A picture of 100 megapixels holds 400 MB; it must not wait for the garbage collector.
  picture.close()
  throwIfAborted(signal)
  const thumbnail = await canvas.convertToBlob({ type: 'image/webp', quality: thumbnailQuality })
  await files.write('thumbnail', thumbnail)
  return { kind: 'still', width, height }
}
