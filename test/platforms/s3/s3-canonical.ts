import { createHash, createHmac } from 'node:crypto'

/** A request as it came over the wire, as far as a signature covers it. */
export interface SignableRequest {
  readonly method: string
  /** Percent-encoded, without the query. */
  readonly path: string
  /** Without the question mark. */
  readonly query: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
}

/** What a signature is made for: Credential without the key id. */
export interface CredentialScope {
  /** `20130524`. */
  readonly day: string
  readonly region: string
}

/** AWS's Signature Version 4 for S3, by the text of its documentation and nothing else: lower-case hexadecimal. */
export function signatureOf(
  request: SignableRequest,
  signed: {
    readonly secretAccessKey: string
    readonly scope: CredentialScope
    /** `20130524T000000Z`. */
    readonly dateTime: string
    readonly signedHeaders: readonly string[]
    /** What stands in `x-amz-content-sha256`. */
    readonly payloadHash: string
  },
): string {
  const { secretAccessKey, scope, dateTime, signedHeaders, payloadHash } = signed
  const canonical = [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.query),
    ...signedHeaders.map((name) => `${name}:${canonicalValue(request.headers[name] ?? '')}`),
    '',
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n')
  const scopeText = `${scope.day}/${scope.region}/s3/aws4_request`
  const toSign = ['AWS4-HMAC-SHA256', dateTime, scopeText, sha256(canonical)].join('\n')
  const key = [scope.day, scope.region, 's3', 'aws4_request'].reduce<Buffer>(
    (last, part) => hmac(last, part),
    Buffer.from(`AWS4${secretAccessKey}`),
  )
  return hmac(key, toSign).toString('hex')
}

/** Lower-case hexadecimal. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

/** The parameters of a query, in its order, decoded. */
export function parametersOf(query: string): readonly (readonly [string, string])[] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=')
      return at < 0 ? [decode(pair), ''] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))]
    })
}

const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest()

/** S3 alone encodes a path once and leaves double slashes and dots as they are. */
const canonicalPath = (path: string) =>
  path
    .split('/')
    .map((segment) => encode(decodeURIComponent(segment)))
    .join('/')

const canonicalQuery = (query: string) =>
  parametersOf(query)
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .toSorted(([a, valueA], [b, valueB]) => compare(a, b) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')

const canonicalValue = (value: string) => value.trim().replaceAll(/ +/g, ' ')

/** By code point, as AWS sorts; `localeCompare` would put capitals elsewhere. */
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const decode = (text: string) => decodeURIComponent(text.replaceAll('+', ' '))

/** Everything but A–Z a–z 0–9 - . _ ~ becomes %XX. */
const encode = (text: string) =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
