import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createNetworkDesk, type NetworkSettings } from '../../../electron/network/network-desk'
import { ProxyFailure, type Proxy } from '../../../electron/network/proxy'
import { Redacted } from '../../../electron/keys/redacted'
import { createCertificate } from '../../platforms/certificate'
import { failureOf } from '../../support/failure'
import { temporaryFolder } from '../../support/folder'

const now = Date.UTC(2026, 10, 21, 12)

function scene(ways: () => readonly Proxy[] = () => [{ kind: 'direct' }], saved: NetworkSettings = {}) {
  const folder = temporaryFolder()
  const file = (name: string, content: string) => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }
  const settings = { ...saved }
  const asked: string[] = []
  const make = (caFileInUse: string | null) =>
    createNetworkDesk({
      get: () => settings,
      set: (change) => void Object.assign(settings, change),
      caFileInUse,
      proxyFor: async (origin) => {
        asked.push(origin)
        return ways()
      },
      pickCaFile: async () => '/ca.pem',
      now: () => now,
    })
  return { folder, file, settings, asked, make }
}

test('without any setting: the proxy of the environment or the system, Node’s own authorities', async () => {
  const { make, asked } = scene()
  expect(await make(null).status()).toEqual({
    proxy: 'auto',
    caFile: null,
    needsRestart: false,
    now: 'Direct connection',
  })
  expect(asked).toEqual([expect.stringMatching(/^https:\/\//)])
})

const shown: readonly (readonly [readonly Proxy[], RegExp])[] = [
  [[], /^Direct connection$/],
  [[{ kind: 'http', host: 'proxy.example', port: 3128 }], /^Through the proxy proxy\.example:3128$/],
  [[{ kind: 'https', host: '::1', port: 8080 }, { kind: 'direct' }], /^Through the proxy \[::1\]:8080$/],
  [[{ kind: 'unsupported', name: 'SOCKS4' }], /not supported.*SOCKS4/],
]

test.each(shown)('what applies now is said: %j', async (ways, said) => {
  expect(
    (
      await scene(() => ways)
        .make(null)
        .status()
    ).now,
  ).toMatch(said)
})

test('a proxy’s password is not said', async () => {
  const way = { kind: 'http', host: 'proxy.example', port: 1, login: new Redacted('me:hunter2') } as const
  expect(
    JSON.stringify(
      await scene(() => [way])
        .make(null)
        .status(),
    ),
  ).not.toContain('hunter2')
})

test('a setting that cannot be read is said in its own words', async () => {
  const fails = () => {
    throw new ProxyFailure('HTTPS_PROXY cannot be read.', false)
  }
  expect((await scene(fails).make(null).status()).now).toBe('HTTPS_PROXY cannot be read.')
})

test('a file with certificates is saved, and counts from the next start on', async () => {
  const { file, make, settings } = scene()
  const caFile = file('ca.pem', createCertificate().cert)
  const desk = make(null)
  expect(await desk.set({ proxy: 'none', caFile })).toMatchObject({
    proxy: 'none',
    caFile,
    needsRestart: true,
  })
  expect(settings).toEqual({ proxy: 'none', caFile })
  expect((await make(caFile).status()).needsRestart).toBe(false)
  expect(await desk.set({ proxy: 'none', caFile: null })).toMatchObject({ caFile: null, needsRestart: false })
  expect((await make(caFile).status()).needsRestart).toBe(true)
})

test.each(['no certificate here', '', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'])(
  'a file that holds %j is refused, and everything is as it was',
  async (content) => {
    const { file, make, settings } = scene(undefined, { proxy: 'auto', caFile: null })
    const failure = await failureOf(() => make(null).set({ proxy: 'none', caFile: file('ca.pem', content) }))
    expect([failure.code, settings]).toEqual(['unreadable', { proxy: 'auto', caFile: null }])
    expect(failure.message).toContain('ca.pem')
  },
)

test('a file that is gone, or is a folder, is refused as well', async () => {
  const { folder, make, settings } = scene()
  const codes = [join(folder, 'gone.pem'), folder].map(async (caFile) => {
    return (await failureOf(() => make(null).set({ proxy: 'auto', caFile }))).code
  })
  expect([await Promise.all(codes), settings]).toEqual([['not-found', 'is-folder'], {}])
})

test('the way is asked for each time: networks change', async () => {
  let ways: readonly Proxy[] = [{ kind: 'direct' }]
  const desk = scene(() => ways).make(null)
  await desk.status()
  ways = [{ kind: 'socks5', host: 'proxy.example', port: 1080 }]
  expect((await desk.status()).now).toBe('Through the proxy proxy.example:1080')
})
