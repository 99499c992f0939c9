import { createHash } from 'node:crypto'
import { open, stat } from 'node:fs/promises'

/** The bytes of a hosted file: in memory, a file on disk for large ones, or made when they are first asked for. */
export type Source = Buffer | { readonly path: string } | (() => Promise<Buffer>)

/** Most bytes read and written at once: as much as a fast client takes in one go, little enough to stay flat. */
const chunkBytes = 1024 * 1024

/** Size in bytes and a strong validator of the bytes. */
export async function describe(source: Source): Promise<{ readonly size: number; readonly etag: string }> {
  if (typeof source === 'function') return describe(await source())
  if (Buffer.isBuffer(source)) {
    return { size: source.length, etag: `"${createHash('sha1').update(source).digest('hex')}"` }
  }
  const { size, mtimeMs } = await stat(source.path)
  return { size, etag: `"${size.toString(16)}-${Math.floor(mtimeMs).toString(16)}"` }
}

/** The bytes from `start` up to, not including, `end`, in pieces of at most `piece` bytes. */
export async function* chunks(
  source: Source,
  start: number,
  end: number,
  piece = chunkBytes,
): AsyncGenerator<Buffer> {
  if (typeof source === 'function') {
    yield* chunks(await source(), start, end, piece)
    return
  }
  if (Buffer.isBuffer(source)) {
    for (let at = start; at < end; at += piece) yield source.subarray(at, Math.min(end, at + piece))
    return
  }
  const file = await open(source.path)
  try {
    for (let at = start; at < end;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(Math.min(piece, end - at)), {
        position: at,
      })
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
      at += bytesRead
    }
  } finally {
    await file.close()
  }
}

export type Range = 'all' | 'unsatisfiable' | { readonly start: number; readonly end: number }

/** One range of a `Range` header (RFC 9110 §14), `end` exclusive; several ranges or another unit mean all. */
export function parseRange(header: string | undefined, size: number): Range {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!match) return 'all'
  const [, from = '', to = ''] = match
  if (from === '' && to === '') return 'all'
  if (from === '') {
    const length = Math.min(Number(to), size)
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size }
  }
  const start = Number(from)
  const end = to === '' ? size : Math.min(Number(to) + 1, size)
  if (start >= size) return 'unsatisfiable'
  return end <= start ? 'all' : { start, end }
}
