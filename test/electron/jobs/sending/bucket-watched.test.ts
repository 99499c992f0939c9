import { expect, test } from 'vitest'
import { bucketJobs } from '../../../support/bucket-jobs'
import { turns } from '../../../support/engine-clock'
import { until } from '../../../support/until'

const hour = 3_600_000

/** A job whose answer was lost, and that the user has given up. */
async function givenUp() {
  const scene = await bucketJobs()
  const session = scene.start()
  scene.uniall.fates.push({ takes: true, answer: 'cut' })
  const id = await session.make('a')
  await session.reaches(id, 'unknown')
  session.commands.resolve(id, { kind: 'give-up' })
  await turns(30)
  return { ...scene, ...session, id }
}

test('given up, its picture stays as long as the platform may fetch it late, and goes afterwards', async () => {
  const { state, id, store, engine, clock, rows } = await givenUp()
  const submitted = clock.now()
  for (const hours of [0, 1, 47, 47.9]) {
    clock.set(submitted + hours * hour)
    await engine.bucket.sweep()
    expect([state(id), store.names().length]).toEqual(['given-up', 1])
  }
  clock.set(submitted + 48.1 * hour)
  await engine.bucket.sweep()
  expect([store.names(), rows()]).toEqual([[], []])
})

test('it goes when another job ends after that time, or at the next start', async () => {
  const { make, reaches, end, store, clock, rows } = await givenUp()
  const other = await make('b', 'krea')
  await reaches(other, 'running')
  clock.set(clock.now() + 49 * hour)
  await end(other)
  await until(() => expect([store.names(), rows()]).toEqual([[], []]))

  const again = await givenUp()
  again.stop()
  again.clock.set(again.clock.now() + 49 * hour)
  const next = again.start()
  await until(() => expect([again.store.names(), next.rows()]).toEqual([[], []]))
})

test('finished without a link, its picture stays until the clip is here', async () => {
  const { start, store, uniall } = await bucketJobs()
  const { make, reaches, passes, row, engine, end } = start()
  const id = await make('a')
  await reaches(id, 'running')
  const remoteId = row(id).remoteId ?? ''
  uniall.finish(remoteId, { url: null })
  await passes(id, 'undelivered')
  await engine.bucket.sweep()
  expect(store.names()).toHaveLength(1)
  await end(id)
  await until(() => expect(store.names()).toEqual([]))
})
