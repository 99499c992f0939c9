import type { ImportResult } from '../../shared/contract'
import { AppError } from '../../shared/error'
import { maxStillBytes } from '../../shared/still'
import { strings } from '../strings'

/** Sends bytes that have no path on this computer. The answer is one result; a file over the cap never leaves the page. */
export async function uploadFile(
  file: File,
  send: (url: string, init: RequestInit) => Promise<Response>,
): Promise<ImportResult> {
  const name = file.name === '' ? strings.intake.pastedName : file.name
  // A body arrives in the main process in one piece: without the cap one paste could take all its memory.
  if (file.size > maxStillBytes) {
    return { kind: 'refused', name, error: { code: 'too-large', message: strings.intake.tooLarge } }
  }
  const response = await send(`/import?name=${encodeURIComponent(name)}`, { method: 'POST', body: file })
  const answer: unknown = await response.json().catch(() => null)
  if (isImportResult(answer)) return answer
  throw new AppError('internal', strings.intake.badAnswer, `/import answered ${response.status}`)
}

// The main process made the answer with the contract's own schema; here only its kind is looked at, so that an
// error page cannot pass for a result.
function isImportResult(answer: unknown): answer is ImportResult {
  if (typeof answer !== 'object' || answer === null || !('kind' in answer)) return false
  return answer.kind === 'still' || answer.kind === 'clip' || answer.kind === 'refused'
}
