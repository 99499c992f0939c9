import { lookup as systemLookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import { DownloadFailure } from './failure'

/** Which hosts a download may come from. */
export interface AddressPolicy {
  /** Loopback addresses are fine, there also over http: practice platforms and tests. */
  readonly allowHttpLoopback: boolean
  /** Hosts the user configured, as `URL.host` writes them; their addresses may be private. Read at each connect. */
  readonly allowedHosts?: ReadonlySet<string>
  /** Certificates (PEM) to trust instead of the system's. */
  readonly ca?: string
}

/** Longest wait for TCP and TLS, ms: a distant host on a bad line takes about 3 s, so this is a dead one. */
const connectTimeoutMs = 20_000

/**
 * Special-purpose IPv4 networks (IANA registry, RFC 6890). 198.18.0.0/15 is left out on purpose: local proxies with
 * fake addresses (Clash, Surge) answer there for every public host.
 */
const refusedIpv4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const

/** Global unicast, IPv4-mapped, and NAT64, through which IPv6-only networks reach every IPv4 host (RFC 6052). */
const acceptedIpv6 = [
  ['2000::', 3],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
] as const

/** Inside global unicast: protocol assignments with Teredo, documentation, 6to4, which can hide an IPv4 address. */
const refusedIpv6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

const { refused, accepted, loopback } = networks()

/** True for an address on the public internet (or 198.18.0.0/15), in any notation; false for what is no address. */
export function isPublicAddress(address: string): boolean {
  const plain = withoutZone(address)
  const family = isIP(plain)
  if (family === 4) return !refused.check(plain, 'ipv4')
  return family === 6 && accepted.check(plain, 'ipv6') && !refused.check(plain, 'ipv6')
}

/** True for 127.0.0.0/8 and ::1, in any notation. */
export function isLoopback(address: string): boolean {
  const plain = withoutZone(address)
  const family = isIP(plain)
  return family !== 0 && loopback.check(plain, family === 4 ? 'ipv4' : 'ipv6')
}

/** @throws DownloadFailure `address` unless the scheme is https, or http where the policy has a use for it. */
export function checkScheme({ protocol }: URL, policy: AddressPolicy): void {
  if (protocol === 'https:' || (protocol === 'http:' && policy.allowHttpLoopback)) return
  throw new DownloadFailure('address', `A clip is not fetched over ${protocol}//.`)
}

/**
 * A connector for undici that connects to addresses the policy allows and to no other.
 *
 * SECURITY: names are judged by the addresses that are then connected to. A check before the request could be told
 * another address than the connection (DNS rebinding).
 */
export function createConnector(
  policy: AddressPolicy,
  lookup: LookupFunction = systemLookup,
): buildConnector.connector {
  const isOverTlsFine = (address: string) =>
    isPublicAddress(address) || (policy.allowHttpLoopback && isLoopback(address))
  const guarded = (isFine: (address: string) => boolean): buildConnector.connector => {
    const connect = buildConnector({
      allowH2: false,
      timeout: connectTimeoutMs,
      lookup: guardLookup(lookup, isFine),
      ...(policy.ca === undefined ? {} : { ca: policy.ca }),
    })
    return (options, callback) => {
      // Addresses written as numbers are never looked up.
      if (isIP(options.hostname) !== 0 && !isFine(options.hostname)) return callback(refusal(), null)
      connect(options, callback)
    }
  }
  const connectors = { tls: guarded(isOverTlsFine), own: guarded(() => true), http: guarded(isLoopback) }
  return (options, callback) => {
    if (options.protocol !== 'https:') return connectors.http(options, callback)
    const isOwn = policy.allowedHosts?.has(options.host ?? options.hostname) ?? false
    connectors[isOwn ? 'own' : 'tls'](options, callback)
  }
}

function guardLookup(lookup: LookupFunction, isFine: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found, family) => {
      if (error) return callback(error, [])
      const all = typeof found === 'string' ? [{ address: found, family: family ?? isIP(found) }] : found
      const fine = all.filter(({ address }) => isFine(address))
      const [first] = fine
      if (!first) return callback(refusal(), [])
      if (options.all) return callback(null, fine)
      callback(null, first.address, first.family)
    })
  }
}

function refusal(): DownloadFailure {
  return new DownloadFailure('address', 'The host of the clip lies inside a private network.')
}

/** `fe80::1%eth0` → `fe80::1` */
function withoutZone(address: string): string {
  return address.replace(/%.*$/, '')
}

function networks() {
  const lists = { refused: new BlockList(), accepted: new BlockList(), loopback: new BlockList() }
  for (const [network, bits] of refusedIpv4) {
    lists.refused.addSubnet(network, bits, 'ipv4')
    lists.refused.addSubnet(`64:ff9b::${network}`, 96 + bits, 'ipv6')
  }
  for (const [network, bits] of refusedIpv6) lists.refused.addSubnet(network, bits, 'ipv6')
  for (const [network, bits] of acceptedIpv6) lists.accepted.addSubnet(network, bits, 'ipv6')
  lists.loopback.addSubnet('127.0.0.0', 8, 'ipv4')
  lists.loopback.addAddress('::1', 'ipv6')
  return lists
}
