import { once } from 'node:events'
import { isIPv4, type Socket } from 'node:net'
import { reveal } from '../keys/redacted'
import { connected } from './connect'
import { addressOf, ProxyFailure, type ProxyServer } from './proxy'
import { noAnswer, unreachable, type TunnelDeps, type TunnelTarget } from './tunnel'

/** Numbers of RFC 1928 and RFC 1929. */
const version = 5
const noLogin = 0
const byPassword = 2
const passwordVersion = 1
const connectCommand = 1
const addressTypes = { ipv4: 1, name: 3, ipv6: 4 } as const

/** What the numbers of a refusal mean (RFC 1928 §6). */
const refusals: Readonly<Record<number, string>> = {
  2: 'does not let Inbetween connect',
  3: 'finds no network that leads',
  4: 'finds no host that leads',
  5: 'was refused the connection',
}

/**
 * Opens a tunnel through a SOCKS5 proxy, which looks the name up itself. undici has this only as a dispatcher with
 * connections of its own; ours must be counted.
 *
 * @throws ProxyFailure
 */
export async function openSocksTunnel(
  proxy: ProxyServer,
  target: TunnelTarget,
  { connector, timeoutMs }: TunnelDeps,
): Promise<Socket> {
  const socket = await reach(proxy, connector)
  const late = AbortSignal.timeout(timeoutMs)
  const closed = new AbortController()
  const close = () => closed.abort()
  socket.once('close', close)
  const take = reader(socket, AbortSignal.any([late, closed.signal]))
  try {
    await greet(proxy, socket, take)
    socket.write(Buffer.concat([Buffer.from([version, connectCommand, 0]), addressBytes(target)]))
    const [, answer = 1, , type = 0] = await take(4)
    if (answer !== 0) {
      const did = refusals[answer] ?? 'could not connect'
      throw new ProxyFailure(`The proxy ${addressOf(proxy)} ${did} to ${target.host}.`, true)
    }
    const length =
      type === addressTypes.name ? ((await take(1))[0] ?? 0) : type === addressTypes.ipv6 ? 16 : 4
    // The address and port it connects from; nobody needs them.
    await take(length + 2)
    socket.off('close', close)
    return socket
  } catch (error) {
    socket.destroy()
    throw error instanceof ProxyFailure ? error : noAnswer(proxy, late.aborted, error)
  }
}

async function reach(proxy: ProxyServer, connector: TunnelDeps['connector']): Promise<Socket> {
  try {
    const to = { hostname: proxy.host, host: addressOf(proxy), port: String(proxy.port), protocol: 'http:' }
    return await connected(connector, to)
  } catch (error) {
    throw unreachable(proxy, error)
  }
}

/** Agrees on how to sign in, and does. */
async function greet(proxy: ProxyServer, socket: Socket, take: Take): Promise<void> {
  const at = addressOf(proxy)
  const method = proxy.login ? byPassword : noLogin
  socket.write(Buffer.from(proxy.login ? [version, 2, noLogin, byPassword] : [version, 1, noLogin]))
  const [spoken, chosen] = await take(2)
  if (spoken !== version) throw new ProxyFailure(`The proxy ${at} is not a SOCKS5 proxy.`, true)
  if (chosen === noLogin) return
  if (chosen !== method || !proxy.login) {
    throw new ProxyFailure(
      `The proxy ${at} wants a user name and password; start Inbetween with HTTPS_PROXY=socks5://name:password@${at}.`,
      true,
    )
  }
  // SECURITY: the proxy's password becomes text here, for the proxy alone.
  const [name = '', ...rest] = reveal(proxy.login).split(':')
  socket.write(Buffer.concat([Buffer.from([passwordVersion]), counted(name), counted(rest.join(':'))]))
  const [, result] = await take(2)
  if (result === 0) return
  throw new ProxyFailure(
    `The proxy ${at} did not take the user name and password that HTTPS_PROXY gives.`,
    true,
  )
}

function addressBytes({ host, port }: TunnelTarget): Buffer {
  const address = isIPv4(host)
    ? Buffer.from([addressTypes.ipv4, ...host.split('.').map(Number)])
    : Buffer.concat([Buffer.from([addressTypes.name]), counted(host)])
  return Buffer.concat([address, Buffer.from([port >> 8, port & 255])])
}

/** Text behind its length in one byte. */
function counted(text: string): Buffer {
  const bytes = Buffer.from(text).subarray(0, 255)
  return Buffer.concat([Buffer.from([bytes.length]), bytes])
}

/** Takes so many bytes of the answer and leaves the rest for TLS. */
type Take = (bytes: number) => Promise<Buffer>

function reader(socket: Socket, signal: AbortSignal): Take {
  return async (bytes) => {
    for (;;) {
      const piece: Buffer | null = socket.read(bytes)
      if (piece?.length === bytes) return piece
      if (piece !== null || socket.readableEnded) throw new Error('the answer ended early')
      await once(socket, 'readable', { signal })
    }
  }
}
