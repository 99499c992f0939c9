import { json, type Answer } from '../answer'

/** What a route that does not exist is answered: the documents name no body for it (§4.4). */
export type MissingRoute = 'route_not_found' | 'not_found' | 'text' | 405

/**
 * Status and type of each error code (§4.4). Documented are the codes with their status and `rate_limit_error`; the other
 * types, and the codes of 413, 451, 5xx and a missing route, are [ASSUMED].
 */
const errors = {
  invalid_param: [400, 'invalid_request_error'],
  model_not_found: [400, 'invalid_request_error'],
  invalid_api_key: [401, 'authentication_error'],
  insufficient_balance: [402, 'billing_error'],
  quota_exceeded: [402, 'billing_error'],
  permission_denied: [403, 'permission_error'],
  model_not_in_group: [403, 'permission_error'],
  not_found: [404, 'not_found_error'],
  route_not_found: [404, 'not_found_error'],
  duplicate_out_task_id: [409, 'invalid_request_error'],
  body_too_large: [413, 'invalid_request_error'],
  concurrency_limit: [429, 'rate_limit_error'],
  content_blocked: [451, 'content_policy_error'],
  upstream_error: [502, 'upstream_error'],
} as const

export type BytespikeErrorCode = keyof typeof errors

/** The documented error body `{error:{message,type,code}}` (§4.4), with another status where the documents disagree. */
export function bytespikeRefusal(code: BytespikeErrorCode, message: string, status?: number): Answer {
  const [usual, type] = errors[code]
  return json(status ?? usual, { error: { message, type, code } })
}

/** What goes wrong before a route is reached. */
export function bytespikeDoor(missingRoute: MissingRoute): (status: number, message: string) => Answer {
  return (status, message) => {
    switch (status) {
      case 401:
        return bytespikeRefusal('invalid_api_key', message)
      case 404:
        return noRoute(missingRoute, message)
      case 413:
        return bytespikeRefusal('body_too_large', message)
      case 429:
        return bytespikeRefusal('concurrency_limit', message)
      default:
        return bytespikeRefusal(status < 500 ? 'invalid_param' : 'upstream_error', message, status)
    }
  }
}

function noRoute(missingRoute: MissingRoute, message: string): Answer {
  switch (missingRoute) {
    case 'text':
      return { status: 404, body: { text: '404 page not found', contentType: 'text/plain' } }
    case 405:
      return bytespikeRefusal('route_not_found', message, 405)
    case 'route_not_found':
    case 'not_found':
      return bytespikeRefusal(missingRoute, message)
  }
}
