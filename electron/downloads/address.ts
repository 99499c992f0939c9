import type { LookupFunction } from 'node:net'
import type { buildConnector } from 'undici'
import { tlsTrust, type Authorities } from '../network/certificates'
import { lazily } from '../network/connect'
import { createGuardedConnector, type AddressPolicy } from '../network/guarded-connector'
import { DownloadFailure } from './failure'

/** Where clips may come from, and whom to trust there. */
export interface DownloadPolicy extends AddressPolicy {
  readonly ca?: Authorities
}

/** Longest wait for TCP and TLS, ms: a distant host on a bad line takes about 3 s, so this is a dead one. */
const connectTimeoutMs = 20_000

/** @throws DownloadFailure `address` unless the scheme is https, or http where the policy has a use for it. */
export function checkScheme({ protocol }: URL, policy: AddressPolicy): void {
  if (protocol === 'https:' || (protocol === 'http:' && policy.allowHttpLoopback)) return
  throw new DownloadFailure('address', `A clip is not fetched over ${protocol}//.`)
}

/** The connector of downloads: to addresses that the policy allows and to no other. */
export function createConnector(policy: DownloadPolicy, lookup?: LookupFunction): buildConnector.connector {
  return lazily(() =>
    createGuardedConnector(policy, { tls: tlsTrust(policy.ca), timeoutMs: connectTimeoutMs, lookup }),
  )
}
