import type { IncomingMessage, ServerResponse } from 'node:http'
import { constants, type Http2ServerRequest, type ServerHttp2Stream } from 'node:http2'
import type { Server, Socket } from 'node:net'

/** The sockets below HTTP, so that a connection can be broken without the farewell that HTTP/2 sends otherwise. */
export interface Connections {
  readonly watch: (server: Server) => void
  /** Breaks the connection of the request without a word. */
  readonly cut: (request: IncomingMessage) => void
  readonly cutAll: () => void
}

/** Watches servers for connections; one is found by its remote port, which TLS and HTTP/2 pass on. */
export function createConnections(): Connections {
  const byPort = new Map<number, Socket>()
  return {
    watch: (server) => {
      server.on('connection', (socket: Socket) => {
        const port = socket.remotePort ?? 0
        byPort.set(port, socket)
        socket.once('close', () => byPort.delete(port))
      })
    },
    cut: (request) => byPort.get(request.socket.remotePort ?? 0)?.destroy(),
    cutAll: () => {
      for (const socket of byPort.values()) socket.destroy()
    },
  }
}

/** What stands for the connection of a request: the socket, or the session that its HTTP/2 streams share. */
export function connectionOf(request: IncomingMessage): object {
  return streamOf(request)?.session ?? request.socket
}

/** Sends the head and half of the body, then breaks the connection. */
export function cutInAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  connections: Connections,
  answer: { readonly status: number; readonly contentType: string; readonly body: Buffer },
): void {
  const { status, contentType, body } = answer
  response.writeHead(status, { 'content-type': contentType, 'content-length': String(body.length) })
  // A turn later, because HTTP/2 hands its frames to the socket at the end of this one.
  response.write(body.subarray(0, Math.ceil(body.length / 2)), () =>
    setImmediate(() => connections.cut(request)),
  )
}

/** RST_STREAM with REFUSED_STREAM: "this was not processed, you may send it again" (RFC 9113 §8.7). */
export function refuseStream(request: IncomingMessage): void {
  streamOf(request)?.close(constants.NGHTTP2_REFUSED_STREAM)
}

/**
 * GOAWAY naming an older stream as the last one looked at: the client gives up this one and the connection. Closing the
 * session here would send a second GOAWAY with a higher number, which the protocol forbids.
 */
export function goAway(request: IncomingMessage): void {
  const stream = streamOf(request)
  // The client's streams have odd numbers, so the one before is two lower.
  const before = (stream?.id ?? 0) - 2
  stream?.session?.goaway(constants.NGHTTP2_NO_ERROR, Math.max(0, before))
  // No number is below the first stream's (Node reads 0 as "none given"), so that one is disowned by itself.
  if (before < 0) stream?.close(constants.NGHTTP2_REFUSED_STREAM)
}

/** The HTTP/2 stream of a request, or null on HTTP/1. Fastify's types only know the server it was made with. */
function streamOf(request: IncomingMessage): ServerHttp2Stream | null {
  if (request.httpVersionMajor !== 2) return null
  return (request as unknown as Http2ServerRequest).stream
}
