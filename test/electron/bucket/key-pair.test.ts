import { expect, test } from 'vitest'
import { keyPairText, parseKeyPair } from '../../../electron/bucket/key-pair'
import { failureOf } from '../../support/failure'

test('two keys as one text and back; secrets have colons, slashes, plus and equals signs', () => {
  const text = keyPairText(' AKIA/1 \n', '\twJa/l+rX:Ut==')
  expect(text).toBe('AKIA/1:wJa/l+rX:Ut==')
  expect(parseKeyPair(text)).toEqual({ accessKeyId: 'AKIA/1', secretAccessKey: 'wJa/l+rX:Ut==' })
})

test.each([
  ['', 'secret'],
  ['AKIA', ' '],
  ['AK:IA', 'secret'],
  ['AKIA,', 'secret'],
  ['AKIA', 'sec ret'],
  ['AKIA', 'secret\r\nx-evil: 1\u0000'],
])('%j and %j are no pair, and are not quoted', async (id, secret) => {
  const error = await failureOf(() => keyPairText(id, secret))
  expect(error.code).toBe('bad-request')
  if (secret.trim() !== '') expect(error.message).not.toContain(secret)
})

test.each(['', 'alone', ':secret', 'AKIA:', ' AKIA:secret', 'AKIA:secret '])(
  '%j is no pair',
  async (text) => {
    expect((await failureOf(() => parseKeyPair(text))).code).toBe('bad-request')
  },
)
