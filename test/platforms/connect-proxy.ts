import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { connect, type AddressInfo, type Socket } from 'node:net'
import type { Certificate } from './certificate'
import { createRequestMeter } from './request-meter'

/** What the proxy does with a CONNECT instead of opening the tunnel, or with the tunnel. */
export type ProxyFault =
  /** Answers with this status: 403 refused, 502 no way there. */
  | { readonly kind: 'answer'; readonly status: number }
  /** Answers 407 and names these ways to sign in. */
  | { readonly kind: 'wants'; readonly schemes: string }
  | { readonly kind: 'hang-up' }
  | { readonly kind: 'silent' }
  /** Says 200 and ends the connection. */
  | { readonly kind: 'hollow' }
  /** Lets so many bytes of what follows the TLS handshake through, then ends both sides. */
  | { readonly kind: 'cut'; readonly afterBytes: number }

export interface ConnectProxyOptions {
  /** `name:password`; without it anybody may come. */
  readonly login?: string
  /** The proxy itself speaks TLS. */
  readonly certificate?: Certificate
  /** Where a target really lies: its name server. Default: where it says. */
  readonly route?: (target: string) => { readonly host: string; readonly port: number }
}

/** One CONNECT and what came after it. */
export interface SeenConnect {
  readonly target: string
  readonly headers: IncomingHttpHeaders
  /** Bytes of the client that followed its TLS handshake: the request, encrypted. */
  requestBytes: number
}

export interface ConnectProxy {
  readonly port: number
  readonly connects: readonly SeenConnect[]
  /** Everything that any client sent, as it came over the wire. */
  readonly bytes: () => string
  /** For every CONNECT from now on; null: none. */
  readonly fail: (fault: ProxyFault | null) => void
  readonly close: () => Promise<void>
}

/** A real proxy on this computer that opens tunnels by CONNECT, and records and breaks them as told. */
export async function createConnectProxy(options: ConnectProxyOptions = {}): Promise<ConnectProxy> {
  const { login, certificate, route = directly } = options
  const connects: SeenConnect[] = []
  const heard: Buffer[] = []
  const sockets = new Set<Socket>()
  let fault: ProxyFault | null = null
  const server: Server = certificate ? createSecureServer(certificate) : createServer()
  server.on(certificate ? 'secureConnection' : 'connection', (socket: Socket) => {
    watch(socket)
    socket.on('data', (data: Buffer) => heard.push(data))
  })
  server.on('connect', (request, stream, head) => {
    const client = stream as Socket
    const seen = { target: request.url ?? '', headers: request.headers, requestBytes: 0 }
    connects.push(seen)
    if (fault?.kind === 'silent') return
    if (fault?.kind === 'hang-up') return void client.destroy()
    const refusal = refusalOf(fault, login, request.headers['proxy-authorization'])
    if (refusal !== null) return void client.end(refusal)
    if (fault?.kind === 'hollow') return void client.end(established)
    open(client, head, seen, fault?.kind === 'cut' ? fault.afterBytes : Infinity)
  })

  function open(client: Socket, head: Buffer, seen: SeenConnect, cutAfter: number): void {
    const { host, port } = route(seen.target)
    const upstream = connect(port, host)
    watch(upstream)
    upstream.once('connect', () => client.write(established))
    upstream.once('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'))
    upstream.pipe(client)
    const meter = createRequestMeter()
    const forward = (data: Buffer) => {
      const before = seen.requestBytes
      seen.requestBytes += meter(data)
      if (seen.requestBytes < cutAfter) return void upstream.write(data)
      client.off('data', forward)
      const handshake = data.length - (seen.requestBytes - before)
      // What was let through arrives; then both sides see the end.
      upstream.end(data.subarray(0, handshake + cutAfter - before), () => client.destroy())
    }
    client.on('data', forward)
    client.once('close', () => upstream.destroySoon())
    if (head.length > 0) forward(head)
  }

  function watch(socket: Socket): void {
    sockets.add(socket)
    socket.on('error', () => {}).once('close', () => sockets.delete(socket))
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on TCP has an AddressInfo.
  const { port } = server.address() as AddressInfo
  return {
    port,
    connects,
    bytes: () => Buffer.concat(heard).toString('latin1'),
    fail: (next) => (fault = next),
    async close() {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
  }
}

const established = 'HTTP/1.1 200 Connection established\r\n\r\n'

function refusalOf(fault: ProxyFault | null, login: string | undefined, said: string | undefined) {
  const wants = fault?.kind === 'wants' ? fault.schemes : 'Basic realm="practice"'
  const expected = login === undefined ? undefined : `Basic ${Buffer.from(login).toString('base64')}`
  if (fault?.kind === 'wants' || said !== expected) return answer(407, `proxy-authenticate: ${wants}\r\n`)
  return fault?.kind === 'answer' ? answer(fault.status, '') : null
}

function answer(status: number, headers: string): string {
  return `HTTP/1.1 ${status} no\r\n${headers}content-length: 5\r\n\r\nsorry`
}

function directly(target: string) {
  const { hostname, port } = new URL(`http://${target}`)
  return { host: hostname, port: Number(port) || 80 }
}
