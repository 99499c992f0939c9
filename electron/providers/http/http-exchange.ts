import type { Dispatcher, FormData } from 'undici'
import { NotConnected, reasonOf } from '../../network/connect'
import { ProxyFailure } from '../../network/proxy'
import { httpDate } from './http-date'
import { Unreachable, type ApiAnswer, type ApiRequest } from '../provider'

/** One request, ready to go out. */
export interface Exchange {
  readonly origin: string
  /** With its query. */
  readonly path: string
  readonly method: ApiRequest['method'] | 'PUT'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | FormData | Blob | null
  readonly signal: AbortSignal
}

/** Sends a request and reads the whole answer; any status. Redirects are answers like any other. */
export async function exchange(dispatcher: Dispatcher, request: Exchange): Promise<ApiAnswer> {
  // undici sends a Blob with its length, as a stream (writeH1 in client-h1.js); only its type knows none.
  const body = request.body as string | FormData | null
  const answer = await dispatcher.request({ ...request, body })
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

/** What is told when no answer came. Names the host alone: paths may hold signatures. */
export function unreachable(origin: string, error: unknown, isUnsent: boolean): Unreachable {
  return new Unreachable(words(new URL(origin).host, error, isUnsent), isUnsent, { cause: error })
}

function words(host: string, error: unknown, isUnsent: boolean): string {
  if (!isUnsent) return `The connection to ${host} ended without an answer (${reasonOf(error)}).`
  const cause = error instanceof NotConnected ? error.cause : error
  if (cause instanceof ProxyFailure) return `${host} cannot be reached. ${cause.message} Nothing was sent.`
  const reason = reasonOf(error)
  if (untrusted.has(reason)) {
    return `${host} cannot be reached: nobody this computer trusts vouches for its certificate (${reason}). Nothing was sent. In a company network, choose the company’s certificate file under Settings → Network.`
  }
  return `${host} cannot be reached (${reason}). Nothing was sent.`
}

/** OpenSSL's words for a certificate whose issuer is not on the list; so it looks when a company opens all TLS. */
const untrusted: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])
