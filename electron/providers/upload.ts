import { openAsBlob } from 'node:fs'
import { FormData } from 'undici'
import { AppError, type ErrorCode } from '../../shared/error'
import type { StillType } from '../../shared/still'
import { isErrno } from '../files/exists'
import { readProblem, unreadable } from './problem'
import type { ApiAnswer, ApiRequest, Problem, StillFile } from './provider'

/** What a platform takes as a picture. */
export interface UploadRules {
  readonly name: string
  readonly path: string
  /** Bytes. */
  readonly maxBytes: number
}

/** What both platforms take; AVIF is on neither's list (reference/providers.md §2.5, §3.5). */
const mimeTypes: Readonly<Record<StillType, string | null>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  avif: null,
}

/**
 * The upload of a still. Its file is read while it is sent.
 *
 * @throws AppError `unknown-type`, `too-large`, `not-found`
 */
export async function uploadRequest(
  still: StillFile,
  { name, path, maxBytes }: UploadRules,
): Promise<ApiRequest> {
  const type = mimeTypes[still.type]
  if (type === null) {
    const message = `${name} does not take ${still.type.toUpperCase()} pictures. Nothing was sent or charged; save it as PNG, JPEG or WebP and drop it again.`
    throw new AppError('unknown-type', message)
  }
  if (still.bytes > maxBytes) {
    const message = `${name} takes pictures up to ${maxBytes / 1e6} MB, and this one has ${(still.bytes / 1e6).toFixed(1)} MB. Nothing was sent or charged; save it smaller, for example as JPEG, and drop it again.`
    throw new AppError('too-large', message)
  }
  const form = new FormData()
  // A name of ours: the user's own file names are nobody's business.
  form.append('file', await blobOf(still, type), `${still.id.slice(0, 16)}.${still.type}`)
  return { method: 'POST', path, form }
}

async function blobOf({ path, id }: StillFile, type: string): Promise<Blob> {
  try {
    return await openAsBlob(path, { type })
  } catch (error) {
    if (!isErrno(error, 'ENOENT') && !isErrno(error, 'ERR_INVALID_ARG_VALUE')) throw error
    const message = 'A picture of this recipe is no longer in the library. Nothing was sent; drop it again.'
    throw new AppError('not-found', message, id)
  }
}

/** Why an upload was refused, for the user. */
export function uploadRefused(name: string, answer: ApiAnswer): AppError {
  const isGood = answer.status >= 200 && answer.status < 300
  const problem = isGood ? unreadable(answer) : readProblem(answer)
  const message = `${name} did not take a picture: “${problem.message}”. Nothing was charged; ${advice[problem.kind]}.`
  return new AppError(codes[problem.kind], message, undefined, { slots: problem.message })
}

const codes: Readonly<Record<Problem['kind'], ErrorCode>> = {
  'key-refused': 'key-refused',
  forbidden: 'forbidden',
  'out-of-credit': 'out-of-credit',
  invalid: 'invalid-recipe',
  blocked: 'refused',
  'too-large': 'too-large',
  'rate-limited': 'rate-limited',
  'model-unavailable': 'model-unavailable',
  'not-found': 'provider-failed',
  conflict: 'provider-down',
  upstream: 'provider-down',
  unreadable: 'provider-down',
}

const advice: Readonly<Record<Problem['kind'], string>> = {
  'key-refused': 'paste a new key in Settings',
  forbidden: 'look at your plan on its site',
  'out-of-credit': 'buy credit on its site',
  invalid: 'use another picture, or save it again as PNG or JPEG',
  blocked: 'use another picture',
  'too-large': 'use a smaller picture',
  'rate-limited': 'it is tried again later',
  'model-unavailable': 'choose another provider',
  'not-found': 'choose another provider',
  conflict: 'it is tried again later',
  upstream: 'it is tried again later',
  unreadable: 'it is tried again later',
}
