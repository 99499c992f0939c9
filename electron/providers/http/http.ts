import { Agent, buildConnector, Client } from 'undici'
import { reveal, type Redacted } from '../../keys/redacted'
import { tlsTrust, type Authorities } from '../../network/certificates'
import { createOneConnection, lazily, markFailures, NotConnected } from '../../network/connect'
import { directToAll, type ProxyFor } from '../../network/proxy'
import { createProxyConnector } from '../../network/proxy-connector'
import { createElsewhere } from './http-elsewhere'
import { exchange, unreachable, type Exchange } from './http-exchange'
import { httpLimits, type HttpLimits } from './http-limits'
import { checkedOrigin, checkPath } from './http-origin'
import type { ApiAnswer, ApiRequest, Elsewhere, RemoteProvider, Send } from '../provider'
import { withoutSecrets } from '../secrets'

/** Connections kept to one platform: polls and uploads side by side, no flood. */
const connectionsPerOrigin = 6

/** What the network side needs. */
export interface HttpDeps {
  /** Lets keys go in clear to a server on this computer: practice and tests. */
  readonly allowLoopback: boolean
  readonly ca?: Authorities
  /** Default: never through a proxy. */
  readonly proxyFor?: ProxyFor
  /** Hosts of the user's own, as `URL.host` writes them, that {@link Http.elsewhere} may find in a private network. */
  readonly allowedHosts?: () => ReadonlySet<string>
  readonly limits?: Partial<HttpLimits>
}

/** Where requests go and with which key. */
export interface HttpTarget {
  readonly origin: string
  readonly auth: RemoteProvider['auth']
  /** Null: without a key, for what the platform tells everybody. */
  readonly key: Redacted | null
}

/** The ways to one platform with one key. */
export interface HttpLine {
  /** Ordinary requests, over kept connections. */
  readonly send: Send
  /** Paid requests: each on a fresh connection of its own, sent once. */
  readonly submit: Send
  /** {@link removeSecrets} for this key. */
  readonly clean: (text: string) => string
}

export interface Http {
  /** @throws AppError `bad-request` when the origin is not one that a key may go to. */
  readonly line: (target: HttpTarget) => HttpLine
  /** To addresses that a platform names, and the user's bucket: never with a key. */
  readonly elsewhere: Elsewhere
  /** Breaks off everything under way; a submit among it is then unclear. */
  readonly close: () => Promise<void>
}

/** The one place where requests leave for platforms. Redirects are answers like any other; nothing is repeated. */
export function createHttp(deps: HttpDeps): Http {
  const limits = { ...httpLimits, ...deps.limits }
  const trust = () => tlsTrust(deps.ca)
  const proxyFor = deps.proxyFor ?? directToAll
  // HTTP/2 repeats requests by itself after REFUSED_STREAM or GOAWAY (design/reliability.md, rule 2).
  const common = { allowH2: false, bodyTimeout: limits.bodyMs, maxResponseSize: limits.maxAnswerBytes }
  const connector = lazily(() => {
    const tls = trust()
    const timeoutMs = limits.connectMs
    const direct = buildConnector({ ...tls, allowH2: false, timeout: timeoutMs })
    return createProxyConnector({ proxyFor, tls, timeoutMs, direct })
  })
  const { allowLoopback: allowHttpLoopback, allowedHosts = none } = deps
  const elsewhere = createElsewhere({ allowHttpLoopback, proxyFor, allowedHosts }, trust, limits)
  const ordinary = new Agent({
    ...common,
    connections: connectionsPerOrigin,
    headersTimeout: limits.headersMs,
    connect: markFailures(connector),
  })
  const submits = new Set<Client>()

  async function sendOrdinary(request: Exchange): Promise<ApiAnswer> {
    try {
      return await exchange(ordinary, request)
    } catch (error) {
      throw unreachable(request.origin, error, error instanceof NotConnected)
    }
  }

  /** With a client of its own, on a connection of its own. */
  async function sendOnce(request: Exchange): Promise<ApiAnswer> {
    const { origin } = request
    const { connect, wasMade } = createOneConnection(connector)
    const client = new Client(origin, {
      ...common,
      pipelining: 0,
      headersTimeout: limits.submitHeadersMs,
      connect,
    })
    submits.add(client)
    try {
      return await exchange(client, request)
    } catch (error) {
      throw unreachable(origin, error, !wasMade())
    } finally {
      submits.delete(client)
      await client.destroy()
    }
  }

  return {
    line({ origin: text, auth, key }) {
      const origin = checkedOrigin(text, deps.allowLoopback)
      const through =
        (door: typeof sendOnce): Send =>
        async (request, signal) => {
          const { method, path, json, form } = request
          checkPath(path, origin)
          const limit = AbortSignal.timeout(limits.totalMs)
          return door({
            origin,
            path,
            method,
            headers: headersOf(request, auth, key),
            body: json ?? form ?? null,
            signal: signal ? AbortSignal.any([signal, limit]) : limit,
          })
        }
      return {
        send: through(sendOrdinary),
        submit: through(sendOnce),
        clean: (answer) => removeSecrets(answer, key),
      }
    },
    elsewhere: elsewhere.send,
    async close() {
      await Promise.all([elsewhere.close(), ...[ordinary, ...submits].map((all) => all.destroy())])
    },
  }
}

/** Takes the key, and tokens and signatures in URLs and fields, out of what a platform said. */
export function removeSecrets(text: string, key: Redacted | null): string {
  return withoutSecrets(text, key === null ? null : reveal(key))
}

/** SECURITY: the key becomes text here and nowhere else, in one header, for the origin it was given for. */
function headersOf(
  { json, headers }: ApiRequest,
  auth: HttpTarget['auth'],
  key: Redacted | null,
): Readonly<Record<string, string>> {
  return {
    accept: 'application/json',
    'user-agent': 'Inbetween',
    ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    ...headers,
    ...(key === null ? {} : { [auth.header]: `${auth.prefix}${reveal(key)}` }),
  }
}

const none = (): ReadonlySet<string> => new Set()
