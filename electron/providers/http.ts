import { Agent, buildConnector, Client, type Dispatcher } from 'undici'
import { reveal, type Redacted } from '../keys/redacted'
import { createOneConnection, markFailures, NotConnected } from './http-connect'
import { httpDate } from './http-date'
import { checkedOrigin, checkPath } from './http-origin'
import { Unreachable, type ApiAnswer, type ApiRequest, type RemoteProvider, type Send } from './provider'
import { withoutSecrets } from './secrets'

/** How long is waited, milliseconds, and how much is taken, bytes. */
export interface HttpLimits {
  /** Name, connection and TLS together. */
  readonly connectMs: number
  /** From the last byte of the request to the end of the answer's head. */
  readonly headersMs: number
  /** The same for a submit: some platforms fetch the pictures before they answer, and an early end makes an unknown. */
  readonly submitHeadersMs: number
  /** Between two pieces of an answer. */
  readonly bodyMs: number
  /** The whole exchange: an answer that trickles for ever would stop the polling; 75 MB need 15 min at 0.7 Mbit/s. */
  readonly totalMs: number
  /** A page of 1,000 jobs is 1 MB; more than this is not an answer. */
  readonly maxAnswerBytes: number
}

export const httpLimits: HttpLimits = {
  connectMs: 15_000,
  headersMs: 30_000,
  submitHeadersMs: 120_000,
  bodyMs: 60_000,
  totalMs: 15 * 60_000,
  maxAnswerBytes: 20_000_000,
}

/** Connections kept to one platform: polls and uploads side by side, no flood. */
const connectionsPerOrigin = 6

/** What the network side needs. */
export interface HttpDeps {
  /** Lets keys go in clear to a server on this computer: practice and tests. */
  readonly allowLoopback: boolean
  /** PEM of a certificate authority to trust instead of the usual ones: tests. */
  readonly ca?: string
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
  /** Breaks off everything under way; a submit among it is then unclear. */
  readonly close: () => Promise<void>
}

/** The one place where requests leave for platforms. Redirects are answers like any other; nothing is repeated. */
export function createHttp(deps: HttpDeps): Http {
  const limits = { ...httpLimits, ...deps.limits }
  const tls = { ...(deps.ca === undefined ? {} : { ca: deps.ca }), rejectUnauthorized: true }
  // HTTP/2 repeats requests by itself after REFUSED_STREAM or GOAWAY (design/reliability.md, rule 2).
  const common = { allowH2: false, bodyTimeout: limits.bodyMs, maxResponseSize: limits.maxAnswerBytes }
  const connector = buildConnector({ ...tls, allowH2: false, timeout: limits.connectMs })
  const ordinary = new Agent({
    ...common,
    connections: connectionsPerOrigin,
    headersTimeout: limits.headersMs,
    connect: markFailures(connector),
  })
  const submits = new Set<Client>()

  async function sendOrdinary(origin: string, options: Options): Promise<ApiAnswer> {
    try {
      return await exchange(ordinary, origin, options)
    } catch (error) {
      throw unreachable(origin, error, error instanceof NotConnected)
    }
  }

  /** With a client of its own, on a connection of its own. */
  async function sendOnce(origin: string, options: Options): Promise<ApiAnswer> {
    const { connect, wasMade } = createOneConnection(connector)
    const client = new Client(origin, {
      ...common,
      pipelining: 0,
      headersTimeout: limits.submitHeadersMs,
      connect,
    })
    submits.add(client)
    try {
      return await exchange(client, origin, options)
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
          checkPath(request.path, origin)
          const limit = AbortSignal.timeout(limits.totalMs)
          const ends = signal ? AbortSignal.any([signal, limit]) : limit
          return door(origin, { request, headers: headersOf(request, auth, key), signal: ends })
        }
      return {
        send: through(sendOrdinary),
        submit: through(sendOnce),
        clean: (answer) => removeSecrets(answer, key),
      }
    },
    async close() {
      await Promise.all([ordinary, ...submits].map((dispatcher) => dispatcher.destroy()))
    },
  }
}

/** Takes the key, and tokens and signatures in URLs and fields, out of what a platform said. */
export function removeSecrets(text: string, key: Redacted | null): string {
  return withoutSecrets(text, key === null ? null : reveal(key))
}

interface Options {
  readonly request: ApiRequest
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal
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

async function exchange(dispatcher: Dispatcher, origin: string, options: Options): Promise<ApiAnswer> {
  const { request, headers, signal } = options
  const { method, path, json, form } = request
  const answer = await dispatcher.request({
    origin,
    path,
    method,
    headers,
    signal,
    body: json ?? form ?? null,
  })
  const text = await answer.body.text()
  const flat = flatHeaders(answer.headers)
  return { status: answer.statusCode, headers: flat, text, date: httpDate(flat['date']) }
}

function flatHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Readonly<Record<string, string>> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value] as const],
  )
  return Object.fromEntries(entries)
}

function unreachable(origin: string, error: unknown, isUnsent: boolean): Unreachable {
  const { host } = new URL(origin)
  const message = isUnsent
    ? `${host} cannot be reached (${reason(error)}). Nothing was sent.`
    : `The connection to ${host} ended without an answer (${reason(error)}).`
  return new Unreachable(message, isUnsent, { cause: error })
}

/** The system's code where there is one: it says the same in fewer words. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof NotConnected && error.cause !== undefined) return reason(error.cause)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
