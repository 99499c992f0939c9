import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { bucketDeskScene, bucketStore } from '../../../support/bucket-world'
import { createTestClock } from '../../../support/engine-clock'
import { createPlatform } from '../../../support/engine-platform'
import { engineScene } from '../../../support/engine-scene'
import { png } from '../../../support/pictures'
import { sha256Of } from '../../../support/samples'

test('after a restore no paid request goes out with a link to an object that is gone', async () => {
  const clock = createTestClock()
  const krea = createPlatform(clock, { fromBucket: true })
  const { start, stills, paths, world, snapshot, restore } = await engineScene({ clock, krea })
  const store = await bucketStore(clock.now)
  const bucket = bucketDeskScene(clock.now)
  world.buckets = bucket.desk
  await bucket.desk.connect(store.settings, store.keys, false)
  const picture = png(5, 5)
  const still = sha256Of(picture)
  mkdirSync(dirname(paths.still(still, 'png')), { recursive: true })
  writeFileSync(paths.still(still, 'png'), picture)
  stills.put({ id: still, type: 'png', width: 5, height: 5, bytes: picture.length, name: 'a.png' }, 1)
  const linkOf = (n: number) => new URL(JSON.parse(krea.jobs[n]?.body ?? '{}').first).pathname

  const before = start()
  const id = await before.create({ slots: { first: still } })
  await before.reaches(id, 'running')
  const older = snapshot(before.db, 'older')
  krea.finish(before.row(id).remoteId ?? '')
  await before.passes(id, 'done')
  expect(store.names()).toEqual([])
  before.stop()

  restore(older)
  const after = start({ isRestored: true })
  after.engine.setPaused(false)
  const next = await after.create({ prompt: 'another', slots: { first: still } })
  await after.reaches(next, 'running')
  expect(linkOf(1)).not.toBe(linkOf(0))
  expect(store.names().map((name) => linkOf(1).endsWith(`/${name}`))).toEqual([true])
})
