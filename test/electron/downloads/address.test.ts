import type { LookupFunction } from 'node:net'
import { expect, test } from 'vitest'
import { clipOf, downloading, failure } from './downloading'
import { secureHost } from './secure-host'

/** Numbers in every notation a URL allows. */
test.each([
  'https://127.0.0.1/a.mp4',
  'https://127.1/a.mp4',
  'https://0x7f000001/a.mp4',
  'https://2130706433/a.mp4',
  'https://0/a.mp4',
  'https://10.0.0.1/a.mp4',
  'https://169.254.169.254/latest/meta-data',
  'https://[::1]/a.mp4',
  'https://[::ffff:127.0.0.1]/a.mp4',
  'https://[fd00::1]/a.mp4',
  'https://localhost/a.mp4',
  'https://user:word@192.168.1.1/a.mp4',
  'http://127.0.0.1/a.mp4',
  'http://8.8.8.8/a.mp4',
  'ftp://8.8.8.8/a.mp4',
  'file:///etc/passwd',
  'data:video/mp4,abc',
])('%s is refused where loopback is not allowed', async (url) => {
  const { run } = await downloading(clipOf(10_000), {}, { policy: { allowHttpLoopback: false } })
  expect((await failure(run(null, { url }))).kind).toBe('address')
})

test.each([
  'http://8.8.8.8/a.mp4',
  'http://10.0.0.1/a.mp4',
  'http://198.18.0.1/a.mp4',
  'https://10.0.0.1/a.mp4',
])('%s is refused where loopback is allowed', async (url) => {
  const { run } = await downloading(clipOf(10_000))
  expect((await failure(run(null, { url }))).kind).toBe('address')
})

test.each(['', 'no address', 'https://', '/clip.mp4'])('"%s" is no link', async (url) => {
  const { run } = await downloading(clipOf(10_000))
  expect((await failure(run(null, { url }))).kind).toBe('link')
})

/** A name server that gives these addresses. */
const names =
  (...addresses: string[]): LookupFunction =>
  (_name, options, callback) => {
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    if (options.all) callback(null, found)
    else callback(null, found[0]?.address ?? '', found[0]?.family)
  }

test.each([
  [['10.0.0.1']],
  [['127.0.0.1']],
  [['::1', '192.168.1.1']],
  [['fe80::1%lo']],
  [['::ffff:127.0.0.1']],
  [[]],
])('a name that leads to %j is refused at connect', async (addresses) => {
  const { host } = await secureHost()
  const { run } = await downloading(
    clipOf(10_000),
    {},
    {
      policy: { allowHttpLoopback: false },
      lookup: names(...addresses),
    },
  )
  const url = `https://clips.example.com:${host.port}/clip.mp4`
  expect((await failure(run(null, { url }))).kind).toBe('address')
  expect(host.connections()).toBe(0)
})

test('of several addresses only those allowed are connected to', async () => {
  const { host, ca } = await secureHost()
  const { run } = await downloading(
    clipOf(10_000),
    {},
    {
      policy: { allowHttpLoopback: true, ca },
      lookup: names('10.255.255.1', '127.0.0.1'),
    },
  )
  expect(await run(null, { url: `https://localhost:${host.port}/clip.mp4` })).toMatchObject({
    extension: '.mp4',
  })
})

test('the provider’s own host may be private, at its own port, over https', async () => {
  const { host, ca } = await secureHost()
  const allowedHosts = () => new Set([`localhost:${host.port}`])
  const policy = { allowHttpLoopback: false, ca, allowedHosts }
  const { run } = await downloading(clipOf(10_000), {}, { policy })
  expect(await run(null, { url: `https://localhost:${host.port}/clip.mp4` })).toMatchObject({
    extension: '.mp4',
  })
  expect((await failure(run(null, { url: `https://127.0.0.1:${host.port}/clip.mp4` }))).kind).toBe('address')
  expect((await failure(run(null, { url: `https://localhost:${host.port + 1}/` }))).kind).toBe('address')
  expect((await failure(run(null, { url: `http://localhost:${host.port}/` }))).kind).toBe('address')
})

test('a certificate that nobody vouches for is no connection', async () => {
  const { host } = await secureHost()
  const { run } = await downloading()
  expect((await failure(run(null, { url: `https://localhost:${host.port}/clip.mp4` }))).kind).toBe('network')
  expect(host.requests).toEqual([])
})
