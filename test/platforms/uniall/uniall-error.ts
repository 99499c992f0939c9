import { json, type Answer } from '../answer'

/** The words that OpenAI's own API has for a status; UniAll's are unknown (§1.5). */
const kinds: Readonly<Record<number, { readonly type: string; readonly code: string }>> = {
  400: { type: 'invalid_request_error', code: 'invalid_parameter' },
  401: { type: 'invalid_request_error', code: 'invalid_api_key' },
  402: { type: 'insufficient_quota', code: 'insufficient_quota' },
  404: { type: 'invalid_request_error', code: 'not_found' },
  413: { type: 'invalid_request_error', code: 'request_too_large' },
  415: { type: 'invalid_request_error', code: 'unsupported_media_type' },
  429: { type: 'rate_limit_error', code: 'rate_limit_exceeded' },
}

/**
 * An error body in OpenAI's shape, `{ "error": { message, type, code } }` ("likely", §1.5); the code that fits the
 * status unless another is given, Retry-After in seconds where given.
 */
export function uniallError(
  status: number,
  message: string,
  { code, retryAfterS }: { readonly code?: string; readonly retryAfterS?: number } = {},
): Answer {
  const kind = kinds[status] ?? { type: 'server_error', code: 'internal_error' }
  const headers = retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) }
  return json(status, { error: { message, type: kind.type, code: code ?? kind.code } }, headers)
}

/** The answer when the model has left the gateway (§0.4): a 404 that is about neither a path nor a task. */
export function uniallModelGone(model = 'veo3.1-fast-video-4k'): Answer {
  return uniallError(404, `The model ${model} is no longer available`, { code: 'model_not_found' })
}
