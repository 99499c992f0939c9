import { Agent } from 'undici'
import { AppError } from '../../../shared/error'
import type { TlsTrust } from '../../network/certificates'
import { lazily, markFailures, NotConnected } from '../../network/connect'
import { createGuardedConnector, PrivateAddress, type AddressPolicy } from '../../network/guarded-connector'
import { isLoopback } from '../../network/public-address'
import { exchange, unreachable } from './http-exchange'
import type { HttpLimits } from './http-limits'
import type { Elsewhere } from '../provider'

/** Connections kept to one store: uploads side by side, no flood. */
const connectionsPerOrigin = 4

/**
 * The way to addresses that others name. Beside what {@link Elsewhere} rejects with: AppError `bad-request` for an
 * address that nothing is sent to. Redirects are answers.
 *
 * SECURITY: it knows no key, so that it cannot send one; https only, and private addresses are refused at connect, so
 * that no platform can make this computer write into the user's own network.
 */
export function createElsewhere(
  policy: AddressPolicy,
  trust: () => TlsTrust,
  limits: HttpLimits,
): { readonly send: Elsewhere; readonly close: () => Promise<void> } {
  const agent = new Agent({
    allowH2: false,
    connections: connectionsPerOrigin,
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.bodyMs,
    maxResponseSize: limits.maxAnswerBytes,
    connect: markFailures(
      lazily(() => createGuardedConnector(policy, { tls: trust(), timeoutMs: limits.connectMs })),
    ),
  })
  return {
    async send({ method, url: text, headers, body }, signal) {
      const url = checkedUrl(text, policy.allowHttpLoopback)
      const { origin } = url
      const limit = AbortSignal.timeout(limits.totalMs)
      try {
        return await exchange(agent, {
          origin,
          path: `${url.pathname}${url.search}`,
          method,
          headers: { 'user-agent': 'Inbetween', ...headers },
          body: body ?? null,
          signal: signal ? AbortSignal.any([signal, limit]) : limit,
        })
      } catch (error) {
        const isUnsent = error instanceof NotConnected
        if (isUnsent && error.cause instanceof PrivateAddress) {
          const message = `${url.host} lies inside a private network, and is not a host you have set up. Nothing was sent.`
          throw new AppError('bad-request', message)
        }
        throw unreachable(origin, error, isUnsent)
      }
    },
    close: () => agent.destroy(),
  }
}

function checkedUrl(text: string, allowLoopback: boolean): URL {
  const url = URL.parse(text)
  const isHere =
    allowLoopback && url?.protocol === 'http:' && isLoopback(url.hostname.replace(/^\[|\]$/g, ''))
  if (url && (url.protocol === 'https:' || isHere)) return url
  // The address itself is a secret: it may be signed.
  const what = url ? `${url.protocol}//${url.host}` : 'an address that cannot be read'
  throw new AppError(
    'bad-request',
    `Files go only to https:// addresses, and this is ${what}. Nothing was sent.`,
  )
}
