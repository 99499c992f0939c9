import { usd, type Money } from '../../../shared/money'
import { clipUrl } from '../clip-url'
import { errorCode, readCodedProblem } from '../error-code'
import { amountOf, fieldsOf, idOf, parseJson, textOf, urlOf, type Fields } from '../json'
import type { FieldNames } from '../problem'
import type { ApiAnswer, PollReading, Problem, SubmitReading } from '../provider'
import { acceptedOf, readSubmitWith } from '../read-submit'
import { answerWords, isBlocked, wordsOf } from '../words'
import { wrongDialect } from '../wrong-dialect'

const fieldNames: FieldNames = {
  prompt: 'prompt',
  duration_seconds: 'durationS',
  resolution: 'resolution',
  aspect_ratio: 'aspectRatio',
  seed: 'seed',
  image_init: 'slots',
}

/** What the answer to a submit means (reference/providers.md §4.4); `dialect` is the one spoken. */
export function readBytespikeSubmit(answer: ApiAnswer, dialect: string | null): SubmitReading {
  // Our id was used for something else: there is a job. Documented as 409, and as 400.
  if (errorCode(answer) === 'duplicate_out_task_id') {
    return { kind: 'unclear', why: `answer ${answer.status}: ${answerWords(answer)}` }
  }
  return readSubmitWith(
    answer,
    (fields) => acceptedOf(idOf(fields['task_id']), fields, dollars(fields['estimated_credits'])),
    () => submitProblem(answer, dialect),
  )
}

function submitProblem(answer: ApiAnswer, dialect: string | null): Problem {
  const problem = readCodedProblem(answer, fieldNames)
  const isOther = problem.kind === 'invalid' && isOtherForm(answer, dialect)
  return isOther ? wrongDialect('bytespike', dialect, problem.message) : problem
}

/** Whether a refused body had the wrong form: the words ask for `params`, or in dialect B for what lies in them. */
function isOtherForm(answer: ApiAnswer, dialect: string | null): boolean {
  const { param } = fieldsOf(fieldsOf(parseJson(answer.text))['error'])
  // "Invalid params: …" is how any value is refused.
  const words = `${answerWords(answer)} ${wordsOf(param)}`.replaceAll(/\b(?:invalid|bad) params?\b/gi, ' ')
  const namesParams = /\bparams\b/i.test(words)
  if (dialect !== 'B') return namesParams
  const isStranger =
    /\b(?:unrecogni[sz]ed|unknown|unexpected|unsupported|additional|extra|not (?:allowed|permitted))\b/i
  if (isStranger.test(words) && (namesParams || /\bout_task_id\b/.test(words))) return true
  const isMissing = /\b(?:required|missing|undefined|must be present)\b/i.test(words)
  return !namesParams && isMissing && /\b(?:prompt|duration_seconds)\b/.test(words)
}

/** A task as query and find tell it, in the forms of all three dialects (§4.3); null without a status. */
export function readBytespikeJob(job: Fields): PollReading | null {
  const word = textOf(job['status'])
  if (word === null) return null
  const charged = dollars(job['credits']) ?? dollars(job['credits_used'])
  const isCharged = charged !== null && charged.micros > 0
  switch (word) {
    case 'completed':
      return { kind: 'completed', word, url: resultUrl(job), expired: false, charged }
    case 'failed': {
      const message = wordsOf(job['error_message']) || wordsOf(job['error'])
      const code = wordsOf(job['error_code']) || wordsOf(fieldsOf(job['error'])['code'])
      const blocked = isBlocked(`${code} ${message}`)
      // §4.4: "failures never bill"; a price all the same contradicts that.
      return { kind: 'failed', word, message: message || code, blocked, billed: isCharged ? 'unknown' : 'no' }
    }
    case 'cancelled':
      // §4.6: free before it ran, but "running seconds may bill".
      return {
        kind: 'cancelled',
        word,
        billed: isCharged ? 'yes' : charged === null ? 'unknown' : 'no',
        charged,
      }
    default:
      return { kind: 'running', word, progress: null }
  }
}

function resultUrl({ result, output, result_url }: Fields): string | null {
  return urlOf(fieldsOf(result)['video_url']) ?? clipUrl(output) ?? urlOf(result_url)
}

/** No clip of 5 s costs so much in dollars; "1 USD = 1,000,000 credits" makes such figures of the smallest prices. */
const leastMillionths = 1000

/** Credits are dollars [ASSUMED, §4.7]: its own figures are dollar-sized; larger ones are the documents' millionths. */
function dollars(value: unknown): Money | null {
  const credits = amountOf(value)
  if (credits === null) return null
  return credits < leastMillionths ? usd(credits) : { unit: 'usd', micros: Math.round(credits) }
}
