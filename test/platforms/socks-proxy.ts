import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** What the SOCKS5 proxy does instead. */
export type SocksFault =
  /** Answers the connect command with this number (RFC 1928 §6). */
  | { readonly kind: 'refuse'; readonly code: number }
  | { readonly kind: 'hang-up' }
  | { readonly kind: 'silent' }
  /** Answers in another language. */
  | { readonly kind: 'http' }

export interface SocksProxy {
  readonly port: number
  /** `host:port` of each connect command. */
  readonly connects: readonly string[]
  readonly fail: (fault: SocksFault | null) => void
  readonly close: () => Promise<void>
}

/** A real SOCKS5 proxy on this computer (RFC 1928, 1929), for names and IPv4; `login` is `name:password`. */
export async function createSocksProxy(options: { readonly login?: string } = {}): Promise<SocksProxy> {
  const connects: string[] = []
  const sockets = new Set<Socket>()
  let fault: SocksFault | null = null
  const watch = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).once('close', () => sockets.delete(socket))
  }
  const server = createServer((client) => {
    watch(client)
    serve(client).catch(() => client.destroy())
  })

  async function serve(client: Socket): Promise<void> {
    const [, count = 0] = await next(client, 2)
    const methods = await next(client, count)
    if (fault?.kind === 'silent') return
    if (fault?.kind === 'hang-up') return void client.destroy()
    if (fault?.kind === 'http') return void client.end('HTTP/1.1 400 Bad Request\r\n\r\n')
    const method = options.login === undefined ? 0 : 2
    if (!methods.includes(method)) return void client.end(Buffer.from([5, 255]))
    client.write(Buffer.from([5, method]))
    if (method === 2 && !(await isKnown(client))) return
    const [, , , type] = await next(client, 4)
    const host = await hostOf(client, type ?? 0)
    const port = (await next(client, 2)).readUInt16BE()
    connects.push(`${host}:${port}`)
    const code = fault?.kind === 'refuse' ? fault.code : 0
    if (code !== 0) return void client.end(Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]))
    const upstream = connect(port, host)
    watch(upstream)
    await once(upstream, 'connect')
    // A name as the bound address: the longest of the three forms.
    client.write(Buffer.concat([Buffer.from([5, 0, 0, 3, 4]), Buffer.from('here'), Buffer.from([0, 80])]))
    client.pipe(upstream).pipe(client)
  }

  async function isKnown(client: Socket): Promise<boolean> {
    const [, nameLength = 0] = await next(client, 2)
    const name = await next(client, nameLength)
    const [length = 0] = await next(client, 1)
    const password = length === 0 ? '' : await next(client, length)
    const isRight = `${name.toString()}:${password.toString()}` === options.login
    client.write(Buffer.from([1, isRight ? 0 : 1]))
    return isRight
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    // A server that listens on TCP has an AddressInfo.
    port: (server.address() as AddressInfo).port,
    connects,
    fail: (coming) => (fault = coming),
    async close() {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
  }
}

async function hostOf(client: Socket, type: number): Promise<string> {
  if (type === 1) return [...(await next(client, 4))].join('.')
  const [length = 0] = await next(client, 1)
  return (await next(client, length)).toString()
}

async function next(client: Socket, bytes: number): Promise<Buffer> {
  for (;;) {
    const piece: Buffer | null = client.read(bytes)
    if (piece) return piece
    if (client.readableEnded) throw new Error('ended early')
    await once(client, 'readable')
  }
}
