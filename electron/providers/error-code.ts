import { fieldsOf, parseJson, textOf } from './json'
import { readProblem, type FieldNames } from './problem'
import type { ApiAnswer, Problem } from './provider'
import { isBlocked } from './words'

/**
 * What codes of errors in OpenAI's shape say more exactly than their status: ByteSpike's own (reference/providers.md
 * §4.4), and those of OpenAI's API, which UniAll's is likely to follow (§1.5).
 */
const kinds: ReadonlyMap<string, Problem['kind']> = new Map([
  ['model_not_found', 'model-unavailable'],
  ['invalid_api_key', 'key-refused'],
  ['insufficient_balance', 'out-of-credit'],
  ['quota_exceeded', 'out-of-credit'],
  ['insufficient_quota', 'out-of-credit'],
  ['permission_denied', 'forbidden'],
  ['model_not_in_group', 'forbidden'],
  ['concurrency_limit', 'rate-limited'],
  ['rate_limit_exceeded', 'rate-limited'],
])

/** The code of an error in OpenAI's shape, `{error:{message,type,code}}`; empty when there is none. */
export function errorCode({ text }: ApiAnswer): string {
  return textOf(fieldsOf(fieldsOf(parseJson(text))['error'])['code']) ?? ''
}

/** {@link readProblem} for platforms that answer in OpenAI's shape, whose codes say more than the status. */
export function readCodedProblem(answer: ApiAnswer, names: FieldNames = {}): Problem {
  const problem = readProblem(answer, names)
  // What a gateway says of a failure behind it is not about the request.
  if (answer.status < 400 || answer.status >= 500) return problem
  const code = errorCode(answer)
  const kind = kinds.get(code) ?? (isBlocked(code) ? 'blocked' : problem.kind)
  if (kind === problem.kind) return problem
  const { fields: _, ...rest } = problem
  return { ...rest, kind }
}
