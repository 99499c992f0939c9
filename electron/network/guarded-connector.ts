import { isIP, type LookupFunction } from 'node:net'
import { lookup as systemLookup } from 'node:dns'
import { buildConnector } from 'undici'
import type { TlsTrust } from './certificates'
import { directToAll, type ProxyFor } from './proxy'
import { createProxyConnector } from './proxy-connector'
import { isLocalName, isLoopback, isPublicAddress } from './public-address'

/** Which hosts may be connected to that somebody else has named. */
export interface AddressPolicy {
  /** Loopback addresses are fine, there also over http: practice platforms and tests. */
  readonly allowHttpLoopback: boolean
  /** Hosts the user configured, as `URL.host` writes them; their addresses may be private. Asked at each connect. */
  readonly allowedHosts?: () => ReadonlySet<string>
  /** Default: never through a proxy. */
  readonly proxyFor?: ProxyFor
}

/** How allowed connections are made. */
export interface GuardDeps {
  readonly tls: TlsTrust
  /** Longest wait for TCP and TLS, ms. */
  readonly timeoutMs: number
  /** Default: the system's. */
  readonly lookup?: LookupFunction | undefined
}

/** The connection was not made: the host lies inside a private network. */
export class PrivateAddress extends Error {
  constructor() {
    super('The host lies inside a private network.')
    this.name = 'PrivateAddress'
  }
}

/**
 * A connector for undici that connects to addresses the policy allows and to no other; what it refuses fails with
 * {@link PrivateAddress}.
 *
 * SECURITY: names are judged by the addresses that are then connected to. A check before the request could be told
 * another address than the connection (DNS rebinding). Through a proxy it is the proxy that looks names up, and its
 * rules decide what they may lead to; what is written as private, or is a local name, is refused before it is asked,
 * and nothing but https goes through it.
 */
export function createGuardedConnector(
  policy: AddressPolicy,
  { tls, timeoutMs, lookup = systemLookup }: GuardDeps,
): buildConnector.connector {
  const isFine = (address: string) =>
    isPublicAddress(address) || (policy.allowHttpLoopback && isLoopback(address))
  const isOwn = ({ host, hostname }: buildConnector.Options) =>
    policy.allowedHosts?.().has(host ?? hostname) ?? false
  const guarded = (isAllowed: (address: string) => boolean): buildConnector.connector => {
    const guardedLookup = guardLookup(lookup, isAllowed)
    const connect = buildConnector({ ...tls, allowH2: false, timeout: timeoutMs, lookup: guardedLookup })
    return (to, callback) => {
      // Addresses written as numbers are never looked up.
      if (isIP(to.hostname) !== 0 && !isAllowed(to.hostname)) return callback(new PrivateAddress(), null)
      connect(to, callback)
    }
  }
  const connectors = { tls: guarded(isFine), own: guarded(() => true), http: guarded(isLoopback) }
  return createProxyConnector({
    proxyFor: policy.proxyFor ?? directToAll,
    tls,
    timeoutMs,
    direct(to, callback) {
      if (to.protocol !== 'https:') return connectors.http(to, callback)
      connectors[isOwn(to) ? 'own' : 'tls'](to, callback)
    },
    check(to) {
      const isRefused = isIP(to.hostname) === 0 ? isLocalName(to.hostname) : !isFine(to.hostname)
      if (isRefused && !isOwn(to)) throw new PrivateAddress()
    },
  })
}

function guardLookup(lookup: LookupFunction, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found, family) => {
      if (error) return callback(error, [])
      const all = typeof found === 'string' ? [{ address: found, family: family ?? isIP(found) }] : found
      const allowed = all.filter(({ address }) => isAllowed(address))
      const [first] = allowed
      if (!first) return callback(new PrivateAddress(), [])
      if (options.all) return callback(null, allowed)
      callback(null, first.address, first.family)
    })
  }
}
