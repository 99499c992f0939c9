import type { Socket } from 'node:net'
import { buildConnector } from 'undici'
import type { TlsTrust } from './certificates'
import { connected } from './connect'
import { ProxyFailure, type Proxy, type ProxyFor } from './proxy'
import { openSocksTunnel } from './socks'
import { openTunnel, type TunnelTarget } from './tunnel'

/** What connecting through proxies needs. */
export interface ProxyConnectorDeps {
  readonly proxyFor: ProxyFor
  readonly tls: TlsTrust
  /** Longest wait for each of: the proxy's connection, its answer, TLS through it; ms. */
  readonly timeoutMs: number
  /** Connects without a proxy. */
  readonly direct: buildConnector.connector
  /** Throws what the connection is to fail with when a proxy must not be asked for this host. */
  readonly check?: (to: buildConnector.Options) => void
}

/**
 * A connector for undici that goes by the proxies of each origin. Every failure in it comes before any byte of the
 * request: a connection is handed on only with TLS to the other side in place. undici's ProxyAgent keeps connections
 * and repeats by rules of its own; with this, whoever counts connections counts these too.
 */
export function createProxyConnector(deps: ProxyConnectorDeps): buildConnector.connector {
  const { proxyFor, tls, timeoutMs, direct, check } = deps
  const connector = buildConnector({ ...tls, allowH2: false, timeout: timeoutMs })

  async function connect(to: buildConnector.Options): Promise<Socket> {
    const ways = await proxyFor(originOf(to))
    for (const [index, way] of ways.entries()) {
      try {
        return await goBy(way, to)
      } catch (error) {
        const isDecided = !(error instanceof ProxyFailure) || error.wasReached
        if (isDecided || index === ways.length - 1) throw error
      }
    }
    throw new ProxyFailure('The system names no way to the internet.', false)
  }

  async function goBy(way: Proxy, to: buildConnector.Options): Promise<Socket> {
    switch (way.kind) {
      case 'direct':
        return connected(direct, to)
      case 'unsupported':
        throw new ProxyFailure(
          `A proxy of the kind “${way.name}” is named, which Inbetween does not speak.`,
          false,
        )
      case 'http':
      case 'https':
      case 'socks5': {
        check?.(to)
        const open = way.kind === 'socks5' ? openSocksTunnel : openTunnel
        const httpSocket = await open(way, targetOf(to), { connector, timeoutMs })
        return overTls(to, httpSocket)
      }
    }
  }

  async function overTls(to: buildConnector.Options, httpSocket: Socket): Promise<Socket> {
    try {
      return await connected(connector, { ...to, httpSocket })
    } catch (error) {
      httpSocket.destroy()
      throw error
    }
  }

  async function tell(to: buildConnector.Options, callback: buildConnector.Callback): Promise<void> {
    let socket: Socket
    try {
      socket = await connect(to)
    } catch (error) {
      return callback(error instanceof Error ? error : new Error(String(error)), null)
    }
    callback(null, socket)
  }

  return (to, callback) => {
    // SECURITY: nothing goes in clear through a proxy; http is only for this computer.
    if (to.protocol !== 'https:') return direct(to, callback)
    void tell(to, callback)
  }
}

function originOf({ protocol, host, hostname }: buildConnector.Options): string {
  return `${protocol}//${host ?? hostname}`
}

function targetOf({ hostname, port }: buildConnector.Options): TunnelTarget {
  return { host: hostname, port: Number(port) || 443 }
}
