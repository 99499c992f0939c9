import { fileTypeFromBuffer } from 'file-type'
import { DownloadFailure } from './failure'

/** The containers a platform delivers clips in. */
export type ClipExtension = '.mp4' | '.webm' | '.mov'

/** First bytes looked at: file-type's own sample size. */
export const sampleBytes = 4100

const extensions: Readonly<Record<string, ClipExtension>> = {
  'video/mp4': '.mp4',
  'video/x-m4v': '.mp4',
  'video/quicktime': '.mov',
  'video/webm': '.webm',
}

/**
 * What a clip is, by the first {@link sampleBytes} of it (`ftyp` box or EBML header), or by all of a shorter one.
 *
 * @throws DownloadFailure `link` for a page that says why there is no clip, `not-video` for anything else.
 */
export async function sniffClip(sample: Uint8Array): Promise<ClipExtension> {
  const mime = (await fileTypeFromBuffer(sample))?.mime
  const extension = mime && extensions[mime]
  if (extension) return extension
  if (sample.length === 0) throw new DownloadFailure('not-video', 'The answer is empty.')
  // HTML, XML or JSON under a wrong or no content type.
  const isPage = /^[\s\ufeff]*[<{[]/.test(new TextDecoder().decode(sample.subarray(0, 64)))
  throw new DownloadFailure(
    isPage ? 'link' : 'not-video',
    `The answer is ${mime ?? 'unknown data'}, not a video.`,
  )
}
