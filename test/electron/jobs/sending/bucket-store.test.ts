import { expect, test } from 'vitest'
import type { Buckets } from '../../../../electron/bucket/bucket-desk'
import { denied, unavailable } from '../../../platforms/s3/s3-faults'
import { bucketJobs, bucketStill } from '../../../support/bucket-jobs'
import { turns } from '../../../support/engine-clock'
import { sha256Of } from '../../../support/samples'
import { until } from '../../../support/until'

/** The buckets, where each put goes through `how`. */
function holdPuts(buckets: Buckets, how: (put: () => Promise<void>) => Promise<void>): Buckets {
  const current = () => {
    const open = buckets.current()
    return open && { ...open, put: (...all: Parameters<typeof open.put>) => how(() => open.put(...all)) }
  }
  return { ...buckets, current }
}

test('a picture lies in the bucket behind a link that opens it, and is gone when the job has its clip', async () => {
  const { start, store, uniall, firstOf } = await bucketJobs()
  const { make, reaches, rows, links, end } = start()
  const id = await make('a')
  await reaches(id, 'running')
  expect(store.names()).toHaveLength(1)
  expect(rows()).toMatchObject([{ name: store.names()[0], provider: 'uniall', file: bucketStill }])
  expect(JSON.stringify(rows())).not.toContain(store.keys.secret)
  const opened = await fetch(firstOf(uniall, 0))
  expect(sha256Of(new Uint8Array(await opened.arrayBuffer()))).toBe(bucketStill)
  await end(id)
  await until(() => expect([store.names(), rows(), links()]).toEqual([[], [], 0]))
})

test('two jobs of one provider share one object; it goes with the last of them', async () => {
  const { start, store, uniall, firstOf } = await bucketJobs()
  const { make, reaches, rows, end } = start()
  const ids = [await make('a'), await make('b')]
  for (const id of ids) await reaches(id, 'running')
  const later = await make('c')
  await reaches(later, 'running')
  expect(firstOf(uniall, 2)).toBe(firstOf(uniall, 1))
  for (const id of ids) await end(id)
  await turns()
  expect((await fetch(firstOf(uniall, 2))).status).toBe(200)
  await end(later)
  await until(() => expect([store.names(), rows()]).toEqual([[], []]))
})

test('two providers have an object each, and the end of one takes nothing from the other', async () => {
  const { start, store, krea, firstOf } = await bucketJobs()
  const { make, reaches, rows, end } = start()
  const [one, other] = [await make('a', 'uniall'), await make('a', 'krea')]
  for (const id of [one, other]) await reaches(id, 'running')
  expect(store.names()).toHaveLength(2)
  await end(one)
  await until(() => expect(store.names()).toHaveLength(1))
  expect((await fetch(firstOf(krea, 0))).status).toBe(200)
  await end(other)
  await until(() => expect([store.names(), rows()]).toEqual([[], []]))
})

test.each(['before', 'after'] as const)(
  'killed %s the store has the object: it is handed over again, and in the end nothing is left',
  async (moment) => {
    const { start, store, world, bucket } = await bucketJobs()
    const never = new Promise<never>(() => undefined)
    world.buckets = holdPuts(bucket.desk, async (put) => {
      if (moment === 'after') await put()
      return never
    })
    const first = start()
    const id = await first.make('a')
    await until(() => expect(first.rows()).toHaveLength(1))
    await until(() => expect(store.names()).toHaveLength(moment === 'after' ? 1 : 0))
    first.crash()
    world.buckets = bucket.desk
    const second = start()
    expect(second.state(id)).toBe('waiting')
    second.engine.setPaused(false)
    await second.passes(id, 'running')
    expect(second.rows()).toHaveLength(2)
    await second.end(id)
    await until(() => expect([store.names(), second.rows()]).toEqual([[], []]))
  },
)

test('ended while the picture is on its way: it is handed over again, and in the end nothing is left', async () => {
  const { start, store } = await bucketJobs()
  const first = start()
  const answered = Promise.withResolvers<void>()
  store.server.faults.add({ kind: 'slow', until: answered.promise }, { method: 'PUT' })
  const id = await first.make('a')
  await until(() => expect(store.names()).toHaveLength(1))
  first.stop()
  answered.resolve()
  await turns(30)
  const second = start()
  second.engine.setPaused(false)
  await second.passes(id, 'running')
  await second.end(id)
  await until(() => expect([store.names(), second.rows()]).toEqual([[], []]))
})

test('called off while the picture is on its way: nothing stays there, and the next job gets a link that opens', async () => {
  const { start, store, uniall, firstOf } = await bucketJobs()
  const { make, commands, rows, links, reaches, state, end } = start()
  const answered = Promise.withResolvers<void>()
  store.server.faults.add({ kind: 'slow', until: answered.promise }, { method: 'PUT' })
  const id = await make('a')
  await until(() => expect(store.names()).toHaveLength(1))
  commands.cancel(id)
  await turns(30)
  expect(state(id)).toBe('cancelled')
  answered.resolve()
  await until(() => expect([store.names(), rows(), links()]).toEqual([[], [], 0]))
  const next = await make('b')
  await reaches(next, 'running')
  expect((await fetch(firstOf(uniall, 0))).status).toBe(200)
  await end(next)
})

test('called off before the store has it: what arrives later is deleted all the same', async () => {
  const { start, store, world } = await bucketJobs()
  const gate = Promise.withResolvers<void>()
  world.buckets = holdPuts(world.buckets, async (put) => {
    await gate.promise
    await put()
  })
  const { make, commands, rows } = start()
  const id = await make('a')
  await until(() => expect(rows()).toHaveLength(1))
  commands.cancel(id)
  await turns(30)
  gate.resolve()
  await until(() => expect(store.server.deletions().length).toBeGreaterThan(1))
  await until(() => expect([store.names(), rows()]).toEqual([[], []]))
})

test('a store that asks for patience fails no job: it waits and is tried again', async () => {
  const { start, store, uniall } = await bucketJobs()
  const { make, passes, row } = start()
  store.server.faults.add(unavailable, { method: 'PUT' })
  const id = await make('a')
  await passes(id, 'running')
  expect([row(id).attempts, uniall.accepted.length]).toEqual([1, 1])
})

test('a store that does not answer is told as the bucket, and holds up nobody who needs it not', async () => {
  const { start, store, uniall } = await bucketJobs()
  const { make, create, engine, db, commands, reaches, passes } = start()
  const at = await make('a')
  await reaches(at, 'running')
  store.server.faults.add(unavailable, { method: 'PUT', times: Infinity })
  db.exec('delete from handed_over')
  const id = await make('b')
  const waitOf = (of: string) => commands.list().find((job) => job.id === of)?.wait
  await until(() => expect(waitOf(id)).toMatchObject({ kind: 'bucket' }))
  expect(engine.health.of('uniall')).toEqual({ kind: 'ok' })
  const without = await create({ prompt: 'no picture' }, 'uniall')
  await reaches(without, 'running')
  store.server.faults.clear()
  await passes(id, 'running')
  expect(uniall.count('POST submit')).toBe(3)
})

test('a store that refuses fails the job in words of the bucket, and marks no key of the platform', async () => {
  const { start, store, refused, uniall } = await bucketJobs()
  const { make, reaches, row } = start()
  store.server.faults.add(denied, { method: 'PUT' })
  const id = await make('a')
  await reaches(id, 'failed')
  expect(row(id).error?.message).toMatch(/^Your bucket did not take a file\. .*s3:PutObject/)
  expect([[...refused], uniall.accepted]).toEqual([[], []])
})
