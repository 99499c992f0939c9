import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { createTestClock } from '../../../support/engine-clock'
import { createPlatform } from '../../../support/engine-platform'
import { engineScene, remoteRecipe } from '../../../support/engine-scene'
import { png } from '../../../support/pictures'
import { sha256Of } from '../../../support/samples'

const perMinute = 40

/** A platform with room for forty requests a minute, of which one running job alone would take sixty. */
async function scene() {
  const clock = createTestClock()
  const krea = createPlatform(clock, { perMinute, intervalMs: 1000, hasNoList: true, asksPrice: true })
  const parts = await engineScene({ clock, krea })
  const session = parts.start()
  const { limits } = session.engine
  limits.set('krea', { ...limits.of('krea'), concurrency: 50 })
  limits.setCaps({ jobMicros: null, dayMicros: null, monthMicros: null })
  const first = await session.create({ prompt: 'first' })

  function still(n: number): string {
    const picture = png(n, 5)
    const id = sha256Of(picture)
    const path = parts.paths.still(id, 'png')
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, picture)
    parts.stills.put({ id, type: 'png', width: n, height: 5, bytes: picture.length, name: 'a.png' }, 1)
    return id
  }

  return {
    ...parts,
    ...session,
    first,
    still,
    polls: () => krea.count('GET job'),
    quote: () => session.desk.quote(remoteRecipe(), 'krea'),
    /** A minute in which nothing went out, and what goes out in the one that begins with the work. */
    inAMinute: async (work: () => Promise<unknown>) => {
      parts.world.offline = true
      session.engine.wake()
      await clock.advance(60_000)
      krea.requests.length = 0
      await work()
      parts.world.offline = false
      session.engine.wake()
      await clock.advance(59_000)
      return krea.requests.length
    },
  }
}

type Scene = Awaited<ReturnType<typeof scene>>

const times = async (count: number, work: (n: number) => unknown) => {
  for (let n = 0; n < count; n += 1) await work(n)
}

test('questions alone leave a tenth of the minute free', async () => {
  const { inAMinute } = await scene()
  expect(await inAMinute(async () => undefined)).toBe(36)
})

const works: readonly (readonly [string, number, (parts: Scene) => Promise<unknown>])[] = [
  ['prices', 20, ({ quote }) => times(20, quote)],
  ['tests of a key', 20, ({ desk }) => times(20, () => desk.testKey('krea'))],
  [
    'words about an id',
    20,
    ({ commands, first }) => times(20, (n) => commands.checkId(first, `r${n}`).catch(() => undefined)),
  ],
]

test.each(works)('%s take from the same minute: questions slow down', async (_what, count, work) => {
  const parts = await scene()
  const all = await parts.inAMinute(() => work(parts))
  expect([all, parts.krea.requests.length - count]).toEqual([36, 36 - count])
})

test('pictures and submits take from the same minute', async () => {
  const { inAMinute, world, create, still, krea, polls } = await scene()
  const all = await inAMinute(async () => {
    world.offline = false
    await times(8, (n) => create({ prompt: `fox ${n}`, slots: { first: still(n + 1) } }))
  })
  expect([krea.count('POST still'), krea.count('POST submit'), krea.count('GET price')]).toEqual([8, 8, 8])
  expect([all, polls()]).toEqual([36, 12])
})

test('cancels take from the same minute, and are not held up when it is used up', async () => {
  const { create, clock, commands, krea, polls, first } = await scene()
  const ids = [first]
  for (let n = 0; n < 5; n += 1) ids.push(await create({ prompt: `fox ${n}` }))
  await clock.advance(45_000)
  krea.requests.length = 0
  for (const id of ids) commands.cancel(id)
  await clock.advance(10)
  expect(krea.count('DELETE')).toBe(6)
  krea.requests.length = 0
  await clock.advance(59_000)
  // Six cancels, told once more after a minute or not: no more than what is left of the minute is asked.
  expect(polls()).toBeLessThanOrEqual(perMinute * 0.9 - 6)
})

test('a used-up minute holds up no price, picture or submit; questions wait until it is made up for', async () => {
  const { quote, create, still, clock, krea, polls, reaches } = await scene()
  await clock.advance(120_000)
  await times(60, quote)
  krea.requests.length = 0
  await reaches(await create({ prompt: 'now', slots: { first: still(3) } }), 'running')
  expect([krea.count('POST still'), krea.count('POST submit')]).toEqual([1, 1])
  await clock.advance(59_000)
  expect(polls()).toBe(0)
  await clock.advance(2000)
  expect(polls()).toBeGreaterThan(0)
})
