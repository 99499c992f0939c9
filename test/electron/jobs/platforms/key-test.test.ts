import { expect, onTestFinished, test } from 'vitest'
import { askWithoutKey, testFailure } from '../../../../electron/jobs/platforms/key-test'
import { createHttp } from '../../../../electron/providers/http/http'
import type { Problem } from '../../../../electron/providers/provider'
import { createRemoteProviders } from '../../../../electron/providers/registry'
import { credits } from '../../../../shared/money'
import { remoteProviderIds, type RemoteProviderId } from '../../../../shared/provider'
import { createClock } from '../../../platforms/clock'
import { createPracticePlatforms } from '../../../platforms/practice-platforms'
import { failureOf } from '../../../support/failure'
import { always, rawHost } from '../../../support/raw-host'

const remote = createRemoteProviders(() => ({ origin: null, dialect: null }))
const html = '<!doctype html><html><body>Hello</body></html>'

function ask(id: RemoteProviderId, origin: string) {
  const http = createHttp({ allowLoopback: true })
  onTestFinished(() => http.close())
  const { send } = http.line({ origin, auth: remote[id].auth, key: null })
  return askWithoutKey(remote[id], send, origin)
}

test('each platform is known again at an address of its own, without any key', async () => {
  const practice = await createPracticePlatforms({ clock: createClock(), runMs: () => 1000 })
  onTestFinished(() => practice.close())
  for (const id of remoteProviderIds) await ask(id, practice.servers[id].origin)
  for (const { record } of Object.values(practice.servers)) {
    expect(record.requests.length).toBeGreaterThan(0)
    for (const { headers } of record.requests)
      expect([headers['authorization'], headers['x-api-key']]).toEqual([undefined, undefined])
  }
})

const strangers = [
  ['a page', always(200, html, { 'content-type': 'text/html' })],
  ['a page that is not there', always(404, html, { 'content-type': 'text/html' })],
  ['a page for members', always(401, html, { 'content-type': 'text/html' })],
  ['a page of a firewall', always(403, html, { 'content-type': 'text/html' })],
  ['a file store', always(403, '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>')],
  ['a JSON interface of something else', always(404, '{"error":"not found"}')],
  ['JSON that is no object', always(200, '[1,2,3]')],
  ['nothing in its answer', always(200, '')],
  ['a redirect', always(302, '', { location: 'https://login.example/' })],
  ['a redirect for good', always(308, '', { location: '/v2/' })],
  ['an error of its own', always(500, '{"error":"oops"}')],
] as const

test.each(strangers)(
  'what answers with %s is no platform: the address is refused',
  async (_what, listener) => {
    const host = await rawHost(listener)
    for (const id of remoteProviderIds) {
      const { code, message } = await failureOf(() => ask(id, host.origin))
      expect([id, code]).toEqual([id, 'bad-request'])
      expect(message).toContain(remote[id].name)
      expect(message).toContain('No key was sent there')
    }
    for (const { headers } of host.requests)
      expect([headers['authorization'], headers['x-api-key']]).toEqual([undefined, undefined])
  },
)

test('where nobody listens the address is refused, too', async () => {
  const host = await rawHost(always(200, ''))
  await host.close()
  const failure = await failureOf(() => ask('krea', host.origin))
  expect(failure.code).toBe('provider-down')
  expect(failure.message).toMatch(/^Nobody answers at 127\.0\.0\.1:\d+\. No key was sent there/)
})

test('a gateway that adds the key itself is taken; one that is busy, too', async () => {
  const open = await rawHost(always(200, '{"items":[],"next_cursor":null}'))
  await ask('krea', open.origin)
  const busy = await rawHost(always(429, '{"error":"slow down"}'))
  await ask('krea', busy.origin)
})

test('an error of our own is no word about the address', async () => {
  const broken = new Error('our own fault')
  const work = askWithoutKey(remote.krea, async () => Promise.reject(broken), 'https://x.example')
  await expect(work).rejects.toBe(broken)
})

const kinds: readonly (readonly [Problem['kind'], string])[] = [
  ['key-refused', 'key-refused'],
  ['forbidden', 'forbidden'],
  ['out-of-credit', 'out-of-credit'],
  ['invalid', 'provider-failed'],
  ['blocked', 'provider-failed'],
  ['too-large', 'provider-failed'],
  ['rate-limited', 'provider-failed'],
  ['model-unavailable', 'provider-failed'],
  ['not-found', 'provider-failed'],
  ['conflict', 'provider-failed'],
  ['upstream', 'provider-failed'],
  ['unreadable', 'provider-failed'],
  ['wrong-dialect', 'provider-failed'],
]

test.each(kinds)('a test answered %s fails with %s, the platform’s words in the details', (kind, code) => {
  const failure = testFailure('Krea', { kind, message: 'its words' })
  expect([failure.code, failure.details]).toEqual([code, 'its words'])
  expect(failure.message).toMatch(/^Krea .*\.$/)
})

test('what is left is said, where it is known', () => {
  const problem = { kind: 'out-of-credit', message: '', available: credits(3) } as const
  expect(testFailure('Apiframe', problem).message).toMatch(/\(3 credits? left\)/)
})
