import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { cleanKey, fingerprint, lastFour } from '../../../electron/keys/key-text'
import { failureOf } from '../../support/failure'

const key = 'kr_live_0123456789abcdef'

test('white space around a key is dropped', () => {
  expect(cleanKey(`\n\t ${key}\r\n`)).toBe(key)
})

test.each([
  ['nothing', '  \n ', /No key/],
  ['a space inside', 'Bearer kr_live_0123', /no spaces/],
  ['a line break inside', 'kr_live\n0123', /no spaces/],
  ['a header injected', 'kr_live\r\nX-Evil: 1', /no spaces/],
  ['a control character', 'kr_live\u00000123', /plain letters/],
  ['a zero-width space', 'kr_live\u200b0123', /plain letters/],
  ['a letter outside ASCII', 'kr_livé_0123', /plain letters/],
  ['1,001 characters', 'k'.repeat(1001), /at most 1000/],
])('%s is refused in plain words that do not quote it', async (_, text, words) => {
  const failure = await failureOf(() => cleanKey(text))
  expect(failure).toMatchObject({ code: 'bad-request', message: expect.stringMatching(words) })
  expect(failure.message).not.toMatch(/kr_liv|kkk/)
  expect(failure.details).toBeUndefined()
})

test('1,000 characters are taken', () => {
  expect(cleanKey('k'.repeat(1000))).toHaveLength(1000)
})

test('a fingerprint is always the same, differs by key and by origin, and is not the plain hash', () => {
  const print = fingerprint(key, 'https://api.krea.ai')
  // Written down: jobs in the database are bound to it, so another version must find the same.
  expect(print).toBe('f00b5c7f6baeb088')
  expect(fingerprint(`${key}0`, 'https://api.krea.ai')).not.toBe(print)
  expect(fingerprint(key, 'https://gateway.example')).not.toBe(print)
  expect(createHash('sha256').update(key).digest('hex')).not.toContain(print)
})

test('the last four characters are shown, unless they were a third of the key or more', () => {
  expect(lastFour(key)).toBe('cdef')
  expect(lastFour('123456789012')).toBe('9012')
  expect(lastFour('12345678901')).toBe('')
})
