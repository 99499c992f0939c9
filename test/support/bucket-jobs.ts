import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { bucketDeskScene, bucketStore } from './bucket-world'
import { createTestClock } from './engine-clock'
import { createPlatform } from './engine-platform'
import { engineScene } from './engine-scene'
import { png } from './pictures'
import { sha256Of } from './samples'

const picture = png(5, 5)

/** The id of the still that all jobs of the scene have as their first frame. */
export const bucketStill = sha256Of(picture)

/** The engine with two platforms that take pictures only from the user's bucket, which is connected. */
export async function bucketJobs() {
  const clock = createTestClock()
  const at = { hasNoList: true, fromBucket: true }
  const uniall = createPlatform(clock, { id: 'uniall', ...at })
  const krea = createPlatform(clock, { id: 'krea', ...at })
  const parts = await engineScene({ clock, uniall, krea })
  const store = await bucketStore(clock.now)
  const bucket = bucketDeskScene(clock.now)
  parts.world.buckets = bucket.desk
  await bucket.desk.connect(store.settings, store.keys, false)
  const path = parts.paths.still(bucketStill, 'png')
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, picture)
  parts.stills.put(
    { id: bucketStill, type: 'png', width: 5, height: 5, bytes: picture.length, name: 'a.png' },
    1,
  )
  const start = () => {
    const session = parts.start()
    for (const id of ['uniall', 'krea'] as const)
      session.engine.limits.set(id, { ...session.engine.limits.of(id), concurrency: 9 })
    return {
      ...session,
      make: (prompt: string, provider: 'uniall' | 'krea' = 'uniall') =>
        session.create({ prompt, slots: { first: bucketStill } }, provider),
      rows: () => session.db.prepare('select * from bucket_objects').all(),
      links: () => session.db.prepare('select * from handed_over').all().length,
      end: async (id: string) => {
        const platform = session.row(id).provider === 'krea' ? krea : uniall
        platform.finish(session.row(id).remoteId ?? '')
        await session.passes(id, 'done')
      },
    }
  }
  const firstOf = (platform: typeof krea, n: number) =>
    String(JSON.parse(platform.jobs[n]?.body ?? '{}').first)
  return { ...parts, uniall, krea, store, bucket, start, firstOf }
}
