import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import type { Recipe } from '../../../../shared/recipe-schema'
import { bucketDeskScene, bucketStore } from '../../../support/bucket-world'
import { createTestClock } from '../../../support/engine-clock'
import { createPlatform } from '../../../support/engine-platform'
import { engineScene, remoteRecipe } from '../../../support/engine-scene'
import { failureOf } from '../../../support/failure'
import { png } from '../../../support/pictures'
import { sampleClip, sha256Of } from '../../../support/samples'
import { until } from '../../../support/until'

const hour = 3_600_000
const one = png(5, 5)
const two = png(6, 6)
const [first, last] = [sha256Of(one), sha256Of(two)]

/** UniAll, which takes pictures only from a bucket, and Krea, which takes them itself. */
async function scene({ isConnected = true } = {}) {
  const clock = createTestClock()
  const uniall = createPlatform(clock, { id: 'uniall', hasNoList: true, fromBucket: true })
  const parts = await engineScene({ clock, uniall })
  const store = await bucketStore(clock.now)
  const bucket = bucketDeskScene(clock.now)
  parts.world.buckets = bucket.desk
  if (isConnected) await bucket.desk.connect(store.settings, store.keys, false)
  const put = (bytes: Buffer, type: 'png' | 'avif' = 'png') => {
    const id = sha256Of(bytes)
    const path = parts.paths.still(id, type)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
    parts.stills.put({ id, type, width: 5, height: 5, bytes: bytes.length, name: 'a' }, 1)
    return id
  }
  for (const bytes of [one, two]) put(bytes)
  const session = parts.start()
  for (const id of ['uniall', 'krea'] as const)
    session.engine.limits.set(id, { ...session.engine.limits.of(id), concurrency: 9 })
  const make = (change: Partial<Recipe>, provider: 'uniall' | 'krea' = 'uniall') =>
    session.create(change, provider)
  const puts = () => store.server.record.requests.filter(({ method }) => method === 'PUT').length
  const tests = puts()
  return { ...parts, ...session, uniall, store, bucket, put, make, puts: () => puts() - tests }
}

const body = (platform: { readonly jobs: readonly { readonly body: string }[] }, n = 0) =>
  JSON.parse(platform.jobs[n]?.body ?? '{}')

test('a pasted address goes as it was pasted, and nothing is uploaded', async () => {
  const { make, reaches, uniall, krea, puts } = await scene()
  const link = 'https://Pictures.Example:443/a%20b/../c.PNG?X=1&y=%2F#part'
  for (const [platform, id] of [
    [uniall, 'uniall'],
    [krea, 'krea'],
  ] as const) {
    await reaches(await make({ slots: { first }, links: { first: link } }, id), 'running')
    expect(body(platform).first).toBe(link)
  }
  expect([puts(), krea.count('POST still')]).toEqual([0, 0])
})

test('without a bucket a pasted address goes all the same; its picture need not even be there', async () => {
  const { make, reaches, uniall } = await scene({ isConnected: false })
  const link = 'https://pictures.example/c.png'
  await reaches(await make({ slots: { first: 'e'.repeat(64) }, links: { first: link } }), 'running')
  expect(body(uniall).first).toBe(link)
})

test('one pasted, one from the library: each goes its own way', async () => {
  const { make, reaches, uniall, puts } = await scene()
  const link = 'https://pictures.example/c.png'
  await reaches(await make({ slots: { first, last }, links: { last: link } }), 'running')
  expect(body(uniall).last).toBe(link)
  expect(await fetchedHash(body(uniall).first)).toBe(first)
  expect(puts()).toBe(1)
})

test('an address left over in a slot that has no picture is not sent', async () => {
  const { make, reaches, krea } = await scene()
  await reaches(
    await make({ slots: {}, links: { first: 'https://pictures.example/c.png' } }, 'krea'),
    'running',
  )
  expect(body(krea).first).toBeUndefined()
})

test.each([
  [23.9 * hour, 1],
  [24.1 * hour, 2],
])('after %d ms a presigned link is given out with at least a day left: %i uploads', async (age, count) => {
  const { make, reaches, clock, uniall, puts } = await scene()
  await reaches(await make({ prompt: 'a', slots: { first } }), 'running')
  clock.set(clock.now() + age)
  await reaches(await make({ prompt: 'b', slots: { first } }), 'running')
  expect(puts()).toBe(count)
  const link = new URL(body(uniall, 1).first)
  expect(await fetchedHash(link.href)).toBe(first)
  clock.set(clock.now() + 23.9 * hour)
  expect(await fetchedHash(link.href)).toBe(first)
})

test('two jobs at once with one picture: each has a link that opens, and nothing is left in the end', async () => {
  const { make, passes, reaches, row, uniall, store, db } = await scene()
  const ids = await Promise.all([
    make({ prompt: 'a', slots: { first } }),
    make({ prompt: 'b', slots: { first } }),
  ])
  for (const id of ids) await reaches(id, 'running')
  for (const n of [0, 1]) expect(await fetchedHash(body(uniall, n).first)).toBe(first)
  for (const id of ids) {
    uniall.finish(row(id).remoteId ?? '')
    await passes(id, 'done')
  }
  await until(() =>
    expect([store.names(), db.prepare('select * from bucket_objects').all()]).toEqual([[], []]),
  )
})

test('the bucket was taken away after Generate: nothing is sent, and it is said what to do', async () => {
  const { make, engine, bucket, reaches, row, uniall } = await scene()
  engine.setPaused(true)
  const id = await make({ slots: { first } })
  bucket.desk.remove()
  engine.setPaused(false)
  await reaches(id, 'failed')
  expect(row(id).error?.message).toMatch(/only from a public address.*Connect a bucket/)
  expect(uniall.requests).toEqual([])
})

test('at Generate it is refused at once when there is no bucket', async () => {
  const { commands, uniall } = await scene({ isConnected: false })
  const work = () => commands.create(remoteRecipe({ slots: { first } }), 'uniall', [])
  expect((await failureOf(work)).message).toMatch(/Connect a bucket of your own, or paste an https link/)
  expect(uniall.requests).toEqual([])
})

test('what is too large or of another type goes as a copy, once, and lies under the still’s own id', async () => {
  const { make, reaches, copies, put, krea } = await scene()
  const avif = put(Buffer.from('an AVIF'), 'avif')
  await reaches(await make({ prompt: 'a', slots: { first: avif } }, 'krea'), 'running')
  await reaches(await make({ prompt: 'b', slots: { first: avif } }, 'krea'), 'running')
  expect(copies).toEqual([{ maxBytes: 75e6, maxSide: 3840 }])
  expect(krea.requests.filter((request) => request.startsWith('POST still'))).toEqual([
    `POST still ${avif.slice(0, 4)}`,
  ])
})

test('inside the request a copy is small, and is made for each job: it is its own bytes', async () => {
  const { make, reaches, copies, put, krea } = await scene()
  Object.assign(krea.provider, { pictures: [{ way: 'inline', maxBytes: 4, types: ['jpeg'] }] })
  const id = put(Buffer.from('a large PNG'))
  await reaches(await make({ prompt: 'a', slots: { first: id } }, 'krea'), 'running')
  await reaches(await make({ prompt: 'b', slots: { first: id } }, 'krea'), 'running')
  expect(copies).toEqual([1, 2].map(() => ({ maxBytes: 4, maxSide: 1920 })))
})

test('the source clip lies in the bucket as an MP4, and is gone when its job ends', async () => {
  const { make, passes, row, reaches, uniall, store, clips, paths } = await scene()
  const content = 'bytes of a clip'
  const clip = sampleClip({ id: 'c'.repeat(20), file: 'clips/2026/11/c.mp4' }, content)
  clips.put(clip)
  mkdirSync(dirname(join(paths.root, clip.file)), { recursive: true })
  writeFileSync(join(paths.root, clip.file), content)
  const id = await make({ source: { clip: clip.id, use: 'extend' }, durationS: 8 })
  await reaches(id, 'running')
  const answer = await fetch(body(uniall).source)
  expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['video/mp4', content])
  uniall.finish(row(id).remoteId ?? '')
  await passes(id, 'done')
  await until(() => expect(store.names()).toEqual([]))
})

async function fetchedHash(url: string): Promise<string> {
  const answer = await fetch(url)
  return sha256Of(new Uint8Array(await answer.arrayBuffer()))
}
