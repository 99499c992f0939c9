import type { IncomingMessage, ServerResponse } from 'node:http'
import type { BodyFault } from './body-fault'
import { chunks, describe, parseRange, type Range } from './hosted-file'
import type { HostedFile } from './result-host'

/** Answers GET and HEAD of one file with Range, If-Range and ETag (RFC 9110), spoiled by the fault if there is one. */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: HostedFile,
  fault: BodyFault | undefined,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end()
    return
  }
  if (fault?.kind === 'answer') return sendAnswer(response, fault)
  const { size, etag } = await describe(file.source)
  const range = spoilRange(wantedRange(request, size, etag, fault), size, fault)
  if (range === 'unsatisfiable') {
    response.writeHead(416, { 'content-range': `bytes */${size}` }).end()
    return
  }
  const { start, end } = range === 'all' ? { start: 0, end: size } : range
  const stop = fault?.kind === 'truncated' ? Math.min(end, start + fault.bytes) : end
  response.writeHead(range === 'all' ? 200 : 206, {
    etag,
    'content-type': fault?.kind === 'content-type' ? fault.contentType : file.contentType,
    'content-length': String(stop - start),
    ...(fault?.kind === 'no-range' ? {} : { 'accept-ranges': 'bytes' }),
    ...(range === 'all' ? {} : { 'content-range': `bytes ${start}-${stop - 1}/${size}` }),
  })
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  if (await sendBytes(response, file, start, stop, fault)) response.end()
}

function wantedRange(
  request: IncomingMessage,
  size: number,
  etag: string,
  fault: BodyFault | undefined,
): Range {
  const { range, 'if-range': ifRange } = request.headers
  if (fault?.kind === 'no-range') return 'all'
  // Dates are not kept, so a date in If-Range never matches, which is the safe answer (RFC 9110 §13.1.5).
  if (ifRange !== undefined && ifRange !== etag) return 'all'
  return parseRange(range, size)
}

function spoilRange(range: Range, size: number, fault: BodyFault | undefined): Range {
  if (fault?.kind !== 'shifted-range' || typeof range === 'string') return range
  return { start: Math.min(range.start + fault.byBytes, size - 1), end: range.end }
}

/** True when all bytes went out, false when the connection is gone, by the fault or by the client. */
async function sendBytes(
  response: ServerResponse,
  file: HostedFile,
  start: number,
  stop: number,
  fault: BodyFault | undefined,
): Promise<boolean> {
  const halt =
    fault?.kind === 'cut' || fault?.kind === 'stall' ? Math.min(stop, start + fault.afterBytes) : stop
  const piece = fault?.kind === 'trickle' ? fault.pieceBytes : undefined
  response.flushHeaders()
  if (!(await write(response, chunks(file.source, start, halt, piece)))) return false
  if (fault?.kind === 'cut') {
    response.destroy()
    return false
  }
  if (fault?.kind !== 'stall') return true
  await fault.until
  return write(response, chunks(file.source, halt, stop))
}

/** One piece at a time, each in the kernel's hands before the next: a cut then comes after exactly these bytes. */
async function write(response: ServerResponse, bytes: AsyncGenerator<Buffer>): Promise<boolean> {
  const closed = new Promise<boolean>((resolve) => response.once('close', () => resolve(false)))
  for await (const chunk of bytes) {
    if (response.destroyed) return false
    const written = new Promise<boolean>((resolve) => response.write(chunk, (error) => resolve(!error)))
    if (!(await Promise.race([written, closed]))) return false
  }
  return true
}

function sendAnswer(response: ServerResponse, fault: Extract<BodyFault, { kind: 'answer' }>): void {
  const { status, headers, body } = fault.answer
  const text = 'json' in body ? JSON.stringify(body.json) : body.text
  const contentType = 'json' in body ? 'application/json' : body.contentType
  response.writeHead(status, { 'content-type': contentType, ...headers }).end(text)
}
