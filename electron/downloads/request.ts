import type { Dispatcher } from 'undici'
import { PrivateAddress, type AddressPolicy } from '../network/guarded-connector'
import { checkScheme } from './address'
import { DownloadFailure, toNetworkFailure } from './failure'
import { header, type AnswerHead } from './response'

/** Redirects followed for one download: stores and CDNs need one or two. */
const maxRedirects = 5

const redirectStatuses = [301, 302, 303, 307, 308]

/** An answer whose body is still coming. */
export interface Answer extends AnswerHead {
  /** The body in pieces. Network trouble comes out as DownloadFailure `network`; leaving the loop closes the line. */
  readonly pieces: AsyncGenerator<Uint8Array>
  /** Closes the line without reading on. */
  readonly drop: () => void
}

/**
 * GETs an address, following redirects by hand; each hop is checked like the first, and https stays https.
 *
 * SECURITY: nothing but what is listed here is ever sent to a result host: no key, no cookie, no user name.
 *
 * @throws DownloadFailure `address`, `link` or `network`
 */
export async function get(
  dispatcher: Dispatcher,
  policy: AddressPolicy,
  address: string,
  range: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Answer> {
  let url = parse(address, null, policy)
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const answer = await getOnce(dispatcher, url, range, signal)
    if (!redirectStatuses.includes(answer.status)) return answer
    answer.drop()
    const next = parse(header(answer, 'location') ?? '', url, policy)
    if (url.protocol === 'https:' && next.protocol !== 'https:') {
      throw new DownloadFailure('address', 'The host of the clip redirects from https to http.')
    }
    url = next
  }
  throw new DownloadFailure('link', `The address of the clip redirects more than ${maxRedirects} times.`)
}

function parse(address: string, base: URL | null, policy: AddressPolicy): URL {
  // An empty Location would be the same page again.
  const url = address === '' ? null : URL.parse(address, base?.href)
  if (!url) throw new DownloadFailure('link', 'The address of the clip cannot be read.')
  checkScheme(url, policy)
  return url
}

async function getOnce(
  dispatcher: Dispatcher,
  url: URL,
  range: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Answer> {
  try {
    const { statusCode, headers, body } = await dispatcher.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: 'GET',
      // Compressed bytes would be hashed and measured instead of the clip's.
      headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'Inbetween', ...range },
      signal,
    })
    // Dropping a body makes it fail, which nobody needs to hear.
    body.on('error', () => {})
    return { status: statusCode, headers, pieces: piecesOf(body), drop: () => void body.destroy() }
  } catch (error) {
    if (error instanceof PrivateAddress) {
      throw new DownloadFailure('address', 'The host of the clip lies inside a private network.')
    }
    throw toNetworkFailure(error)
  }
}

async function* piecesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (error) {
    throw toNetworkFailure(error)
  }
}
