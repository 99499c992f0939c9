import { fieldsOf, isFields, parseJson, type Fields } from '../json'
import type { ApiAnswer } from '../provider'
import { wordsOf } from '../words'

/** Statuses of the codes that errors have (reference/providers.md §5.1). */
const statusByCode: ReadonlyMap<unknown, number> = new Map([
  ['invalid_request', 400],
  ['unauthorized', 401],
  ['forbidden', 403],
  ['not_found', 404],
  ['rate_limited', 429],
  ['internal_error', 500],
])

/** Numbers above this are seconds since 1970, not from now: `X-RateLimit-Reset` is documented as neither (§5.1). */
const epochFrom = 1_000_000_000

/**
 * The answer without the envelope around it (§5.1): today `{data,messages}`, in older forms `{success,status,data}` or
 * none. An older `{success:false,error}` becomes the error that it tells of, whatever the status it came with.
 */
export function unwrapped(answer: ApiAnswer): ApiAnswer {
  const json = parseJson(answer.text)
  if (!isFields(json)) return answer.status === 429 ? hinted(answer) : answer
  const status = json['success'] === false ? refusedStatus(answer.status, json) : answer.status
  if (status >= 400) return hinted({ ...answer, status, text: JSON.stringify(reasons(json)) })
  return Object.hasOwn(json, 'data') ? { ...answer, text: JSON.stringify(json['data']) } : answer
}

/** What an older envelope says; an error that names none proves nothing, as a 500. */
function refusedStatus(http: number, { status, error }: Fields): number {
  if (http >= 400) return http
  if (typeof status === 'number' && status >= 400 && status < 600) return status
  return statusByCode.get(fieldsOf(error)['code']) ?? 500
}

/** Requirements that are not met come as a list (§5.1, 412): its words are the reason. */
function reasons(json: Fields): Fields {
  const { errors, detail } = json
  if (!Array.isArray(errors) || wordsOf(errors) === '') return json
  return { error: [detail, ...(errors as readonly unknown[])] }
}

/** With `Retry-After` from the platform's own header, where the usual one is missing (§5.1). */
function hinted(answer: ApiAnswer): ApiAnswer {
  const { status, headers, date } = answer
  const reset = headers['x-ratelimit-reset']?.trim() ?? ''
  if (status !== 429 || headers['retry-after'] !== undefined || !/^\d{1,11}$/.test(reset)) return answer
  const seconds = Number(reset)
  if (seconds >= epochFrom && date === null) return answer
  const wait = seconds >= epochFrom ? Math.max(0, Math.ceil(seconds - (date ?? 0) / 1000)) : seconds
  return { ...answer, headers: { ...headers, 'retry-after': String(wait) } }
}
