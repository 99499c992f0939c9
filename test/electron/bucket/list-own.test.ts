import { expect, test } from 'vitest'
import type { Elsewhere } from '../../../electron/providers/provider'
import { Unreachable } from '../../../electron/providers/provider'
import { unavailable } from '../../platforms/s3/s3-faults'
import { codeOf, failureOf } from '../../support/failure'
import { bucketScene, picture } from './scene'

const hour = 3_600_000
const nameOf = (n: number) => `inbetween/${n.toString(16).padStart(32, '0')}.png`

/** How often a page was asked for. */
const asked = ({ sent }: Awaited<ReturnType<typeof bucketScene>>) =>
  sent.filter(({ url }) => url.includes('list-type=2')).length

test('our objects with their age, whoever put them, and nobody else’s', async () => {
  const { server, bucket } = await bucketScene()
  const name = bucket.newName('png')
  await bucket.put(name, picture, 'image/png')
  const foreign = [
    'a.png',
    'inbetween/holiday.png',
    'inbetween/<Key>&amp;.png',
    `inbetween/${'0'.repeat(31)}.png`,
    `inbetween/${'A'.repeat(32)}.png`,
    `inbetween/old/${'0'.repeat(32)}.png`,
    `x/${nameOf(1)}`,
    `${nameOf(2)}/x.png`,
  ]
  for (const other of foreign) server.add(other)
  server.clock.advance(hour)
  server.add(nameOf(9))
  expect(await bucket.list()).toEqual([
    { name, ageMs: hour },
    { name: nameOf(9), ageMs: 0 },
  ])
  expect(server.objects().size).toBe(foreign.length + 2)
  expect(server.record.violations).toEqual([])
})

test.each([
  [3, 2, 2],
  [4, 2, 2],
  [2500, 1000, 3],
])('%i objects on pages of %i', async (count, pageSize, pages) => {
  const scene = await bucketScene({ server: { pageSize } })
  const names = Array.from({ length: count }, (_, n) => nameOf(n))
  for (const name of names) scene.server.add(name)
  const listed = await scene.bucket.list()
  expect(listed.map(({ name }) => name)).toEqual(names)
  expect(asked(scene)).toBe(pages)
})

test.each([
  ['never end is left after a thousand', (page: number) => `t${page}`, 1000],
  ['repeat themselves is left at once', () => 't', 2],
] as const)('a store whose pages %s', async (_what, tokenOf, most) => {
  let pages = 0
  const send: Elsewhere = async () => {
    pages += 1
    const token = `<NextContinuationToken>${tokenOf(pages)}</NextContinuationToken>`
    const text = `<ListBucketResult><IsTruncated>true</IsTruncated>${token}</ListBucketResult>`
    return { status: 200, headers: {}, date: 0, text }
  }
  const { bucket } = await bucketScene({ deps: { send } })
  expect(await bucket.list()).toEqual([])
  expect(pages).toBe(most)
})

test.each([-14, 14])(
  'ages are the store’s, also when its clock is %i minutes ahead of ours',
  async (minutes) => {
    const { server, bucket } = await bucketScene({ server: { skewMs: minutes * 60_000 } })
    server.add(nameOf(1))
    server.clock.advance(hour)
    expect(await bucket.list()).toEqual([{ name: nameOf(1), ageMs: hour }])
  },
)

test('a store that lets any clock pass: ours, days ahead, makes nothing older', async () => {
  const noon = Date.UTC(2026, 10, 21, 12)
  const time = new Date(noon - hour).toISOString()
  const text = `<ListBucketResult><Contents><Key>${nameOf(1)}</Key><LastModified>${time}</LastModified></Contents></ListBucketResult>`
  const send: Elsewhere = async () => ({ status: 200, headers: {}, date: noon, text })
  const { bucket } = await bucketScene({ deps: { send, now: () => noon + 240 * hour } })
  expect(await bucket.list()).toEqual([{ name: nameOf(1), ageMs: hour }])
})

test('keys without the right are told which one', async () => {
  const { bucket, settings } = await bucketScene({ server: { mayList: () => false } })
  const error = await failureOf(() => bucket.list())
  expect(error.code).toBe('forbidden')
  expect(error.message).toBe(
    `These access keys may not list the bucket “${settings.bucket}”, so files that a lost database forgot stay there. Nothing else needs it; to have them deleted, allow listing inbetween/ (s3:ListBucket).`,
  )
  await bucket.test()
})

test.each([
  ['no list', { text: '<html></html>', date: 0 }],
  ['no time of its own', { text: '<ListBucketResult></ListBucketResult>', date: null }],
])('an answer with %s is not understood', async (_what, part) => {
  const { bucket } = await bucketScene({
    deps: { send: async () => ({ status: 200, headers: {}, ...part }) },
  })
  expect(await codeOf(() => bucket.list())).toBe('unknown-answer')
})

test('busy, or not there', async () => {
  const { server, bucket } = await bucketScene({ server: { pageSize: 1 } })
  server.faults.add(unavailable)
  expect(await codeOf(() => bucket.list())).toBe('provider-down')
  server.faults.add({ kind: 'cut', acted: false })
  await expect(bucket.list()).rejects.toThrow(Unreachable)
})

test('virtual-host style: the bucket itself is asked', async () => {
  const urls: string[] = []
  const send: Elsewhere = async ({ url }) => {
    urls.push(url)
    return { status: 200, headers: {}, date: 0, text: '<ListBucketResult></ListBucketResult>' }
  }
  const settings = { endpoint: 'https://s3.practice.test', pathStyle: false }
  const { bucket } = await bucketScene({ settings, deps: { send } })
  await bucket.list()
  expect(urls).toEqual([
    'https://practice-pictures.s3.practice.test/?list-type=2&prefix=inbetween%2F&max-keys=1000',
  ])
})
