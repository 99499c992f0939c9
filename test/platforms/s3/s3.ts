import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { empty, type Answer } from '../answer'
import { createClock, type Clock } from '../clock'
import { holdsKey } from '../key-traces'
import { createRecord, type PlatformRecord, type RecordedRequest } from '../record'
import { s3Error, type S3ErrorCode } from './s3-answer'
import { sha256, type SignableRequest } from './s3-canonical'
import { createS3Faults, type S3Faults } from './s3-faults'
import { listObjects } from './s3-list'
import { bodyOf, placeOf, recordedRequest, reply, signableOf, type StoredObject } from './s3-request'
import { judgeSignature, type Trusted } from './s3-signature'
import { createSocketUses } from '../socket-use'

/** Of practice, and of tests that name no others. */
export const s3Practice = {
  region: 'eu-central-1',
  bucket: 'practice-pictures',
  accessKeyId: 'PRACTICEKEYID0000001',
  secretAccessKey: 'practice/secret+of+the/bucket/0000000000',
} as const

export interface S3Options extends Partial<Trusted> {
  readonly bucket?: string
  readonly clock?: Clock
  /** How far its own time is ahead of the clock, ms (negative: behind). Default 0. */
  readonly skewMs?: number
  /** Its name besides the loopback: `<bucket>.<domain>` is the virtual-host style. Default `s3.practice.test`. */
  readonly domain?: string
  /** Keys of platforms, whose sight here is a violation; read at each request. */
  readonly foreignKeys?: () => Iterable<string>
  /** Whether the keys have the right to list the bucket; read at each request. Default: they have. */
  readonly mayList?: () => boolean
  /** Most names on a page of a list. Default: 1,000, as S3 has it. */
  readonly pageSize?: number
  readonly port?: number
}

export interface S3Server {
  readonly origin: string
  readonly clock: Clock
  readonly record: PlatformRecord
  readonly faults: S3Faults
  /** What lies in the bucket now, by name. */
  readonly objects: () => ReadonlyMap<string, StoredObject>
  /** Names of objects that were there and were deleted, in order. */
  readonly deletions: () => readonly string[]
  /** Lays an object there by another way than ours. */
  readonly add: (name: string) => void
  readonly close: () => Promise<void>
}

/** One bucket behind S3's door, on the loopback; each signature is verified. Listening when the promise resolves. */
export async function createS3Server(options: S3Options = {}): Promise<S3Server> {
  const trusted = { ...s3Practice, ...options }
  const { clock = createClock(), skewMs = 0, domain = 's3.practice.test' } = options
  const { mayList = () => true, pageSize = 1000 } = options
  const objects = new Map<string, StoredObject>()
  const deletions: string[] = []
  const record = createRecord()
  const faults = createS3Faults()
  const uses = createSocketUses()
  const serverNow = () => clock.now() + skewMs

  function answerTo(request: SignableRequest, bytes: Buffer): Answer | StoredObject {
    const verdict = judgeSignature(request, trusted, serverNow())
    if (!verdict.ok) return s3Error(verdict.refusal)
    if (verdict.payloadHash !== 'UNSIGNED-PAYLOAD' && verdict.payloadHash !== sha256(bytes)) {
      const message = "The provided 'x-amz-content-sha256' header does not match what was computed."
      return refuse('XAmzContentSHA256Mismatch', message)
    }
    const { bucket, key } = placeOf(request, domain)
    if (bucket !== trusted.bucket) return refuse('NoSuchBucket', 'The specified bucket does not exist')
    if (key !== '') return onObject(request, key, bytes)
    if (request.method === 'HEAD') return empty(200)
    if (request.method !== 'GET') return refuse('MethodNotAllowed', 'Of the bucket itself, only HEAD and GET')
    if (!mayList()) return refuse('AccessDenied', 'Access Denied')
    return listObjects(request.query, { bucket, objects, pageSize })
  }

  function keep(key: string, bytes: Buffer, contentType = 'binary/octet-stream'): void {
    objects.set(key, { bytes, contentType, modifiedAt: serverNow() })
  }

  function onObject({ method, headers }: SignableRequest, key: string, bytes: Buffer): Answer | StoredObject {
    switch (method) {
      case 'PUT':
        keep(key, bytes, headers['content-type'])
        return empty(200)
      case 'GET':
      case 'HEAD':
        return objects.get(key) ?? missing()
      case 'DELETE':
        if (objects.delete(key)) deletions.push(key)
        // Also for what was not there.
        return empty(204)
      default:
        return refuse('MethodNotAllowed', 'The specified method is not allowed against this resource.')
    }
  }

  /** Whoever may not list is not told what is there. */
  const missing = () =>
    mayList()
      ? refuse('NoSuchKey', 'The specified key does not exist.')
      : refuse('AccessDenied', 'Access Denied')

  async function serve(request: IncomingMessage, response: ServerResponse, seen: RecordedRequest) {
    const bytes = await bodyOf(request)
    const fault = faults.take(seen.method)
    response.setHeader('date', new Date(serverNow()).toUTCString())
    if (fault?.kind === 'answer') return reply(response, seen.method, fault.answer)
    if (fault?.kind === 'cut' && !fault.acted) return request.socket.destroy()
    const answer = answerTo(signableOf(seen), bytes)
    if (fault?.kind === 'cut') return request.socket.destroy()
    if (fault?.kind === 'slow') await fault.until
    reply(response, seen.method, answer)
  }

  const server = createServer((request, response) => {
    const seen = recordedRequest(request, clock.now(), uses(request.socket))
    record.requests.push(seen)
    const keys = [...(options.foreignKeys?.() ?? []), trusted.secretAccessKey]
    if ([seen.url, ...Object.values(seen.headers)].some((text) => holdsKey(text, keys))) {
      record.violations.push({ rule: 'key-on-result-host', detail: `${seen.method} ${seen.url}` })
    }
    response.once('finish', () => (seen.status = response.statusCode))
    serve(request, response, seen).catch((error: unknown) => {
      if (error instanceof URIError) {
        reply(response, seen.method, refuse('InvalidURI', "Couldn't parse the specified URI."))
      } else {
        response.destroy()
      }
    })
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on TCP has an AddressInfo for its address.
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    clock,
    record,
    faults,
    objects: () => objects,
    deletions: () => deletions,
    add: (name) => keep(name, Buffer.from('of somebody')),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const refuse = (code: S3ErrorCode, message: string): Answer => s3Error({ code, message })
