import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createSecureServer } from 'node:http2'
import type { AddressInfo, Server } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Connections } from './break'
import { createCertificate } from './certificate'

export interface Listening {
  /** HTTP/1, in clear. */
  readonly origin: string
  /** HTTP/2 or HTTP/1, as the client's ALPN wishes, over TLS; null when it was not asked for. */
  readonly secure: { readonly origin: string; readonly ca: string } | null
  readonly close: () => Promise<void>
}

/** Opens both doors to the one application; everything behind them is shared. */
export async function listen(
  app: FastifyInstance,
  connections: Connections,
  options: { readonly http2: boolean; readonly port: number },
): Promise<Listening> {
  const handle: RequestListener = (request, response) => app.routing(request, response)
  const plain = createServer(handle)
  const open: Server[] = [plain]
  await opened(plain, connections, options.port)
  const { cert, key } = createCertificate()
  if (options.http2) {
    const secure = createSecureServer({ cert, key, allowHTTP1: true }, (request, response) =>
      // Fastify routes both kinds of request; only the types of its server are those of HTTP/1.
      handle(
        request as unknown as IncomingMessage,
        response as unknown as ServerResponse & { req: IncomingMessage },
      ),
    )
    open.push(secure)
    await opened(secure, connections, 0)
  }
  const [, second] = open
  return {
    origin: `http://127.0.0.1:${portOf(plain)}`,
    secure: second ? { origin: `https://127.0.0.1:${portOf(second)}`, ca: cert } : null,
    close: async () => {
      const ended = Promise.all(open.map(closed))
      connections.cutAll()
      await ended
      await app.close()
    },
  }
}

async function opened(server: Server, connections: Connections, port: number): Promise<void> {
  connections.watch(server)
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
}

async function closed(server: Server): Promise<void> {
  server.close()
  await once(server, 'close')
}

function portOf(server: Server): number {
  // A server that listens on TCP has an AddressInfo for its address.
  return (server.address() as AddressInfo).port
}
