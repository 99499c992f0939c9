import type { LookupFunction } from 'node:net'
import { expect, test } from 'vitest'
import type { ProxyFault } from '../../platforms/connect-proxy'
import { by, connectProxy } from '../../support/proxies'
import { clipOf, downloading, failure } from './downloading'
import { secureHost } from './secure-host'

const noLookup: LookupFunction = () => {
  throw new Error('a name was looked up here')
}

/** A clip over TLS, a proxy on the way, and a downloader that takes it. */
async function scene({ allowHttpLoopback = true, allowed = [] as readonly string[] } = {}) {
  const { ca, host } = await secureHost()
  const proxy = await connectProxy({ login: 'me:word' })
  const policy = {
    allowHttpLoopback,
    allowedHosts: () => new Set(allowed.map((name) => `${name}:${host.port}`)),
    ca: [ca],
    proxyFor: by(proxy.way('me:word')),
  }
  const { run } = await downloading(clipOf(10_000), {}, { policy, lookup: noLookup })
  return { host, proxy, get: (url: string) => run(null, { url }) }
}

test('a clip comes through it, and the names are looked up there', async () => {
  const { host, proxy, get } = await scene()
  expect(await get(`https://127.0.0.1:${host.port}/clip.mp4`)).toMatchObject({
    bytes: 10_000,
    extension: '.mp4',
  })
  // The certificate is not for that name; what counts is who looked it up.
  expect((await failure(get('https://clips.invalid/a.mp4'))).kind).toBe('network')
  expect(proxy.connects.map(({ target }) => target)).toEqual([`127.0.0.1:${host.port}`, 'clips.invalid:443'])
})

test.each([
  'https://10.0.0.1/a.mp4',
  'https://2130706433/a.mp4',
  'https://169.254.169.254/latest/meta-data',
  'https://[::1]/a.mp4',
  'https://[::ffff:10.0.0.1]/a.mp4',
  'https://localhost/a.mp4',
  'https://localhost./a.mp4',
  'https://nas.local/a.mp4',
  'https://printer/a.mp4',
  'https://metadata.google.internal/a.mp4',
  'http://8.8.8.8/a.mp4',
])('%s is refused before the proxy hears of it', async (url) => {
  const { proxy, get } = await scene({ allowHttpLoopback: false })
  expect((await failure(get(url))).kind).toBe('address')
  expect(proxy.connects).toEqual([])
})

test('a redirect to a private address is refused there too', async () => {
  const { host, proxy, get } = await scene()
  expect((await failure(get(`https://127.0.0.1:${host.port}/to?https://10.0.0.1/a`))).kind).toBe('address')
  expect(proxy.connects).toHaveLength(1)
})

test('the provider’s own host may be private', async () => {
  const { host, get } = await scene({ allowHttpLoopback: false, allowed: ['localhost', '127.0.0.1'] })
  for (const name of ['localhost', '127.0.0.1']) {
    expect(await get(`https://${name}:${host.port}/clip.mp4`)).toMatchObject({ bytes: 10_000 })
  }
})

test.each<[ProxyFault, RegExp]>([
  [{ kind: 'answer', status: 403 }, /^The proxy .* does not let Inbetween connect/],
  [{ kind: 'wants', schemes: 'Basic' }, /did not take the user name and password/],
  [{ kind: 'hang-up' }, /ended the connection instead of an answer/],
  [{ kind: 'hollow' }, /./],
])('%o is trouble of the network, once', async (fault, said) => {
  const { host, proxy, get } = await scene()
  proxy.fail(fault)
  const error = await failure(get(`https://127.0.0.1:${host.port}/clip.mp4`))
  expect(error.kind).toBe('network')
  expect(error.message).toMatch(said)
  expect([host.requests, proxy.connects.length]).toEqual([[], 1])
})

test('a cut tunnel keeps nothing and is trouble of the network', async () => {
  const { host, proxy, get } = await scene()
  proxy.fail({ kind: 'cut', afterBytes: 1 })
  expect((await failure(get(`https://127.0.0.1:${host.port}/clip.mp4`))).kind).toBe('network')
  expect(host.requests).toEqual([])
})
