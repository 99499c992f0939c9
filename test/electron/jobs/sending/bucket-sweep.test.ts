import { expect, test } from 'vitest'
import { createBucketStore, isDelivered } from '../../../../electron/jobs/sending/bucket-store'
import type { JobRow } from '../../../../electron/jobs/job-row'
import { jobStates } from '../../../../shared/job'
import { denied, unavailable } from '../../../platforms/s3/s3-faults'
import { bucketJobs } from '../../../support/bucket-jobs'
import { bucketDeskScene, bucketStore } from '../../../support/bucket-world'
import { turns } from '../../../support/engine-clock'
import { until } from '../../../support/until'

test('a deletion that is refused is tried again when another job ends, and at the next start', async () => {
  const { start, store, logged } = await bucketJobs()
  const first = start()
  const [one, two] = [await first.make('a'), await first.make('b', 'krea')]
  for (const id of [one, two]) await first.reaches(id, 'running')
  const { faults } = store.server
  faults.add(denied, { method: 'DELETE', times: Infinity })
  await first.end(one)
  await until(() => expect(logged.at(-1)).toMatch(/deleting from the bucket: .*may not delete/))
  expect(store.names()).toHaveLength(2)
  faults.clear()
  faults.add(unavailable, { method: 'DELETE', times: Infinity })
  await first.end(two)
  await until(() => expect(logged.at(-1)).toMatch(/cannot delete the file just now/))
  await turns()
  expect([store.names().length, first.rows().length]).toEqual([2, 2])
  faults.clear()
  first.stop()
  const second = start()
  await until(() => expect([store.names(), second.rows()]).toEqual([[], []]))
})

test('moved to another bucket: new jobs use it, and the old object goes with the old keys', async () => {
  const { start, store, bucket, clock, uniall, firstOf } = await bucketJobs()
  const { make, reaches, end, rows } = start()
  const one = await make('a')
  await reaches(one, 'running')
  const other = await bucketStore(clock.now, {
    accessKeyId: 'OTHERKEYID0000000001',
    secretAccessKey: 'other/secret',
  })
  await bucket.desk.connect(other.settings, other.keys, false)
  const two = await make('b')
  await reaches(two, 'running')
  expect(new URL(firstOf(uniall, 1)).origin).toBe(other.server.origin)
  for (const id of [one, two]) await end(id)
  await until(() => expect([store.names(), other.names(), rows()]).toEqual([[], [], []]))
  expect(store.server.deletions()).toHaveLength(1 + 1)
})

test('the bucket is taken away while a job runs: its object is still deleted when the job ends', async () => {
  const { start, store, bucket } = await bucketJobs()
  const session = start()
  const id = await session.make('a')
  await session.reaches(id, 'running')
  bucket.needed.isStillNeeded = (print) => session.engine.bucket.keyPrints().has(print)
  expect(bucket.desk.remove()).toEqual({ settings: null, key: { kind: 'none' } })
  expect(session.engine.bucket.isConnected()).toBe(false)
  await session.end(id)
  await until(() => expect([store.names(), session.rows()]).toEqual([[], []]))
})

test('keys that cannot be read now are no reason to forget what lies there', async () => {
  const { start, store, bucket, world, clock } = await bucketJobs()
  const first = start()
  const id = await first.make('a')
  await first.reaches(id, 'running')
  store.server.faults.add(denied, { method: 'DELETE', times: Infinity })
  await first.end(id)
  await until(() => expect(store.server.record.requests.at(-1)?.status).toBe(403))
  store.server.faults.clear()
  first.stop()
  bucket.computer.system.lock()
  world.buckets = bucketDeskScene(clock.now, bucket.computer).desk
  const second = start()
  await turns()
  expect(second.rows()).toHaveLength(1)
  second.stop()
  bucket.computer.system.unlock()
  const again = bucketDeskScene(clock.now, bucket.computer)
  again.saved.settings = store.settings
  world.buckets = again.desk
  const third = start()
  await until(() => expect([store.names(), third.rows()]).toEqual([[], []]))
})

test('keys that stay away for a month: nobody can delete it, and it is no longer tried', async () => {
  const { start, bucket, clock } = await bucketJobs()
  const { make, reaches, rows, end, engine } = start()
  const id = await make('a')
  await reaches(id, 'running')
  bucket.desk.remove()
  await end(id)
  expect(rows()).toHaveLength(1)
  clock.set(clock.now() + 31 * 86_400_000)
  await engine.bucket.sweep()
  expect(rows()).toEqual([])
})

test('a damaged row keeps nothing else from being deleted, and is told', async () => {
  const { start, store, logged } = await bucketJobs()
  const { make, reaches, rows, end, db } = start()
  const damage = db.prepare(
    "insert into bucket_objects (name, settings, key_print, provider, file, made_at) values (?, ?, 'p', 'krea', 'f', 0)",
  )
  damage.run('inbetween/x.png', '{"endpoint":')
  damage.run('inbetween/y.png', '{"endpoint":"nowhere"}')
  const id = await make('a')
  await reaches(id, 'running')
  await end(id)
  await until(() => expect(store.names()).toEqual([]))
  expect(rows().every(({ provider }) => provider === 'krea')).toBe(true)
  expect(logged.filter((line) => !line.startsWith('deleting from the bucket'))).toEqual([])
})

test.each(Array.from({ length: 12 }, (_, n) => n))(
  'a sweep asked for %i turns after another began is not lost',
  async (wait) => {
    const { start, bucket } = await bucketJobs()
    const { db } = start()
    let looks = 0
    const unfinished = (): readonly JobRow[] => {
      looks += 1
      return []
    }
    db.prepare(
      "insert into bucket_objects (name, settings, key_print, provider, file, made_at) values ('n', '{}', 'p', 'krea', 'f', 0)",
    ).run()
    const store = createBucketStore({
      db,
      buckets: bucket.desk,
      table: { unfinished, watched: () => [] },
      now: () => 0,
      uptime: () => 0,
      logError: () => undefined,
    })
    void store.sweep()
    for (let n = 0; n < wait; n += 1) await Promise.resolve()
    const before = looks
    await store.sweep()
    await turns()
    expect(looks).toBeGreaterThan(before)
  },
)

test('from the download on a platform has no more use for pictures', () => {
  expect(jobStates.filter(isDelivered).toSorted()).toEqual(
    ['downloading', 'done', 'failed', 'refused', 'cancelled', 'expired', 'given-up'].toSorted(),
  )
})
