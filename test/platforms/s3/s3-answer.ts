import type { Answer } from '../answer'

/** The status of each error (AmazonS3/latest/API/ErrorResponses; `Unauthorized` and `ExpiredRequest` are R2's). */
const statuses = {
  AccessDenied: 403,
  AuthorizationHeaderMalformed: 400,
  AuthorizationQueryParametersError: 400,
  ExpiredRequest: 400,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidArgument: 400,
  InvalidRequest: 400,
  InvalidURI: 400,
  MethodNotAllowed: 405,
  MissingSecurityHeader: 400,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  PermanentRedirect: 301,
  RequestTimeTooSkewed: 403,
  SignatureDoesNotMatch: 403,
  SlowDown: 503,
  Unauthorized: 401,
  XAmzContentSHA256Mismatch: 400,
} as const

export type S3ErrorCode = keyof typeof statuses

/** A refusal in words: what the XML of an error says. */
export interface S3Refusal {
  readonly code: S3ErrorCode
  readonly message: string
  /** Further elements of the XML. */
  readonly extra?: Readonly<Record<string, string>>
}

/** An error as S3 answers it. */
export function s3Error({ code, message, extra = {} }: S3Refusal): Answer {
  const elements = Object.entries({ Code: code, Message: message, ...extra, RequestId: '4442587FB7D0A2F9' })
    .map(([name, text]) => `<${name}>${escaped(text)}</${name}>`)
    .join('')
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${elements}</Error>`
  return { status: statuses[code], body: { text, contentType: 'application/xml' } }
}

/** As text of an element. */
export const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
