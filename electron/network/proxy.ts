import type { Redacted } from '../keys/redacted'

/** A program in between that passes connections on. */
export interface ProxyServer {
  /** `http` and `https` say how the proxy itself is spoken to; both open tunnels by CONNECT. */
  readonly kind: 'http' | 'https' | 'socks5'
  /** A name or an address, IPv6 without brackets. */
  readonly host: string
  readonly port: number
  /** `name:password`, as they are. */
  readonly login?: Redacted
}

/** One way out of this computer. */
export type Proxy =
  | { readonly kind: 'direct' }
  | ProxyServer
  /** A kind that Inbetween does not speak, by its name. */
  | { readonly kind: 'unsupported'; readonly name: string }

/**
 * The ways to an origin, in the order they are to be tried; at least one. Rejects with {@link ProxyFailure} when what
 * names the proxy cannot be read.
 */
export type ProxyFor = (origin: string) => Promise<readonly Proxy[]>

/** Straight to everything. */
export const directToAll: ProxyFor = async () => [{ kind: 'direct' }]

/**
 * A proxy made no connection: nothing that was meant for the other side has left. The message is a whole sentence for
 * the user, names the proxy and never its password.
 */
export class ProxyFailure extends Error {
  /** Whether the proxy itself answered: then it has decided, and no other way is tried. */
  readonly wasReached: boolean

  // It has no `code`: undici connects anew without end after errors whose code it takes for a broken socket.
  constructor(message: string, wasReached: boolean, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ProxyFailure'
    this.wasReached = wasReached
  }
}

/** `proxy.example:3128`, as people write it. */
export function addressOf({ host, port }: Pick<ProxyServer, 'host' | 'port'>): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
