import type { ApiAnswer } from '../providers/provider'
import { textOf } from './xml'

/** What of an answer tells why a store said no. */
type StoreAnswer = Pick<ApiAnswer, 'status' | 'headers' | 'text'>

/** Why a store said no. */
export type Refusal =
  | { readonly kind: 'key-id' | 'secret' | 'bucket' | 'denied' | 'busy' | 'stranger' }
  /** `expected`: the right one, where the store names it. */
  | { readonly kind: 'region'; readonly expected: string | null }
  /** How far this computer's clock is ahead of the store's, ms (negative: behind); null when that cannot be told. */
  | { readonly kind: 'clock'; readonly aheadMs: number | null }
  | { readonly kind: 'other'; readonly words: string }

/** How far a request's time may be off on S3, ms (AmazonS3/latest/API/sigv4-auth-using-authorization-header). */
const maxSkewMs = 15 * 60_000

/** AmazonS3/latest/API/ErrorResponses; `Unauthorized` is R2's (developers.cloudflare.com/r2/api/error-codes). */
const kinds: Readonly<Record<string, 'key-id' | 'secret' | 'bucket' | 'denied' | 'busy' | 'region'>> = {
  InvalidAccessKeyId: 'key-id',
  Unauthorized: 'key-id',
  SignatureDoesNotMatch: 'secret',
  NoSuchBucket: 'bucket',
  InvalidBucketName: 'bucket',
  AccessDenied: 'denied',
  AllAccessDisabled: 'denied',
  AccountProblem: 'denied',
  AuthorizationHeaderMalformed: 'region',
  AuthorizationQueryParametersError: 'region',
  IllegalLocationConstraintException: 'region',
  InvalidRegionName: 'region',
  PermanentRedirect: 'region',
  TemporaryRedirect: 'region',
  SlowDown: 'busy',
  ServiceUnavailable: 'busy',
  InternalError: 'busy',
  OperationAborted: 'busy',
}

/** What an answer other than a good one means; `now` is when it came, ms. */
export function readRefusal(answer: StoreAnswer, now: number): Refusal {
  const { status, headers, text } = answer
  const code = element(text, 'Code')
  const aheadMs = clockAhead(answer, now)
  // Stores do not agree on the code for this, and none of the others could then be believed.
  const isTimed = [400, 401, 403].includes(status) && aheadMs !== null && Math.abs(aheadMs) > maxSkewMs
  if (isTimed || code === 'RequestTimeTooSkewed') return { kind: 'clock', aheadMs }

  const kind = code === undefined ? undefined : Object.hasOwn(kinds, code) ? kinds[code] : undefined
  const expected = headers['x-amz-bucket-region'] ?? element(text, 'Region') ?? null
  if (kind === 'region') return { kind, expected }
  if (kind !== undefined) return { kind }
  if (status === 429 || status >= 500) return { kind: 'busy' }
  const words = element(text, 'Message') ?? ''
  // R2, of an id that is too long or too short: "Credential access key has length 64, should be 32".
  if (/access key has length/i.test(words)) return { kind: 'key-id' }
  return code === undefined ? { kind: 'stranger' } : { kind: 'other', words: words === '' ? code : words }
}

/** Code and message of an S3 error for the details; never its further elements, which quote what was signed. */
export function refusalDetails({ status, text }: StoreAnswer): string {
  const said = [element(text, 'Code'), element(text, 'Message')].filter((part) => part !== undefined)
  return [String(status), ...said].join(' ')
}

function clockAhead({ headers, text }: StoreAnswer, now: number): number | null {
  const server = Date.parse(element(text, 'ServerTime') ?? headers['date'] ?? '')
  return Number.isNaN(server) ? null : now - server
}

/** Longest text taken from an element, characters: it ends in a banner. */
const maxText = 300

/** The text of an element of S3's errors, which are flat; undefined where it is missing or empty. */
function element(xml: string, name: string): string | undefined {
  if (!/<Error[\s>]/.test(xml)) return undefined
  const plain = textOf(xml, name)?.replaceAll(/\s+/g, ' ').trim().slice(0, maxText)
  return plain === '' ? undefined : plain
}
