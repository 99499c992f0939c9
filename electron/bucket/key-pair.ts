import { AppError } from '../../shared/error'
import { cleanKey } from '../keys/key-text'

/** Both halves in the open. */
export interface KeyPair {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/**
 * The one text under which the vault keeps a pair: `<accessKeyId>:<secret>`, white space around the halves left out.
 *
 * @throws AppError `bad-request`; the message never quotes either.
 */
export function keyPairText(accessKeyId: string, secret: string): string {
  const id = cleanKey(accessKeyId)
  // SECURITY: the id stands in a header between these signs.
  if (/[:,;=]/.test(id)) throw bad('An access key id has only plain letters, digits and a few signs.')
  return `${id}:${cleanKey(secret)}`
}

/**
 * Takes {@link keyPairText} apart again, at its first colon.
 *
 * @throws AppError `bad-request` for any other text; the message never quotes it.
 */
export function parseKeyPair(text: string): KeyPair {
  const at = text.indexOf(':')
  if (at < 0) throw bad('The access key id or its secret is missing.')
  const accessKeyId = text.slice(0, at)
  const secretAccessKey = text.slice(at + 1)
  if (keyPairText(accessKeyId, secretAccessKey) !== text) throw bad('These are not two access keys.')
  return { accessKeyId, secretAccessKey }
}

const bad = (what: string) =>
  new AppError('bad-request', `${what} Copy both keys from the page of your bucket and paste them again.`)
