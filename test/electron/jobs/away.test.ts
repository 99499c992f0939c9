import { expect, test } from 'vitest'
import { engineScene } from '../../support/engine-scene'

const cancelled = { kind: 'cancelled', word: 'cancelled', billed: 'no' } as const
const failed = { kind: 'failed', word: 'failed', message: '', blocked: false, billed: 'no' } as const

/** Two jobs are at work when the program ends; `second` is the next start, an hour later. */
async function scene() {
  const parts = await engineScene()
  const first = parts.start()
  const ids = { a: await first.create({ prompt: 'a' }), b: await first.create({ prompt: 'b' }) }
  await parts.clock.advance(100)
  first.stop()
  await parts.clock.advance(3_600_000)
  const second = parts.start()
  return { ...parts, ...second, ...ids, away: () => second.engine.queue().away }
}

test('what the user cancels himself is no news', async () => {
  const { a, krea, commands, passes, away } = await scene()
  commands.cancel(a)
  krea.say('r1', cancelled)
  await passes(a, 'cancelled')
  expect(away()).toBeNull()
})

test('what fails while nobody was there needs the user; what he cancelled does not', async () => {
  const { a, b, krea, commands, passes, away } = await scene()
  commands.cancel(a)
  krea.say('r1', cancelled)
  krea.say('r2', failed)
  await passes(a, 'cancelled')
  await passes(b, 'failed')
  expect(away()).toMatchObject({ done: 0, problems: 1, stillRunning: 0 })
})

test.each([
  [14, 1],
  [16, 0],
])('an end %d minutes after the start is news of the time before: %d', async (minutes, problems) => {
  const { a, b, krea, clock, passes, away } = await scene()
  krea.finish('r1')
  await passes(a, 'done')
  await clock.advance(minutes * 60_000)
  krea.say('r2', failed)
  await passes(b, 'failed')
  expect(away()).toMatchObject({ done: 1, problems, stillRunning: 0 })
})
