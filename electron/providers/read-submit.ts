import { isGood } from './answer'
import { fieldsOf, idOf, parseJson, textOf, type Fields } from './json'
import { readProblem, type FieldNames } from './problem'
import type { ApiAnswer, Problem, SubmitReading } from './provider'

type Accepted = Extract<SubmitReading, { kind: 'accepted' }>

/**
 * Answers that prove that the platform has not taken the job. Not 409 (the key was used: there is a job) nor 408 and
 * 5xx, which gateways give while the platform behind them goes on.
 */
const provenNo: ReadonlySet<number> = new Set([
  400, 401, 402, 403, 404, 405, 410, 412, 413, 415, 422, 429, 451,
])

/** What the answer to a submit means; `idName` is the field of the job's id. Never throws. */
export function readSubmitAnswer(answer: ApiAnswer, idName: string, names: FieldNames): SubmitReading {
  const read = (fields: Fields) => acceptedOf(idOf(fields[idName]), fields)
  return readSubmitWith(answer, read, () => readProblem(answer, names))
}

/** The same where id and errors are told in other ways; null from `read` means no readable id. */
export function readSubmitWith(
  answer: ApiAnswer,
  read: (fields: Fields) => Accepted | null,
  problem: () => Problem,
): SubmitReading {
  const { status, text } = answer
  if (provenNo.has(status)) return { kind: 'rejected', problem: problem() }
  if (!isGood(answer)) {
    return { kind: 'unclear', why: `answer ${status}: ${readProblem(answer).message}` }
  }
  return (
    read(fieldsOf(parseJson(text))) ?? { kind: 'unclear', why: `answer ${status} has no readable job id` }
  )
}

/** An accepted job, with the platform's word for where it stands; null without an id. */
export function acceptedOf(
  remoteId: string | null,
  { status }: Fields,
  estimate: Accepted['estimate'] = null,
): Accepted | null {
  return remoteId === null ? null : { kind: 'accepted', remoteId, word: textOf(status) ?? '', estimate }
}
