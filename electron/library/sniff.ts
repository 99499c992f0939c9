import { open } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import type { StillType } from '../../shared/still'

/** What a file is, by its first bytes; its name says nothing. */
export type Sniffed =
  | { readonly kind: 'still'; readonly type: StillType }
  | { readonly kind: 'clip'; readonly extension: '.mp4' | '.webm' | '.mov' }
  | { readonly kind: 'heic' }
  /** Something else that was recognised, or nothing (`undefined`). */
  | { readonly kind: 'other'; readonly type: string | undefined }

/** First bytes read, enough for every type told apart here: file-type's own sample size. */
const sampleBytes = 4100

const known: Readonly<Record<string, Sniffed>> = {
  'image/png': { kind: 'still', type: 'png' },
  // An animated PNG is a PNG: its first frame is used.
  'image/apng': { kind: 'still', type: 'png' },
  'image/jpeg': { kind: 'still', type: 'jpeg' },
  'image/webp': { kind: 'still', type: 'webp' },
  'image/avif': { kind: 'still', type: 'avif' },
  'image/heic': { kind: 'heic' },
  'image/heif': { kind: 'heic' },
  'image/heic-sequence': { kind: 'heic' },
  'image/heif-sequence': { kind: 'heic' },
  'video/mp4': { kind: 'clip', extension: '.mp4' },
  'video/x-m4v': { kind: 'clip', extension: '.mp4' },
  'video/quicktime': { kind: 'clip', extension: '.mov' },
  'video/webm': { kind: 'clip', extension: '.webm' },
}

/** Tells what the file at `path` is from its first bytes. */
export async function sniffFile(path: string): Promise<Sniffed> {
  const handle = await open(path, 'r')
  try {
    const sample = new Uint8Array(sampleBytes)
    const { bytesRead } = await handle.read(sample, 0, sampleBytes, 0)
    const found = await fileTypeFromBuffer(sample.subarray(0, bytesRead))
    return (found && known[found.mime]) ?? { kind: 'other', type: found?.ext }
  } finally {
    await handle.close()
  }
}
