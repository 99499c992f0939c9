import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import type { ProxyFor } from '../../../../electron/network/proxy'
import { createCertificate } from '../../../platforms/certificate'
import type { ProxyFault } from '../../../platforms/connect-proxy'
import { by, connectProxy } from '../../../support/proxies'
import { closedProxy, doors, failure, krea, submit } from '../behind-proxy'

const words: readonly [ProxyFault, RegExp][] = [
  [{ kind: 'answer', status: 403 }, /does not let Inbetween connect to 127.0.0.1 \(its answer was 403\)/],
  [{ kind: 'answer', status: 502 }, /could not connect to 127.0.0.1 \(its answer was 502\)/],
  [{ kind: 'answer', status: 302 }, /its answer was 302/],
  [{ kind: 'wants', schemes: 'Basic realm="x"' }, /wants a user name and password/],
  [{ kind: 'wants', schemes: 'Negotiate, NTLM' }, /wants a sign-in \(Negotiate\)/],
  [{ kind: 'wants', schemes: 'Evil <b>words</b>' }, /wants a sign-in \(another kind\)/],
  [{ kind: 'hang-up' }, /ended the connection instead of an answer/],
]

test.each(doors.flatMap((door) => words.map(([fault, said]) => [door, fault, said] as const)))(
  '%s: %o is proven unsent, and names the proxy',
  async (door, fault, said) => {
    const { server, host, line } = await krea()
    const proxy = await connectProxy()
    proxy.fail(fault)
    const error = await failure(line(by(proxy.way()))[door](submit('i')))
    expect(error.isUnsent).toBe(true)
    expect(error.message).toMatch(said)
    expect(error.message).toContain(`${host} cannot be reached. The proxy 127.0.0.1:${proxy.port} `)
    expect(error.message).toMatch(/ Nothing was sent\.$/)
    expect(server.record.requests).toEqual([])
    expect(proxy.connects).toHaveLength(1)
  },
)

test.each(doors)(
  '%s: a proxy that never answers, or opens a tunnel to nowhere: proven unsent',
  async (door) => {
    const { server, line } = await krea()
    const proxy = await connectProxy()
    for (const kind of ['silent', 'hollow'] as const) {
      proxy.fail({ kind })
      const error = await failure(line(by(proxy.way()), { limits: { connectMs: 150 } })[door](submit('i')))
      expect([kind, error.isUnsent]).toEqual([kind, true])
    }
    expect(server.record.requests).toEqual([])
    expect(proxy.connects).toHaveLength(2)
  },
)

test.each(doors)('%s: no proxy listens: proven unsent', async (door) => {
  const { line } = await krea()
  const error = await failure(line(by(await closedProxy()))[door](submit('i')))
  expect(error.isUnsent).toBe(true)
  expect(error.message).toMatch(
    /The proxy 127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)\. Nothing was sent\.$/,
  )
})

test.each(doors)(
  '%s: a certificate that nobody vouches for, behind the proxy: proven unsent',
  async (door) => {
    const { server, line } = await krea()
    const proxy = await connectProxy()
    const other = createCertificate().cert
    const error = await failure(line(by(proxy.way()), { ca: [other] })[door](submit('i')))
    expect(error.isUnsent).toBe(true)
    expect(error.message).toMatch(/nobody this computer trusts vouches for its certificate.*Nothing was sent/)
    expect(server.record.requests).toEqual([])
  },
)

test('a submit cut after the first byte of the request may have been sent, and is not sent again', async () => {
  const { server, line } = await krea()
  const proxy = await connectProxy()
  proxy.fail({ kind: 'cut', afterBytes: 1 })
  const error = await failure(line(by(proxy.way())).submit(submit('i')))
  expect(error.isUnsent).toBe(false)
  expect(proxy.connects).toHaveLength(1)
  expect(server.bill.posts().get('i') ?? 0).toBe(0)
})

test('a submit cut after its last byte: one POST, which the platform has taken', async () => {
  const { server, line } = await krea()
  const proxy = await connectProxy()
  const { submit: post } = line(by(proxy.way()))
  await post(submit('1'))
  const whole = proxy.connects[0]?.requestBytes ?? 0
  expect(whole).toBeGreaterThan(200)
  proxy.fail({ kind: 'cut', afterBytes: whole })
  const error = await failure(post(submit('2')))
  expect(error.isUnsent).toBe(false)
  expect(proxy.connects.map(({ requestBytes }) => requestBytes)).toEqual([whole, whole])
  await expect.poll(() => server.bill.posts().get('2')).toBe(1)
})

test('credentials: taken when right, and in no error when wrong', async () => {
  const { server, line } = await krea()
  const proxy = await connectProxy({ login: 'me:right:word' })
  expect((await line(by(proxy.way('me:right:word'))).submit(submit('a'))).status).toBe(200)
  for (const door of doors) {
    const error = await failure(line(by(proxy.way('me:wrong-word')))[door](submit('b')))
    expect(error.message).toContain('did not take the user name and password that HTTPS_PROXY gives')
    const shown =
      inspect(error, { depth: 12, showHidden: true }) + JSON.stringify(error) + (error.stack ?? '')
    expect(shown).not.toMatch(new RegExp(`wrong-word|${Buffer.from('me:wrong-word').toString('base64')}`))
  }
  expect(server.record.requests).toHaveLength(1)
})

test('what names the proxy cannot be read: proven unsent', async () => {
  const { server, line } = await krea()
  const broken: ProxyFor = async () => {
    throw new Error('no answer')
  }
  for (const door of doors) expect((await failure(line(broken)[door](submit('i')))).isUnsent).toBe(true)
  expect(server.record.requests).toEqual([])
})
