import { openAsBlob } from 'node:fs'
import { FormData } from 'undici'
import { AppError, type ErrorCode } from '../../shared/error'
import { isErrno } from '../files/exists'
import { isGood } from './answer'
import { readProblem, unreadable } from './problem'
import type { ApiAnswer, ApiRequest, MediaFile, Problem } from './provider'

const mimeTypes: Readonly<Record<MediaFile['type'], string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
}

/** What a file is sent as: its type, and a name of ours, since the user's own file names are nobody's business. */
export function uploadName({ id, type }: MediaFile): { readonly name: string; readonly mime: string } {
  return { name: `${id.slice(0, 16)}.${type}`, mime: mimeTypes[type] }
}

/**
 * The upload of a file as a form with one field `file`. The file is read while it is sent.
 *
 * @throws AppError `not-found`
 */
export async function uploadRequest(file: MediaFile, path: string): Promise<ApiRequest> {
  const form = new FormData()
  form.append('file', await fileBlob(file), uploadName(file).name)
  return { method: 'POST', path, form }
}

/** The file's bytes, read while they are sent. @throws AppError `not-found` */
export async function fileBlob(file: MediaFile): Promise<Blob> {
  try {
    return await openAsBlob(file.path, { type: uploadName(file).mime })
  } catch (error) {
    if (!isErrno(error, 'ENOENT') && !isErrno(error, 'ERR_INVALID_ARG_VALUE')) throw error
    const what = file.type === 'mp4' ? 'The clip to go on from' : 'A picture of this recipe'
    const message = `${what} is no longer in the library. Nothing was sent; drop it again.`
    throw new AppError('not-found', message, file.id)
  }
}

/** Why an upload was refused, for the user. */
export function uploadRefused(name: string, answer: ApiAnswer, type: MediaFile['type'] = 'png'): AppError {
  const problem = isGood(answer) ? unreadable(answer) : readProblem(answer)
  const [what, field] = type === 'mp4' ? ['clip', 'source'] : ['picture', 'slots']
  const advised =
    type === 'mp4' && problem.kind === 'invalid'
      ? 'use another clip'
      : advice[problem.kind].replace('picture', what)
  const message = `${name} did not take a ${what}: “${problem.message}”. To go on, ${advised}.`
  return new AppError(codes[problem.kind], message, undefined, { [field]: problem.message })
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
  'wrong-dialect': 'wrong-dialect',
}

const advice: Readonly<Record<Problem['kind'], string>> = {
  'key-refused': 'paste a new key under Settings',
  forbidden: 'look at your plan on its site',
  'out-of-credit': 'buy credit on its site',
  invalid: 'use another picture, or save it again as PNG or JPEG',
  blocked: 'use another picture',
  'too-large': 'use a smaller picture',
  'rate-limited': 'wait: it is tried again later',
  'model-unavailable': 'choose another provider',
  'not-found': 'choose another provider',
  conflict: 'wait: it is tried again later',
  upstream: 'wait: it is tried again later',
  unreadable: 'wait: it is tried again later',
  'wrong-dialect': 'choose another dialect under Settings',
}
