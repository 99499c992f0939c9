import { AppError } from '../../shared/error'
import { rejectOnAbort } from './abort'
import { isKnownPicture } from './sniff'

/**
 * Decodes a whole picture, upright (EXIF applied), the first frame of an animated one. The caller closes it.
 *
 * `createImageBitmap` refuses pictures that end too early; an `<img>` shows them, and `ImageDecoder` takes a WebP that
 * lacks its last bytes (seen in Chromium 148 with every type cut at 50, 90 and 99 % and by 1, 2 and 20 bytes).
 * Throws `damaged`, `not-decodable` or `media-failed`.
 */
export async function decodePicture(file: Blob, signal: AbortSignal): Promise<ImageBitmap> {
  try {
    return await rejectOnAbort(createImageBitmap(file), signal, (late) => late.close())
  } catch (error) {
    if (error instanceof AppError) throw error
    throw await refusal(file, error)
  }
}

async function refusal(file: Blob, cause: unknown): Promise<AppError> {
  const details = String(cause)
  if (details.includes('allocate')) {
    return new AppError('media-failed', 'There is not enough memory for this picture.', details)
  }
  const head = new Uint8Array(await file.slice(0, 16).arrayBuffer())
  if (isKnownPicture(head)) {
    return new AppError(
      'damaged',
      'This picture is damaged or incomplete: it cannot be shown to its end.',
      details,
    )
  }
  const message = 'This picture format cannot be read here. Save it as PNG or JPEG and try again.'
  return new AppError('not-decodable', message, details)
}
