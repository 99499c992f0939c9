import { AppError } from '../../../shared/error'
import { isGood } from '../answer'
import { unwrapped } from './inferencesh-answer'
import { fieldsOf, parseJson, urlOf } from '../json'
import type { ApiAnswer, Elsewhere, HandedOver, MediaFile, Send } from '../provider'
import { fileBlob, uploadName, uploadRefused } from '../upload'

/**
 * Hands a file over in two steps (reference/providers.md §5.6): the platform names a place, and the bytes go there.
 *
 * @throws AppError when the platform or its storage does not take it, Unreachable when one does not answer.
 */
export async function uploadToInferencesh(
  name: string,
  file: MediaFile,
  { send, elsewhere }: { readonly send: Send; readonly elsewhere: Elsewhere },
): Promise<HandedOver> {
  const body = await fileBlob(file)
  const { name: filename, mime } = uploadName(file)
  const files = [{ uri: '', filename, content_type: mime, size: body.size }]
  const answer = unwrapped(await send({ method: 'POST', path: '/files', json: JSON.stringify({ files }) }))
  const place = isGood(answer) ? readPlace(answer) : null
  if (!place) throw uploadRefused(name, answer, file.type)
  // SECURITY: the place is signed, and somebody else's: no key goes there.
  const put = await elsewhere({ method: 'PUT', url: place.putTo, headers: { 'content-type': mime }, body })
  if (!isGood(put)) throw putRefused(name, file, put)
  // No end is documented (§5.7).
  return { url: place.uri, expiresAt: null }
}

function readPlace({ text }: ApiAnswer): { readonly uri: string; readonly putTo: string } | null {
  const json = parseJson(text)
  const { uri, upload_url } = fieldsOf(Array.isArray(json) ? json[0] : json)
  const putTo = urlOf(upload_url)
  return isUri(uri) && putTo !== null ? { uri, putTo } : null
}

/** On the web, or as in older documents `inf://files/…` (§5.6). */
function isUri(value: unknown): value is string {
  return urlOf(value) !== null || (typeof value === 'string' && /^inf:\/\/[\w.~/-]{1,500}$/.test(value))
}

/** Not as {@link uploadRefused} has it: a storage's 403 says nothing of the key or the plan. */
function putRefused(name: string, { type }: MediaFile, { status }: ApiAnswer): AppError {
  const what = type === 'mp4' ? 'clip' : 'picture'
  const said = `The storage of ${name} did not take the ${what} (error ${status}). Nothing was charged.`
  return status >= 500 || status === 408 || status === 429
    ? new AppError('provider-down', `${said} It is tried again later.`)
    : new AppError('provider-failed', `${said} Generate it again; if that fails too, use another ${what}.`)
}
