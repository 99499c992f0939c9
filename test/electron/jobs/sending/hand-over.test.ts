import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { engineScene } from '../../../support/engine-scene'
import { png } from '../../../support/pictures'
import { sha256Of } from '../../../support/samples'

const hour = 3_600_000
const picture = png(5, 5)
const still = sha256Of(picture)
const name = still.slice(0, 4)

async function withStill() {
  const scene = await engineScene()
  const path = scene.paths.still(still, 'png')
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, picture)
  scene.stills.put({ id: still, type: 'png', width: 5, height: 5, bytes: picture.length, name: 'a.png' }, 1)
  const session = scene.start()
  session.engine.limits.set('krea', { ...session.engine.limits.of('krea'), concurrency: 9 })
  const create = (prompt: string) => session.create({ prompt, slots: { first: still } })
  const uploads = () => scene.krea.count('POST still')
  return { ...scene, ...session, create, uploads }
}

test('a picture is handed over once, and its address goes into every body', async () => {
  const { create, uploads, krea, reaches } = await withStill()
  await reaches(await create('a'), 'running')
  await reaches(await create('b'), 'running')
  expect(uploads()).toBe(1)
  expect(krea.jobs.map(({ body }) => JSON.parse(body).first)).toEqual(
    Array(2).fill(`https://platform.example/${name}`),
  )
})

test.each([
  [2 * hour, 1.8 * hour, 2],
  [2 * hour, 1.7 * hour, 1],
  [null, 23.8 * hour, 2],
  [null, 23.7 * hour, 1],
])(
  'kept for %s ms, after %s ms there were %s uploads: a link must outlast the queue',
  async (life, after, count) => {
    const { create, uploads, krea, clock, reaches } = await withStill()
    krea.setStillExpiry(life === null ? null : clock.now() + life)
    await reaches(await create('a'), 'running')
    clock.set(clock.now() + after)
    await reaches(await create('b'), 'running')
    expect(uploads()).toBe(count)
  },
)

test('another key is another account: it gets a copy of its own', async () => {
  const { create, uploads, setKey, reaches } = await withStill()
  await reaches(await create('a'), 'running')
  setKey('krea', 'k2')
  await reaches(await create('b'), 'running')
  expect(uploads()).toBe(2)
})

test('no answer to an upload is nothing lost: it waits and is tried again', async () => {
  const { create, krea, passes, row, log } = await withStill()
  krea.failures.push('cut')
  const id = await create('a')
  await passes(id, 'running')
  expect([row(id).attempts, log().intents.length]).toEqual([1, 1])
})

test('a platform that could not use an address gets the picture anew the next time', async () => {
  const { create, krea, uploads, passes } = await withStill()
  const id = await create('a')
  await passes(id, 'running')
  krea.say('r1', { kind: 'failed', word: 'failed', message: 'bad image', blocked: false, billed: 'no' })
  await passes(id, 'failed')
  await passes(await create('b'), 'running')
  expect(uploads()).toBe(2)
})

test('a library whose disk is unplugged fails no job: it waits until the disk is back', async () => {
  const { create, clock, paths, commands, log, passes } = await withStill()
  renameSync(paths.inner, `${paths.inner}-away`)
  const ids = [await create('a'), await create('b')]
  await clock.advance(60_000)
  expect(commands.list().map(({ state, wait }) => `${state}: ${wait?.kind}`)).toEqual(
    Array<string>(2).fill('waiting: library'),
  )
  expect(log().intents).toEqual([])
  renameSync(`${paths.inner}-away`, paths.inner)
  for (const id of ids) await passes(id, 'running')
})
