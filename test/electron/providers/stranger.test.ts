import type { RequestListener } from 'node:http'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { askWithoutKey } from '../../../electron/jobs/platforms/key-test'
import { createHttp } from '../../../electron/providers/http/http'
import { createRemoteProviders } from '../../../electron/providers/registry'
import { remoteProviderIds, type RemoteProviderId } from '../../../shared/provider'
import { createClock } from '../../platforms/clock'
import { createInferenceshServer } from '../../platforms/inferencesh/inferencesh'
import { createPracticePlatforms, type PracticePlatforms } from '../../platforms/practice-platforms'
import { failureOf } from '../../support/failure'
import { always, rawHost } from '../../support/raw-host'

const remote = createRemoteProviders(() => ({ origin: null, dialect: null }))
let practice: PracticePlatforms
beforeAll(async () => {
  practice = await createPracticePlatforms({ clock: createClock(), runMs: () => 1000 })
})
afterAll(() => practice.close())

function ask(id: RemoteProviderId, origin: string) {
  const http = createHttp({ allowLoopback: true })
  onTestFinished(() => http.close())
  const { send } = http.line({ origin, auth: remote[id].auth, key: null })
  return askWithoutKey(remote[id], send, origin)
}

/** What is taken under another's name, each with the reason: the documents leave no way to tell. */
const taken: readonly (readonly [under: RemoteProviderId, server: RemoteProviderId, reason: string])[] = [
  ['uniall', 'krea', 'UniAll’s error body is unknown (§1.5), and Krea’s has nothing but words (§3.4).'],
  [
    'bytespike',
    'uniall',
    'UniAll’s is likely OpenAI’s (§1.5), which ByteSpike’s is (§4.4); that the rate headers are missing may be a gateway’s doing.',
  ],
]

/** Whom the refusal names, where it can. */
const named: Readonly<Partial<Record<RemoteProviderId, string>>> = {
  apiframe: 'Apiframe',
  bytespike: 'ByteSpike',
  inferencesh: 'inference.sh',
}

const cells = remoteProviderIds.flatMap((id) => remoteProviderIds.map((server) => [id, server] as const))

test.each(cells)('under the name of %s, the address of %s', async (id, server) => {
  const { origin, record } = practice.servers[server]
  const before = record.requests.length
  const isTaken = id === server || taken.some(([under, at]) => under === id && at === server)
  if (isTaken) await ask(id, origin)
  else {
    const { code, message } = await failureOf(() => ask(id, origin))
    expect(code).toBe('bad-request')
    const who = named[server]
    const host = new URL(origin).host
    const isTold = server !== 'apiframe' || id === 'krea' || id === 'uniall'
    const like = who !== undefined && isTold ? ` like ${who}, not` : ', but not'
    expect(message).toBe(
      `${host} answers${like} like ${remote[id].name}. No key was sent there; check the address.`,
    )
  }
  const asked = record.requests.slice(before)
  expect(asked.length).toBeGreaterThan(0)
  expect(asked.length).toBeLessThanOrEqual(2)
  for (const { method, headers } of asked) {
    expect(method).toBe('GET')
    expect([headers['authorization'], headers['x-api-key'], headers['cookie']]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  }
  expect(record.violations).toEqual([])
})

test('inference.sh in its older form is known again, and not taken for the others that say how errors look', async () => {
  const old = await createInferenceshServer({ envelope: 'v1' })
  onTestFinished(() => old.close())
  await ask('inferencesh', old.origin)
  for (const id of ['krea', 'apiframe', 'bytespike'] as const) {
    expect((await failureOf(() => ask(id, old.origin))).code).toBe('bad-request')
  }
})

const gateways = [
  ['a no of its own kind', 401, '{"message":"Unauthorized"}'],
  ['a no without words', 403, '{}'],
  ['a busy one', 429, '{"message":"slow down"}'],
] as const

test.each(gateways)(
  'a gateway with %s is taken for any of them: nothing says that it is not',
  async (...gateway) => {
    const [, status, body] = gateway
    const host = await rawHost(always(status, body))
    for (const id of remoteProviderIds) await ask(id, host.origin)
  },
)

test('a platform known by its words is named whatever it answers', async () => {
  const type = 'https://api.inference.sh/errors/not_found'
  const host = await rawHost(always(404, JSON.stringify({ type, title: 'Not Found', status: 404 })))
  const { message } = await failureOf(() => ask('krea', host.origin))
  expect(message).toContain('answers like inference.sh, not like Krea.')
})

/** Says no as Krea and Apiframe do, and to the list of models whatever the test wants. */
const thatAnswersTheList = (list: RequestListener) =>
  rawHost((request, response) => {
    if (request.url?.startsWith('/v2/models')) list(request, response)
    else always(401, '{"error":"no key"}')(request, response)
  })

test.each([
  ['falls silent', (request) => void request.socket.destroy()],
  ['is busy', always(429, '{"error":"slow down"}')],
  ['is down', always(503, '{"error":"down"}')],
] satisfies [string, RequestListener][])(
  'a platform that %s at the question for its models may still be either',
  async (_what, list) => {
    const { origin } = await thatAnswersTheList(list)
    await ask('krea', origin)
    await ask('apiframe', origin)
  },
)

test.each(['{"data":[]}', '{"models":[]}', '[]'])('a list as %s is Apiframe’s', async (list) => {
  const { origin } = await thatAnswersTheList(always(200, list))
  await ask('apiframe', origin)
  expect((await failureOf(() => ask('krea', origin))).message).toContain('answers like Apiframe')
})

test('without the list it is not Apiframe', async () => {
  const { origin } = await thatAnswersTheList(always(404, '{"error":"not found"}'))
  await ask('krea', origin)
  expect((await failureOf(() => ask('apiframe', origin))).code).toBe('bad-request')
})
