import { expect, test } from 'vitest'
import { checkedOrigin, checkPath } from '../../../../electron/providers/http/http-origin'
import { codeOf } from '../../../support/failure'

test.each([
  ['https://api.krea.ai', false, 'https://api.krea.ai'],
  ['https://api.krea.ai/', false, 'https://api.krea.ai'],
  ['https://gateway.example:8443', false, 'https://gateway.example:8443'],
  ['http://127.0.0.1:3000', true, 'http://127.0.0.1:3000'],
  ['http://[::1]:3000', true, 'http://[::1]:3000'],
] as const)('a key may go to %s (loopback allowed: %s)', (text, allowLoopback, origin) => {
  expect(checkedOrigin(text, allowLoopback)).toBe(origin)
})

test.each([
  ['http://api.krea.ai', true],
  ['http://localhost:3000', true],
  ['http://127.0.0.1:3000', false],
  ['http://[::1]:3000', false],
  ['http://127.0.0.1.example.com', true],
  ['https://user:pass@api.krea.ai', true],
  ['https://api.krea.ai/v2', true],
  ['https://api.krea.ai?x', true],
  ['ftp://api.krea.ai', true],
  ['api.krea.ai', true],
  ['', true],
] as const)('a key may not go to %s (loopback allowed: %s)', async (origin, allowLoopback) => {
  expect(await codeOf(() => checkedOrigin(origin, allowLoopback))).toBe('bad-request')
})

test.each(['/', '/jobs', '/jobs?limit=1&cursor=a%2F', '/v2/jobs/a%2Fb//c'])('%s is a path', (path) => {
  expect(() => checkPath(path, 'https://api.krea.ai')).not.toThrow()
})

test.each([
  'jobs',
  '',
  '//evil.example/jobs',
  '/\\evil.example',
  '/a b',
  '/a\r\nx: y',
  'https://evil.example/',
  '/ü',
])('%j is not', (path) => {
  expect(() => checkPath(path, 'https://api.krea.ai')).toThrow('not a path of the platform')
})
