import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createBodyFaults, type BodyFaults } from './body-fault'
import type { Clock } from './clock'
import type { Source } from './hosted-file'
import { checkHostRequest } from './key-traces'
import { flatHeaders, type PlatformRecord, type RecordedRequest } from './record'
import { sendFile } from './send-file'
import { createSocketUses } from './socket-use'

export interface HostedFile {
  /** Last part of the address. */
  readonly name: string
  readonly contentType: string
  readonly source: Source
  /** How long one link works, ms; null for ever. */
  readonly linkTtlMs: number | null
  /** When the bytes themselves go, ms since the epoch; null never. */
  readonly purgeAt: number | null
  /** A preview that no client should take for the clip (§3.3): fetching it is a violation. */
  readonly decoy: boolean
}

/** Results and uploaded pictures, on an origin of their own that must never see a key. */
export interface ResultHost {
  readonly origin: string
  readonly faults: BodyFaults
  /** Puts a file up and gives its id. */
  readonly add: (file: HostedFile) => string
  /** An address that works now: the last one given out, or a fresh one once that has expired (§13, scenario 14). */
  readonly link: (fileId: string) => string
  /** All addresses of the file given out so far stop working. */
  readonly expireLinks: (fileId: string) => void
  /** The bytes are gone for good. */
  readonly purge: (fileId: string) => void
  readonly isGone: (fileId: string) => boolean
  /** Other bytes, and so another ETag, under the same addresses; with a time of their own end where one is given. */
  readonly replace: (fileId: string, source: Source, purgeAt?: number | null) => void
  /** Who answers a PUT to a link of this host, also of a file that is not there (yet); without one it is 405. */
  readonly takePuts: (taker: PutTaker) => void
  readonly close: () => Promise<void>
}

export type PutTaker = (fileId: string, request: IncomingMessage, response: ServerResponse) => Promise<void>

export interface ResultHostOptions {
  readonly clock: Clock
  readonly record: PlatformRecord
  /** Keys whose sight is a violation; read at each request. */
  readonly keys: () => Iterable<string>
  /** Answer to a dead link: 404 of a plain CDN (§2.9), or 403 with XML as pre-signed storage gives (§12.6). Default 404. */
  readonly deadLinkStatus?: 403 | 404
  readonly port?: number
}

interface Hosted {
  file: HostedFile
  links: { id: string; expiresAt: number | null }[]
}

/** A result host on the loopback, listening when the promise resolves. */
export async function createResultHost(options: ResultHostOptions): Promise<ResultHost> {
  const { clock, record } = options
  const files = new Map<string, Hosted>()
  const faults = createBodyFaults()
  const uses = createSocketUses()
  let takePut: PutTaker | undefined
  const server = createServer((request, response) => {
    const recorded = recordRequest(request, clock, uses(request.socket))
    record.hostRequests.push(recorded)
    response.once('finish', () => (recorded.status = response.statusCode))
    checkHostRequest(record, recorded, options.keys())
    serve(request, response).catch(() => response.destroy())
  })
  const gone = ({ file }: Hosted) => file.purgeAt !== null && clock.now() >= file.purgeAt
  const alive = (link: { expiresAt: number | null }) =>
    link.expiresAt === null || clock.now() < link.expiresAt

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const [, , fileId = '', linkId = ''] = new URL(request.url ?? '/', 'http://host').pathname.split('/')
    const hosted = files.get(fileId)
    const link = hosted?.links.find(({ id }) => id === linkId)
    if (request.method === 'PUT' && link && takePut) return takePut(fileId, request, response)
    if (!hosted || !link || gone(hosted) || !alive(link)) return refuse(response)
    if (hosted.file.decoy) record.violations.push({ rule: 'decoy-fetched', detail: request.url ?? '' })
    await sendFile(request, response, hosted.file, faults.take(fileId))
  }
  const refuse = (response: ServerResponse) => {
    const status = options.deadLinkStatus ?? 404
    response.writeHead(status, { 'content-type': status === 403 ? 'application/xml' : 'text/html' })
    response.end(status === 403 ? '<Error><Code>AccessDenied</Code></Error>' : '<h1>404 Not Found</h1>')
  }
  const need = (fileId: string) => {
    const hosted = files.get(fileId)
    if (!hosted) throw new Error(`no hosted file ${fileId}`)
    return hosted
  }

  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on TCP has an AddressInfo for its address.
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    faults,
    add: (file) => {
      const fileId = randomUUID()
      files.set(fileId, { file, links: [] })
      return fileId
    },
    link: (fileId) => {
      const hosted = need(fileId)
      const last = hosted.links.at(-1)
      const ttl = hosted.file.linkTtlMs
      const link =
        last && alive(last) ? last : { id: randomUUID(), expiresAt: ttl === null ? null : clock.now() + ttl }
      if (link !== last) hosted.links.push(link)
      return `${origin}/f/${fileId}/${link.id}/${hosted.file.name}`
    },
    expireLinks: (fileId) => {
      for (const link of need(fileId).links) link.expiresAt = clock.now()
    },
    purge: (fileId) => {
      const hosted = need(fileId)
      hosted.file = { ...hosted.file, purgeAt: clock.now() }
    },
    isGone: (fileId) => gone(need(fileId)),
    replace: (fileId, source, purgeAt) => {
      const hosted = need(fileId)
      hosted.file = { ...hosted.file, source, ...(purgeAt === undefined ? {} : { purgeAt }) }
    },
    takePuts: (taker) => void (takePut = taker),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function recordRequest(request: IncomingMessage, clock: Clock, socketUse: number): RecordedRequest {
  return {
    at: clock.now(),
    method: request.method ?? '',
    url: request.url ?? '',
    http: 1,
    socketUse,
    headers: flatHeaders(request.headers),
    status: null,
  }
}
