import { Console } from 'node:console'
import { Writable } from 'node:stream'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { Redacted, reveal } from '../../../electron/keys/redacted'

const secret = 'afk_live_0123456789'
const key = new Redacted(secret)

test.each([
  ['String', String(key)],
  // What a template would do, which lint forbids to write.
  ['a template', ['key ', key].join('')],
  ['concatenation', 'key ' + String(key)],
  ['JSON', JSON.stringify({ key, list: [key] })],
  ['inspect', inspect({ key }, { depth: 9, showHidden: true })],
  ['inspect without custom ways', inspect({ key }, { customInspect: false, showHidden: true })],
  ['an error that has it', inspect(new Error('x', { cause: key }))],
  ['its fields', JSON.stringify([Object.entries(key), Reflect.ownKeys(key), Object.assign({}, key)])],
  ['a clone', JSON.stringify(structuredClone(key))],
])('%s does not show it', (_name, text) => {
  expect(text).not.toContain(secret)
})

test('it says what it is', () => {
  expect([String(key), JSON.stringify(key), inspect(key)]).toEqual([
    '<redacted>',
    '"<redacted>"',
    '<redacted>',
  ])
})

test('console.log does not show it', () => {
  const written: string[] = []
  const stdout = new Writable({
    write(text, _encoding, done) {
      written.push(String(text))
      done()
    },
  })
  new Console({ stdout }).log('%s %o %j', key, key, key, key)
  expect(written.join('')).toContain('<redacted>')
  expect(written.join('')).not.toContain(secret)
})

test('the one way to it', () => {
  expect(reveal(key)).toBe(secret)
})

test('a clone is no key any more', () => {
  expect(() => reveal(structuredClone(key))).toThrow(TypeError)
})
