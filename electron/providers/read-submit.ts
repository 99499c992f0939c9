import { fieldsOf, idOf, parseJson, textOf } from './json'
import { readProblem, type FieldNames } from './problem'
import type { ApiAnswer, SubmitReading } from './provider'

/**
 * Answers that prove that the platform has not taken the job. Not 409 (the key was used: there is a job) nor 408 and
 * 5xx, which gateways give while the platform behind them goes on.
 */
const provenNo: ReadonlySet<number> = new Set([400, 401, 402, 403, 404, 405, 413, 415, 422, 429, 451])

/** What the answer to a submit means; `idName` is the field of the job's id. Never throws. */
export function readSubmitAnswer(answer: ApiAnswer, idName: string, names: FieldNames): SubmitReading {
  const { status, text } = answer
  if (provenNo.has(status)) return { kind: 'rejected', problem: readProblem(answer, names) }
  if (status < 200 || status >= 300) {
    return { kind: 'unclear', why: `answer ${status}: ${readProblem(answer).message}` }
  }
  const fields = fieldsOf(parseJson(text))
  const remoteId = idOf(fields[idName])
  if (remoteId === null) return { kind: 'unclear', why: `answer ${status} has no readable job id` }
  return { kind: 'accepted', remoteId, word: textOf(fields['status']) ?? '' }
}
