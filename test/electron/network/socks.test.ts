import { once } from 'node:events'
import { createServer } from 'node:net'
import { inspect } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { Redacted } from '../../../electron/keys/redacted'
import type { Proxy } from '../../../electron/network/proxy'
import { Unreachable, type ApiRequest } from '../../../electron/providers/provider'
import { createKreaServer, kreaPracticeKey } from '../../platforms/krea/krea'
import { createSocksProxy, type SocksFault } from '../../platforms/socks-proxy'
import { lineTo } from '../../support/lines'
import { by } from '../../support/proxies'

const auth = { header: 'authorization', prefix: 'Bearer ' }
const submit: ApiRequest = {
  method: 'POST',
  path: '/generate/video/google/veo-3.1-fast',
  json: JSON.stringify({ prompt: 'fox intent:i' }),
}

/** Krea behind a SOCKS5 proxy that wants this login, and a line that gives that one. */
async function scene({
  wants,
  gives,
  host = '127.0.0.1',
}: { wants?: string; gives?: string; host?: string } = {}) {
  const server = await createKreaServer({ http2: true })
  onTestFinished(() => server.close())
  const proxy = await createSocksProxy(wants === undefined ? {} : { login: wants })
  onTestFinished(() => proxy.close())
  const { ca } = server.secure ?? { ca: '' }
  const { port } = new URL(server.secure?.origin ?? '')
  const login = gives === undefined ? {} : { login: new Redacted(gives) }
  const way: Proxy = { kind: 'socks5', host: '127.0.0.1', port: proxy.port, ...login }
  const deps = { ca, proxyFor: by(way), allowLoopback: false, limits: { connectMs: 2000 } }
  const line = lineTo({ origin: `https://${host}:${port}`, auth }, kreaPracticeKey, deps)
  return { server, proxy, port, line }
}

async function failure(work: Promise<unknown>): Promise<Unreachable> {
  const error: unknown = await work.then(
    () => new Error('it was answered'),
    (thrown: unknown) => thrown,
  )
  if (error instanceof Unreachable) return error
  throw error
}

test.each(['127.0.0.1', 'localhost'])('a submit to %s goes through it once, over HTTP/1', async (host) => {
  const { server, proxy, port, line } = await scene({ host })
  expect((await line.submit(submit)).status).toBe(200)
  expect(proxy.connects).toEqual([`${host}:${port}`])
  expect(server.record.requests.map(({ method, http }) => [method, http])).toEqual([['POST', 1]])
})

test('with a user name and a password that holds a colon', async () => {
  const { server, line } = await scene({ wants: 'me:wo:rd', gives: 'me:wo:rd' })
  expect((await line.submit(submit)).status).toBe(200)
  expect(server.record.requests).toHaveLength(1)
})

test.each<[string, string | undefined, RegExp]>([
  ['none', undefined, /wants a user name and password/],
  ['wrong ones', 'me:wrong-word', /did not take the user name and password/],
])('it wants a user name and password and gets %s: proven unsent', async (_title, gives, said) => {
  const { server, line } = await scene({ wants: 'me:word', ...(gives === undefined ? {} : { gives }) })
  const error = await failure(line.submit(submit))
  expect(error.isUnsent).toBe(true)
  expect(error.message).toMatch(said)
  expect(inspect(error, { depth: 12, showHidden: true })).not.toContain('wrong-word')
  expect(server.record.requests).toEqual([])
})

test.each<[SocksFault, RegExp]>([
  [{ kind: 'refuse', code: 1 }, /could not connect to 127/],
  [{ kind: 'refuse', code: 2 }, /does not let Inbetween connect to 127/],
  [{ kind: 'refuse', code: 99 }, /could not connect to 127/],
  [{ kind: 'hang-up' }, /ended the connection instead of an answer/],
  [{ kind: 'http' }, /is not a SOCKS5 proxy/],
])('%o: proven unsent, and names the proxy', async (fault, said) => {
  const { server, proxy, line } = await scene()
  proxy.fail(fault)
  for (const door of ['send', 'submit'] as const) {
    const error = await failure(line[door](submit))
    expect([error.isUnsent, error.message]).toEqual([true, expect.stringMatching(said)])
    expect(error.message).toContain(`The proxy 127.0.0.1:${proxy.port} `)
  }
  expect(server.record.requests).toEqual([])
})

test('it never answers: proven unsent after the time for connecting', async () => {
  const { proxy, server } = await scene()
  proxy.fail({ kind: 'silent' })
  const way: Proxy = { kind: 'socks5', host: '127.0.0.1', port: proxy.port }
  const { origin, ca } = server.secure ?? { origin: '', ca: '' }
  const line = lineTo({ origin, auth }, 'key', { ca, proxyFor: by(way), limits: { connectMs: 100 } })
  const error = await failure(line.submit(submit))
  expect([error.isUnsent, error.message]).toEqual([true, expect.stringMatching(/did not answer in time/)])
})

test('nothing listens: the next way is tried', async () => {
  const { server } = await scene()
  const closed = createServer().listen(0, '127.0.0.1')
  await once(closed, 'listening')
  const address = closed.address()
  closed.close()
  await once(closed, 'close')
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  const { origin, ca } = server.secure ?? { origin: '', ca: '' }
  const proxyFor = by({ kind: 'socks5', host: '127.0.0.1', port }, { kind: 'direct' })
  expect((await lineTo({ origin, auth }, kreaPracticeKey, { ca, proxyFor }).submit(submit)).status).toBe(200)
})
