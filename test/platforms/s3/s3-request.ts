import type { IncomingMessage, ServerResponse } from 'node:http'
import { isIP } from 'node:net'
import type { Answer } from '../answer'
import { flatHeaders, type RecordedRequest } from '../record'
import type { SignableRequest } from './s3-canonical'

/** Largest object taken, bytes: above any picture (design/reliability.md: 100 MB per still). */
const maxObjectBytes = 110_000_000

/** What is put up. */
export interface StoredObject {
  readonly bytes: Buffer
  readonly contentType: string
  /** By the store's own clock, ms. */
  readonly modifiedAt: number
}

/** The request as it goes into the record; `at` in ms. */
export function recordedRequest(request: IncomingMessage, at: number, socketUse: number): RecordedRequest {
  const { method = '', url = '' } = request
  return { at, method, url, http: 1, socketUse, headers: flatHeaders(request.headers), status: null }
}

/** The request as its signature sees it. */
export function signableOf({ method, url, headers }: RecordedRequest): SignableRequest {
  const at = url.indexOf('?')
  return { method, headers, path: at < 0 ? url : url.slice(0, at), query: at < 0 ? '' : url.slice(at + 1) }
}

/**
 * Which object of which bucket is meant: virtual-host style puts the bucket before the domain, path style behind the
 * first slash. Throws URIError for a path that is no text.
 */
export function placeOf(
  { headers, path }: SignableRequest,
  domain: string,
): { readonly bucket: string; readonly key: string } {
  const host = (headers['host'] ?? '').replace(/:\d+$/, '')
  const whole = decodeURIComponent(path.slice(1))
  if (host.endsWith(`.${domain}`)) return { bucket: host.slice(0, -domain.length - 1), key: whole }
  const isPathStyle = host === domain || host === 'localhost' || isIP(host.replaceAll(/[[\]]/g, '')) !== 0
  // As S3 has it: any other name is itself the name of a bucket.
  if (!isPathStyle) return { bucket: host, key: whole }
  const at = whole.indexOf('/')
  return at < 0 ? { bucket: whole, key: '' } : { bucket: whole.slice(0, at), key: whole.slice(at + 1) }
}

/** The whole body. Throws for one that is too long. */
export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length
    if (length > maxObjectBytes) throw new Error('too long')
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

/** Sends an answer, or an object. */
export function reply(response: ServerResponse, method: string, answer: Answer | StoredObject): void {
  const { status, headers, type, bytes } =
    'bytes' in answer
      ? { status: 200, headers: {}, type: answer.contentType, bytes: answer.bytes }
      : { status: answer.status, headers: answer.headers ?? {}, ...encoded(answer.body) }
  response.writeHead(status, {
    ...headers,
    ...(type === '' ? {} : { 'content-type': type }),
    ...(status === 204 ? {} : { 'content-length': String(bytes.length) }),
  })
  response.end(method === 'HEAD' ? undefined : bytes)
}

const encoded = (body: Answer['body']) =>
  'text' in body
    ? { type: body.contentType, bytes: Buffer.from(body.text) }
    : { type: 'application/json', bytes: Buffer.from(JSON.stringify(body.json)) }
