import { expect, test } from 'vitest'
import { empty } from '../../platforms/answer'
import { clipOf, downloading, failure, sha256 } from './downloading'
import { secureHost } from './secure-host'

const redirect = (status: number, location?: string) => ({
  kind: 'answer' as const,
  answer: { ...empty(status), headers: location === undefined ? {} : { location } },
})

test.each([301, 302, 303, 307, 308])('%i is followed to another host, with the range', async (status) => {
  const clip = clipOf(10_000)
  const first = await downloading(clip)
  const second = await downloading(clip)
  first.host.faults.add(redirect(status, second.host.link(second.id)))
  first.leave(clip.subarray(0, 6000))
  expect(await first.run(first.resume())).toMatchObject({ sha256: sha256(clip) })
  expect(second.record.hostRequests[0]?.headers).toMatchObject({
    range: 'bytes=6000-',
    'if-range': first.resume().validator,
  })
  expect([first.ranges(), second.ranges()]).toEqual([['bytes=6000-'], ['bytes=6000-']])
})

test('five redirects are followed, relative ones too, a sixth is not', async () => {
  const { run, host, id, ranges } = await downloading(clipOf(10_000))
  host.faults.add(redirect(302, new URL(host.link(id)).pathname), { times: 5 })
  expect(await run()).toMatchObject({ bytes: 10_000 })
  host.faults.add(redirect(302, host.link(id)), { times: 6 })
  expect((await failure(run())).kind).toBe('link')
  expect(ranges()).toHaveLength(12)
})

test.each([
  [undefined, 'link'],
  ['', 'link'],
  ['https://', 'link'],
  ['http://8.8.8.8/a.mp4', 'address'],
  ['https://10.0.0.1/a.mp4', 'address'],
  ['//169.254.169.254/a', 'address'],
  ['file:///etc/passwd', 'address'],
])('a redirect to %s is not followed', async (location, kind) => {
  const { run, host } = await downloading(clipOf(10_000))
  host.faults.add(redirect(302, location))
  expect((await failure(run())).kind).toBe(kind)
})

test('https stays https', async () => {
  const { host, ca } = await secureHost()
  const plain = await downloading(clipOf(10_000), {}, { policy: { allowHttpLoopback: true, ca } })
  const to = (address: string) => `https://localhost:${host.port}/to?${address}`
  expect(await plain.run(null, { url: to('/clip.mp4') })).toMatchObject({ bytes: 10_000 })
  expect((await failure(plain.run(null, { url: to(plain.host.link(plain.id)) }))).kind).toBe('address')
  expect(plain.record.hostRequests).toEqual([])
})

test('neither user names nor cookies travel', async () => {
  const { run, host, id, record } = await downloading(clipOf(10_000))
  const url = new URL(host.link(id))
  const answer = { ...empty(302), headers: { location: url.href, 'set-cookie': 'a=b' } }
  host.faults.add({ kind: 'answer', answer })
  url.username = 'user'
  url.password = 'word'
  await run(null, { url: url.href })
  expect(record.hostRequests).toHaveLength(2)
  expect(record.violations).toEqual([])
})
