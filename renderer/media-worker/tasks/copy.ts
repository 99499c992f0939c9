import { AppError } from '../../../shared/error'
import type { MediaResultOf, MediaTaskOf } from '../../../shared/media-schema'
import { throwIfAborted } from '../abort'
import { createSurface } from '../canvas'
import { decodePicture } from '../picture'
import { fitWithin } from '../size'
import type { TaskContext } from './context'

/** Qualities tried before the picture is made smaller, 0 to 1: below the last one blocks show in a video's frame. */
const qualities = [0.92, 0.85, 0.75]
/** By how much the sides shrink when no quality does. */
const shrink = 0.8
/** A picture of noise in a side of 200 pixels has 60 kB at most; no platform takes less. */
const leastSide = 200

/** Makes the best JPEG of a picture that has at most so many bytes. */
export async function copyStill(
  { maxBytes, maxSide }: MediaTaskOf<'copy'>,
  { files, signal }: TaskContext,
): Promise<MediaResultOf<'copy'>> {
  const picture = await decodePicture(await files.read('still'), signal)
  try {
    for (let side = maxSide; side >= leastSide; side = Math.floor(side * shrink)) {
      const copy = await bestOfSide(picture, side, maxBytes, signal)
      if (!copy) continue
      await files.write('copy', copy)
      return { kind: 'copy', bytes: copy.size }
    }
  } finally {
    picture.close()
  }
  throw new AppError('too-large', 'This picture cannot be made small enough. Use another one.')
}

async function bestOfSide(
  picture: ImageBitmap,
  side: number,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Blob | undefined> {
  const size = fitWithin(picture, { width: side, height: side })
  const { canvas, context } = createSurface(size, false)
  context.drawImage(picture, 0, 0, size.width, size.height)
  for (const quality of qualities) {
    throwIfAborted(signal)
    const copy = await canvas.convertToBlob({ type: 'image/jpeg', quality })
    if (copy.size <= maxBytes) return copy
  }
  return undefined
}
