import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { Readable } from 'node:stream'
import { AppError } from '../../shared/error'
import { parseRange } from './range'

// Only types we write ourselves or play; anything else is bytes to save, never a page.
const typesByExtension: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.mp4': 'video/mp4',
  '.mov': 'video/mp4',
  '.webm': 'video/webm',
}

/** The media type by the file's extension. */
export function typeOf(path: string): string {
  return typesByExtension[extname(path).toLowerCase()] ?? 'application/octet-stream'
}

/**
 * Answers a GET or HEAD with a file, whole or the part its `Range` header asks for.
 *
 * @throws AppError `not-found` when a folder, a pipe or the like lies there, the system's error when nothing does.
 */
export async function serveFile(request: Request, path: string, cacheControl: string): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(null, { status: 405 })
  const found = await stat(path)
  if (!found.isFile()) throw new AppError('not-found', 'This is not a file.', path)
  const { size } = found
  const range = parseRange(request.headers.get('range'), size)
  const headers = new Headers({
    'accept-ranges': 'bytes',
    'cache-control': cacheControl,
    'content-type': typeOf(path),
    'x-content-type-options': 'nosniff',
  })
  if (range.kind === 'unsatisfiable') {
    headers.set('content-range', `bytes */${size}`)
    return new Response(null, { status: 416, headers })
  }
  const part = range.kind === 'part' ? range : undefined
  headers.set('content-length', String(part ? part.end - part.start + 1 : size))
  if (part) headers.set('content-range', `bytes ${part.start}-${part.end}/${size}`)
  const status = part ? 206 : 200
  if (request.method === 'HEAD' || size === 0) return new Response(null, { status, headers })
  const stream = createReadStream(path, part ? { start: part.start, end: part.end } : {})
  return new Response(Readable.toWeb(stream), { status, headers })
}
