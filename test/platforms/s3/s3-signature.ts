import type { S3Refusal } from './s3-answer'
import { parametersOf, signatureOf, type SignableRequest } from './s3-canonical'

/** Whose signatures are taken, and where. */
export interface Trusted {
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

export type Verdict =
  | { readonly ok: true; readonly payloadHash: string }
  | { readonly ok: false; readonly refusal: S3Refusal }

/** How far a request's time may be off, ms (sigv4-auth-using-authorization-header: 15 minutes). */
const maxSkewMs = 15 * 60_000
/** Longest life of a presigned URL, seconds: seven days. */
const maxExpiresS = 604_800

interface Claim {
  readonly credential: string
  readonly dateTime: string
  readonly signedHeaders: readonly string[]
  readonly signature: string
  readonly payloadHash: string
  readonly malformed: 'AuthorizationHeaderMalformed' | 'AuthorizationQueryParametersError'
  /** Judges the time; `at` is when the request says it was signed, ms. */
  readonly untimely: (at: number, now: number) => S3Refusal | null
  /** Headers that must be signed when they are there, besides `host` and all `x-amz-*`. */
  readonly mustSign: readonly string[]
}

/** Whether a request may pass: signed by the trusted keys in its headers or its query, in time, whole. */
export function judgeSignature(request: SignableRequest, trusted: Trusted, now: number): Verdict {
  const claim = claimOf(request)
  if ('code' in claim) return { ok: false, refusal: claim }
  const refusal = faultOf(request, claim, trusted, now)
  return refusal === null ? { ok: true, payloadHash: claim.payloadHash } : { ok: false, refusal }
}

function faultOf(request: SignableRequest, claim: Claim, trusted: Trusted, now: number): S3Refusal | null {
  const { credential, dateTime, signedHeaders, payloadHash, malformed } = claim
  const [keyId = '', day = '', region = '', service, end] = partsOf(credential)
  if (service !== 's3' || end !== 'aws4_request') return refused(malformed, 'the Credential is mal-formed')
  if (keyId !== trusted.accessKeyId) {
    const message = 'The AWS Access Key Id you provided does not exist in our records.'
    return { code: 'InvalidAccessKeyId', message, extra: { AWSAccessKeyId: keyId } }
  }
  if (region !== trusted.region) {
    const message = `the region '${region}' is wrong; expecting '${trusted.region}'`
    return { code: malformed, message, extra: { Region: trusted.region } }
  }
  const at = timeOf(dateTime)
  if (at === null) return refused('AccessDenied', 'a valid Date or x-amz-date is required')
  if (day !== dateTime.slice(0, 8)) return refused(malformed, `Invalid credential date "${day}"`)
  const untimely = claim.untimely(at, now)
  if (untimely) return untimely
  if (payloadHash !== 'UNSIGNED-PAYLOAD' && !/^[0-9a-f]{64}$/.test(payloadHash)) {
    return refused('InvalidArgument', 'x-amz-content-sha256 must be UNSIGNED-PAYLOAD or a valid sha256 value')
  }
  const unsigned = unsignedHeader(request, claim)
  if (unsigned !== null) {
    const message = 'There were headers present in the request which were not signed'
    return { code: 'AccessDenied', message, extra: { HeadersNotSigned: unsigned } }
  }
  const { secretAccessKey } = trusted
  const scope = { day, region }
  const made = signatureOf(request, { secretAccessKey, scope, dateTime, signedHeaders, payloadHash })
  if (made === claim.signature) return null
  const message =
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.'
  return { code: 'SignatureDoesNotMatch', message, extra: { AWSAccessKeyId: keyId } }
}

/** What the request claims, or why it claims nothing that could be judged. */
function claimOf(request: SignableRequest): Claim | S3Refusal {
  const query = new Map(parametersOf(request.query))
  const inQuery = query.has('X-Amz-Signature') || query.has('X-Amz-Algorithm')
  const header = request.headers['authorization']
  if (header !== undefined && inQuery) {
    return refused('InvalidArgument', 'Only one auth mechanism allowed')
  }
  if (header !== undefined) return headerClaim(header, request)
  return inQuery ? queryClaim(query) : refused('AccessDenied', 'Access Denied')
}

function headerClaim(header: string, { headers }: SignableRequest): Claim | S3Refusal {
  const form = /^AWS4-HMAC-SHA256 +Credential=([^,\s]+), *SignedHeaders=([^,\s]+), *Signature=([0-9a-f]{64})$/
  const [, credential, signedHeaders, signature] = form.exec(header) ?? []
  if (credential === undefined || signedHeaders === undefined || signature === undefined) {
    return refused('AuthorizationHeaderMalformed', 'The authorization header is malformed')
  }
  const payloadHash = headers['x-amz-content-sha256']
  if (payloadHash === undefined) {
    return refused('MissingSecurityHeader', 'Missing required header for this request: x-amz-content-sha256')
  }
  return {
    credential,
    dateTime: headers['x-amz-date'] ?? '',
    signedHeaders: signedHeaders.split(';'),
    signature,
    payloadHash,
    malformed: 'AuthorizationHeaderMalformed',
    untimely: tooSkewed,
    mustSign: ['content-type'],
  }
}

function queryClaim(query: ReadonlyMap<string, string>): Claim | S3Refusal {
  const malformed = 'AuthorizationQueryParametersError'
  const wanted = ['Algorithm', 'Credential', 'Date', 'Expires', 'SignedHeaders', 'Signature']
  const [algorithm, credential = '', dateTime = '', expires = '', signedHeaders = '', signature = ''] =
    wanted.map((name) => query.get(`X-Amz-${name}`))
  if (wanted.some((name) => !query.has(`X-Amz-${name}`)) || algorithm !== 'AWS4-HMAC-SHA256') {
    return refused(malformed, `Query-string authentication requires the ${wanted.join(', ')} parameters`)
  }
  if (!/^\d{1,6}$/.test(expires) || Number(expires) < 1 || Number(expires) > maxExpiresS) {
    return refused(malformed, 'X-Amz-Expires must be between 1 and 604800 seconds')
  }
  return {
    credential,
    dateTime,
    signedHeaders: signedHeaders.split(';'),
    signature,
    payloadHash: 'UNSIGNED-PAYLOAD',
    malformed,
    untimely: (at, now) => outsideItsLife(at, Number(expires) * 1000, now),
    mustSign: [],
  }
}

function tooSkewed(at: number, now: number): S3Refusal | null {
  if (Math.abs(now - at) <= maxSkewMs) return null
  const extra = {
    RequestTime: compact(at),
    ServerTime: iso(now),
    MaxAllowedSkewMilliseconds: String(maxSkewMs),
  }
  const message = 'The difference between the request time and the current time is too large.'
  return { code: 'RequestTimeTooSkewed', message, extra }
}

function outsideItsLife(at: number, lifeMs: number, now: number): S3Refusal | null {
  if (at - now > maxSkewMs) return refused('AccessDenied', 'Request is not yet valid')
  if (now < at + lifeMs) return null
  const extra = { Expires: iso(at + lifeMs), ServerTime: iso(now) }
  return { code: 'AccessDenied', message: 'Request has expired', extra }
}

function unsignedHeader({ headers }: SignableRequest, { signedHeaders, mustSign }: Claim): string | null {
  const must = (name: string) => name === 'host' || name.startsWith('x-amz-') || mustSign.includes(name)
  return Object.keys(headers).find((name) => must(name) && !signedHeaders.includes(name)) ?? null
}

/** Key ids may hold slashes, so the four parts of the scope are counted from the end. */
function partsOf(credential: string): readonly string[] {
  const parts = credential.split('/')
  return [parts.slice(0, -4).join('/'), ...parts.slice(-4)]
}

function timeOf(dateTime: string): number | null {
  const form = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/
  if (!form.test(dateTime)) return null
  const time = Date.parse(dateTime.replace(form, '$1-$2-$3T$4:$5:$6Z'))
  return Number.isNaN(time) ? null : time
}

const iso = (ms: number) => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z')
const compact = (ms: number) => iso(ms).replaceAll(/[-:]/g, '')
const refused = (code: S3Refusal['code'], message: string): S3Refusal => ({ code, message })
