import type { Field } from '../../shared/validate/objection'
import { credits } from '../../shared/money'
import { httpDate } from './http/http-date'
import { amountOf, fieldsOf, isFields, parseJson } from './json'
import type { ApiAnswer, Problem } from './provider'
import { answerWords, isBlocked, wordsOf } from './words'

/** Which field of a recipe a platform's name for it is about. */
export type FieldNames = Readonly<Record<string, Field>>

/** Longest wait that a platform may ask for, milliseconds: a day, after which it is asked again all the same. */
const maxRetryAfterMs = 24 * 3_600_000

/** What an answer other than a good one means; `names` are those of the submit's body. */
export function readProblem(answer: ApiAnswer, names: FieldNames = {}): Problem {
  const words = answerWords(answer)
  const kind = kindOf(answer.status, words)
  const message = words === '' ? `error ${answer.status} without a readable reason` : words
  const retryAfterMs = retryAfter(answer)
  return {
    kind,
    message,
    ...(kind === 'invalid' ? invalidFields(answer, message, names) : {}),
    ...(kind === 'out-of-credit' ? amounts(answer) : {}),
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  }
}

/** A 2xx that does not say what it should. */
export function unreadable({ status }: ApiAnswer): Problem {
  return { kind: 'unreadable', message: `answer ${status} cannot be read` }
}

/** reference/providers.md §9, with the words where a status has several meanings. */
function kindOf(status: number, words: string): Problem['kind'] {
  if (status >= 500 || status === 408) return 'upstream'
  if (status < 400) return 'unreadable'
  if (isModelAnswer(status, words)) return 'model-unavailable'
  switch (status) {
    case 401:
      return 'key-refused'
    case 402:
      // §3.4: "also used for plan required".
      return /\b(?:plan|subscription|upgrade)\b/i.test(words) && !/credit|balance|fund/i.test(words)
        ? 'forbidden'
        : 'out-of-credit'
    case 403:
      // §2.4: "key inactive / no permission".
      return /\bkey\b.{0,20}\b(?:inactive|disabled|revoked|expired|deleted)\b|\binactive\b.{0,10}\bkey\b/i.test(
        words,
      )
        ? 'key-refused'
        : refusedBy(words, 'forbidden')
    case 404:
      return 'not-found'
    case 409:
      return 'conflict'
    case 413:
      return 'too-large'
    case 429:
      return 'rate-limited'
    case 451:
      return 'blocked'
    default:
      return refusedBy(words, 'invalid')
  }
}

function refusedBy(words: string, otherwise: Problem['kind']): Problem['kind'] {
  return isBlocked(words) ? 'blocked' : otherwise
}

/** §0.4: words of a gateway on a model that was switched off, and of one that does not know it. */
const goneWords =
  /no longer (?:available|offered|supported)|not (?:currently )?available|unavailable|(?:been|is) (?:retired|removed|shut ?down|discontinued|deprecated)/i
const unknownWords =
  /\bmodel\b.{0,80}\b(?:not found|does not exist|not supported)|\b(?:unknown|unsupported) model\b/i

/** Whether these words say that the model is not offered any more. */
export function isModelGone(words: string): boolean {
  return unknownWords.test(words) || (goneWords.test(words) && /\bmodel\b|\bveo\b/i.test(words))
}

/** Other than with a 404, the words must name the model. */
function isModelAnswer(status: number, words: string): boolean {
  if (status === 404) return goneWords.test(words) || unknownWords.test(words)
  return [400, 403, 410, 422].includes(status) && isModelGone(words)
}

/** Words by field: those of `details` by JSON path (§2.4), or the whole text for each field that it names. */
function invalidFields(
  answer: ApiAnswer,
  words: string,
  names: FieldNames,
): Pick<Problem, 'message' | 'fields'> {
  const { details } = fieldsOf(parseJson(answer.text))
  const fields: Record<string, string> = {}
  const others: string[] = []
  const told: readonly (readonly [string, string])[] = isFields(details)
    ? Object.entries(details).map(([path, said]) => [path, wordsOf(said)] as const)
    : [[words, words]]
  for (const [place, said] of told) {
    const named = namedIn(place, names)
    for (const field of named)
      fields[field] = fields[field] === undefined ? said : `${fields[field]}; ${said}`
    if (named.length === 0 && isFields(details)) others.push(place === '' ? said : `${place}: ${said}`)
  }
  const message = others.length === 0 ? words : `${words} (${others.join('; ')})`
  return { message, ...(Object.keys(fields).length > 0 ? { fields } : {}) }
}

/** Our fields whose platform names stand in the text as whole words: the most precise name of a path counts. */
function namedIn(text: string, names: FieldNames): readonly Field[] {
  const said = new Set(text.split(/\W+/))
  const found = Object.entries(names).filter(([name]) => said.has(name))
  return [...new Set(found.map(([, field]) => field))]
}

function amounts(answer: ApiAnswer): Pick<Problem, 'needed' | 'available'> {
  const { creditsRequired, creditsAvailable } = fieldsOf(parseJson(answer.text))
  const needed = amountOf(creditsRequired)
  const available = amountOf(creditsAvailable)
  return {
    ...(needed === null ? {} : { needed: credits(needed) }),
    ...(available === null ? {} : { available: credits(available) }),
  }
}

/** Seconds, or an HTTP date on the platform's own clock (RFC 9110 §10.2.3). */
function retryAfter({ headers, date }: ApiAnswer): number | null {
  const text = headers['retry-after']?.trim() ?? ''
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.min(Math.ceil(Number(text) * 1000), maxRetryAfterMs)
  const until = httpDate(text)
  if (until === null || date === null) return null
  return Math.min(Math.max(0, until - date), maxRetryAfterMs)
}
