import { BlockList, isIP } from 'node:net'

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

/**
 * True for names that lead to this computer or to one nearby: `localhost`, names without a dot, and endings that are
 * kept for private use (RFC 6761, 6762, 8375; ICANN's `.internal`).
 */
export function isLocalName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '').toLowerCase()
  if (isIP(name) !== 0) return false
  return !name.includes('.') || /\.(?:localhost|local|internal|home\.arpa)$/.test(name)
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
