import { isDeepStrictEqual } from 'node:util'
import { isFields } from './json'

/**
 * Whether a listed job's input is that of our submit: `certain` when both are the same JSON value. `no` only when it
 * contradicts ours, since a wrong no could lead to a second payment: a platform may add its defaults, or copy pictures
 * and show other addresses.
 */
export function matchInput(ours: unknown, theirs: unknown): 'certain' | 'possible' | 'no' {
  if (theirs === undefined || theirs === null) return 'possible'
  if (isDeepStrictEqual(ours, theirs)) return 'certain'
  return contradicts(ours, theirs) ? 'no' : 'possible'
}

function contradicts(ours: unknown, theirs: unknown): boolean {
  if (isFields(ours) && isFields(theirs)) {
    return Object.entries(ours).some(
      ([name, value]) => Object.hasOwn(theirs, name) && contradicts(value, theirs[name]),
    )
  }
  if (typeof ours === 'string' && typeof theirs === 'string') {
    return !isAddress(ours) && ours.trim() !== theirs.trim()
  }
  return isPlain(ours) && isPlain(theirs) && typeof ours === typeof theirs && ours !== theirs
}

function isAddress(text: string): boolean {
  return /^[a-z][a-z\d+.-]*:\/\//i.test(text)
}

function isPlain(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'boolean'
}
