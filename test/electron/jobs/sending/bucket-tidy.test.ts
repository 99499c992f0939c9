import { expect, test } from 'vitest'
import { createBucketTidy } from '../../../../electron/jobs/sending/bucket-tidy'
import { denied, unavailable } from '../../../platforms/s3/s3-faults'
import type { S3Options } from '../../../platforms/s3/s3'
import { bucketJobs } from '../../../support/bucket-jobs'
import { bucketDeskScene, bucketStore } from '../../../support/bucket-world'
import { turns } from '../../../support/engine-clock'
import { noon } from '../../../support/samples'
import { until } from '../../../support/until'

const hour = 3_600_000
const day = 24 * hour
const nameOf = (n: number, extension = 'png') => `inbetween/${n.toString(16).padStart(32, '0')}.${extension}`

/** A tidy with a connected bucket; `known` are the names that rows have. `hours` moves all clocks on. */
async function tidyScene(options: S3Options = {}) {
  let at = noon
  const clock = { now: () => at, uptime: () => at - noon }
  const store = await bucketStore(clock.now, options)
  const { desk } = bucketDeskScene(clock.now)
  await desk.connect(store.settings, store.keys, false)
  const known = new Set<string>()
  const logged: string[] = []
  const restart = () =>
    createBucketTidy({
      buckets: desk,
      isKnown: (name) => known.has(name),
      lifetimeMs: 48 * hour,
      uptime: clock.uptime,
      logError: (what, error) => logged.push(`${what}: ${String(error)}`),
    })
  const lists = () => store.server.record.requests.filter(({ url }) => url.includes('list-type=2')).length
  return {
    store,
    desk,
    known,
    logged,
    restart,
    lists,
    tidy: restart(),
    add: (...names: readonly string[]) => names.forEach(store.server.add),
    hours: (count: number) => void (at += count * hour),
  }
}

test('an object of ours that no row knows goes when its link is dead, and nothing else goes', async () => {
  const { store, known, logged, tidy, add, hours } = await tidyScene()
  const kept = ['a.png', 'inbetween/holiday.png', `old/${nameOf(4)}`, nameOf(3)]
  add(nameOf(1), nameOf(2, 'txt'), ...kept)
  known.add(nameOf(3))
  hours(40)
  add(nameOf(5))
  hours(9.1)
  const [, , ...before] = store.names()
  await tidy()
  expect(store.names()).toEqual(before)
  expect(store.names()).toEqual([...kept, nameOf(5)])
  expect(logged).toEqual([])
})

test.each([
  [47, 1],
  [48.9, 1],
  [49.1, 0],
])(
  'after %s hours %i are left: a link ends 48 hours after an upload that took its time',
  async (age, left) => {
    const { store, tidy, add, hours } = await tidyScene()
    add(nameOf(1))
    hours(age)
    await tidy()
    expect(store.names()).toHaveLength(left)
  },
)

test('what a row came to know while the list was on its way stays', async () => {
  const { store, known, tidy, add, hours } = await tidyScene()
  add(nameOf(1), nameOf(2))
  hours(50)
  const answered = Promise.withResolvers<void>()
  store.server.faults.add({ kind: 'slow', until: answered.promise }, { method: 'GET' })
  const done = tidy()
  await until(() => expect(store.server.record.requests.at(-1)?.url).toContain('list-type=2'))
  known.add(nameOf(2))
  answered.resolve()
  await done
  expect(store.names()).toEqual([nameOf(2)])
})

test('more than a page, and all of them go', async () => {
  const { store, tidy, add, hours, lists } = await tidyScene({ pageSize: 10 })
  add(...Array.from({ length: 35 }, (_, n) => nameOf(n)))
  hours(50)
  await tidy()
  expect([store.names(), lists()]).toEqual([[], 1 + 3])
})

test('the bucket is listed once per start, and daily while running', async () => {
  const { restart, tidy, lists, hours } = await tidyScene()
  await Promise.all([tidy(), tidy()])
  await tidy()
  hours(23.9)
  await tidy()
  expect(lists()).toBe(1)
  hours(0.2)
  await tidy()
  expect(lists()).toBe(2)
  await restart()()
  expect(lists()).toBe(3)
})

test('another bucket is listed at once; without one nothing happens', async () => {
  const { desk, store, tidy, lists } = await tidyScene()
  await tidy()
  desk.remove()
  await tidy()
  const other = await bucketStore(store.server.clock.now, { bucket: 'another-bucket' })
  await desk.connect(other.settings, other.keys, false)
  await tidy()
  expect([
    lists(),
    other.server.record.requests.filter(({ url }) => url.includes('list-type')).length,
  ]).toEqual([1, 1])
})

test('keys without the right to list: logged once, asked daily, nothing deleted', async () => {
  let mayList = false
  const { store, logged, tidy, add, hours, lists } = await tidyScene({ mayList: () => mayList })
  add(nameOf(1))
  for (let days = 0; days < 3; days += 1) {
    hours(24.1)
    await tidy()
    await tidy()
  }
  expect([store.names().length, lists()]).toEqual([1, 3])
  expect(logged).toHaveLength(1)
  expect(logged[0]).toMatch(/^tidying the bucket: .*s3:ListBucket/)
  mayList = true
  hours(24.1)
  await tidy()
  expect(store.names()).toEqual([])
})

test('a store that does not answer is asked again after an hour; one that refuses a deletion, after a day', async () => {
  const { store, logged, tidy, add, hours, lists } = await tidyScene()
  add(nameOf(1), nameOf(2))
  hours(50)
  store.server.faults.add(unavailable, { method: 'GET' })
  store.server.faults.add({ kind: 'cut', acted: false }, { method: 'GET' })
  store.server.faults.add(denied, { method: 'DELETE' })
  for (let tries = 1; tries <= 3; tries += 1) {
    await tidy()
    hours(0.9)
    await tidy()
    expect(lists()).toBe(tries)
    hours(0.2)
  }
  expect(store.names()).toHaveLength(2)
  await tidy()
  expect(lists()).toBe(3)
  hours(24)
  await tidy()
  expect(store.names()).toEqual([])
  expect(logged).toHaveLength(3)
})

test('in the engine: engine.db is lost, and so in the end is what only it knew', async () => {
  const { start, store, clock, logged } = await bucketJobs()
  const first = start()
  const id = await first.make('a')
  await first.reaches(id, 'running')
  first.db.exec('delete from bucket_objects')
  await first.end(id)
  first.stop()
  clock.set(clock.now() + 48 * hour)
  const second = start()
  await until(() => expect(store.server.record.requests.at(-1)?.url).toContain('list-type=2'))
  await turns(30)
  expect(store.names()).toHaveLength(1)
  second.stop()
  clock.set(clock.now() + day)
  const third = start()
  await until(() => expect(store.names()).toEqual([]))
  expect([third.rows(), logged]).toEqual([[], []])
})

test('in the engine: keys without the right to list hurt no job', async () => {
  const { start, store, logged } = await bucketJobs()
  store.server.faults.add(denied, { method: 'GET', times: Infinity })
  const { make, reaches, end, rows } = start()
  await until(() => expect(logged).toHaveLength(1))
  const id = await make('a')
  await reaches(id, 'running')
  await end(id)
  await until(() => expect([store.names(), rows()]).toEqual([[], []]))
  expect(logged).toEqual([expect.stringMatching(/^tidying the bucket: /)])
})
