import { createHash } from 'node:crypto'
import { AppError } from '../../shared/error'

/** Longest key taken, characters: several times the longest that any platform gives out. */
const maxLength = 1000

/** A key shorter than this would be told by a third and more by its last four characters. */
const minLengthToShow = 12

/** Hexadecimal digits of a fingerprint: 64 bits tell the handful of keys of one person apart with certainty. */
const fingerprintDigits = 16

/** Keeps the fingerprint from being the plain SHA-256 of the key, which other programs may have written somewhere. */
const fingerprintPurpose = 'inbetween api key fingerprint 1\0'

/**
 * A key as it was pasted, without the white space around it.
 * @throws AppError `bad-request` for what no HTTP header can carry. The message never quotes the text.
 */
export function cleanKey(text: string): string {
  const key = text.trim()
  if (key === '') throw bad('No key was given.')
  if (/\s/.test(key)) throw bad('A key has no spaces or line breaks inside.')
  // SECURITY: control characters could end the header and begin another.
  if (!/^[\x21-\x7e]+$/.test(key)) throw bad('A key has only plain letters, digits and signs.')
  if (key.length > maxLength) throw bad(`A key has at most ${maxLength} characters.`)
  return key
}

const bad = (what: string) =>
  new AppError('bad-request', `${what} Copy the key alone from the platform’s page and paste it again.`)

/**
 * What a job is bound to, so that another key, or the same at another address, is never taken for its own: 16
 * hexadecimal digits. Platforms give out keys of 120 random bits and more, so nobody finds a key by trying; a key
 * somebody made up could be guessed from it.
 */
export function fingerprint(key: string, origin: string): string {
  return createHash('sha256')
    .update(`${fingerprintPurpose}${origin}\0${key}`)
    .digest('hex')
    .slice(0, fingerprintDigits)
}

/** What the window shows of a key; empty for one so short that this would tell too much. */
export function lastFour(key: string): string {
  return key.length < minLengthToShow ? '' : key.slice(-4)
}
