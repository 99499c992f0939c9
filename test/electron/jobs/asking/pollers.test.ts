import { expect, test } from 'vitest'
import { createTestClock } from '../../../support/engine-clock'
import { createPlatform } from '../../../support/engine-platform'
import { engineScene } from '../../../support/engine-scene'

const hour = 3_600_000
const window = 12 * hour

/** A submit that was cut before the platform had it, where the same again is harmless for twelve hours. */
async function lost(idempotentMs: number | null = window) {
  const clock = createTestClock()
  const bytespike = createPlatform(clock, { id: 'bytespike', hasNoList: true, finds: true, idempotentMs })
  const scene = await engineScene({ clock, bytespike })
  const session = scene.start()
  // An answer has told the platform's time.
  await session.desk.testKey('bytespike')
  bytespike.fates.push({ takes: false, answer: 'cut' })
  const id = await session.create({ prompt: 'a' }, 'bytespike')
  await session.reaches(id, 'unknown')
  return { ...scene, ...session, id, submits: () => bytespike.count('POST submit') }
}

test('each platform is asked by a poller of its own', async () => {
  const { engine } = (await engineScene()).start()
  expect(Object.keys(engine.pollers).toSorted()).toEqual(
    ['apiframe', 'bytespike', 'inferencesh', 'krea', 'uniall'].toSorted(),
  )
})

test('where nothing is there it goes again, once, as the same', async () => {
  const { clock, submits, id, reaches, row, bytespike } = await lost()
  await clock.advance(2000)
  await reaches(id, 'running')
  expect([submits(), row(id).attempts, bytespike.accepted.length]).toEqual([2, 2, 1])
})

const reasons = [
  ['the platform has no such ability', async () => lost(null)],
  [
    'the queue is paused',
    async () => {
      const scene = await lost()
      scene.engine.setPaused(true)
      return scene
    },
  ],
  [
    'the job is paused',
    async () => {
      const scene = await lost()
      scene.commands.setPaused(scene.id, true)
      return scene
    },
  ],
  [
    'the user no longer wants it',
    async () => {
      const scene = await lost()
      scene.commands.cancel(scene.id)
      return scene
    },
  ],
  [
    'another key is all there is',
    async () => {
      const scene = await lost()
      scene.setKey('bytespike', 'b2')
      scene.forgetKey('b1')
      return scene
    },
  ],
] as const

test.each(reasons)('nothing goes again: %s', async (_why, make) => {
  const { clock, submits, id, state, bytespike } = await make()
  await clock.advance(2 * hour)
  expect([submits(), state(id), bytespike.accepted]).toEqual([1, 'unknown', []])
})

test.each([
  [window - 1, 2],
  [window, 1],
])('the window is judged by the platform’s clock: after %d ms %i submits', async (age, count) => {
  const { clock, submits, engine, id, row, desk } = await lost()
  engine.setPaused(true)
  const at = row(id).intent?.platformAt ?? 0
  // The platform's clock goes on, whatever the computer's uptime.
  clock.set(at + age)
  await desk.testKey('bytespike')
  engine.setPaused(false)
  await clock.advance(0)
  await engine.pollers.bytespike.now(id)
  expect(submits()).toBe(count)
})

test('a clock of the platform that was before the submit proves nothing', async () => {
  const { clock, submits, engine, id, row, desk } = await lost()
  engine.setPaused(true)
  clock.set((row(id).intent?.platformAt ?? 0) - 1000)
  await desk.testKey('bytespike')
  engine.setPaused(false)
  await engine.pollers.bytespike.now(id)
  expect(submits()).toBe(1)
})
