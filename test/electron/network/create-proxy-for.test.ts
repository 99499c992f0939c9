import { expect, test } from 'vitest'
import { createProxyFor, type ProxyForDeps } from '../../../electron/network/create-proxy-for'

const direct = [{ kind: 'direct' }]
const named = (host: string) => [{ kind: 'http', host, port: 1 }]

function proxies(changes: Partial<ProxyForDeps> = {}) {
  const asked: string[] = []
  const clock = { now: 1_000_000 }
  const proxyFor = createProxyFor({
    setting: () => 'system',
    environment: {},
    system: async (origin) => {
      asked.push(origin)
      return 'PROXY system:1'
    },
    now: () => clock.now,
    ...changes,
  })
  return { proxyFor, asked, clock }
}

test.each<[string, Partial<ProxyForDeps>, readonly unknown[]]>([
  ['the system’s', {}, named('system')],
  ['the environment’s first', { environment: { HTTPS_PROXY: 'env:1' } }, named('env')],
  ['none by setting', { setting: () => 'none', environment: { HTTPS_PROXY: 'env:1' } }, direct],
  ['kept from the environment’s', { environment: { HTTPS_PROXY: 'env:1', no_proxy: 'krea.ai' } }, direct],
  ['kept from the system’s', { environment: { NO_PROXY: '*' } }, direct],
])('%s', async (_title, changes, expected) => {
  expect(await proxies(changes).proxyFor('https://api.krea.ai')).toEqual(expected)
})

test.each([
  'http://127.0.0.1:3000',
  'https://127.9.9.9',
  'https://[::1]:1',
  'https://localhost:1',
  'https://a.localhost',
])('%s is this computer: never through a proxy, unless a test wants it', async (origin) => {
  const environment = { HTTPS_PROXY: 'env:1', HTTP_PROXY: 'env:1' }
  expect(await proxies({ environment }).proxyFor(origin)).toEqual(direct)
  const { proxyFor } = proxies({ environment, includesLoopback: true })
  expect(await proxyFor(origin)).toEqual(named('env'))
})

test('a host that only looks like this computer goes through the proxy', async () => {
  expect(await proxies().proxyFor('https://localhost.example.com')).toEqual(named('system'))
})

test('an answer of the system is kept for half a minute, for each origin', async () => {
  const { proxyFor, asked, clock } = proxies()
  const [a, b] = ['https://a.example', 'https://b.example']
  await Promise.all([proxyFor(a), proxyFor(a), proxyFor(b)])
  expect(asked).toEqual([a, b])
  clock.now += 29_999
  await proxyFor(a)
  expect(asked).toHaveLength(2)
  clock.now += 1
  await proxyFor(a)
  expect(asked).toEqual([a, b, a])
  clock.now -= 3_600_000
  await proxyFor(a)
  expect(asked).toHaveLength(4)
})

test('a failure of the system is not kept', async () => {
  let answers = 0
  const { proxyFor } = proxies({
    system: async () => {
      answers += 1
      if (answers === 1) throw new Error('no answer')
      return 'DIRECT'
    },
  })
  await expect(proxyFor('https://a.example')).rejects.toThrow('no answer')
  expect(await proxyFor('https://a.example')).toEqual(direct)
})

test('the setting is asked each time', async () => {
  let setting: 'system' | 'none' = 'none'
  const { proxyFor } = proxies({ setting: () => setting })
  expect(await proxyFor('https://a.example')).toEqual(direct)
  setting = 'system'
  expect(await proxyFor('https://a.example')).toEqual(named('system'))
})

test('a proxy of the environment that cannot be read is a failure, not a way around it', async () => {
  const { proxyFor, asked } = proxies({ environment: { HTTPS_PROXY: 'http://p:99999' } })
  await expect(proxyFor('https://a.example')).rejects.toThrow('HTTPS_PROXY cannot be read')
  expect(asked).toEqual([])
})
