import { expect, test } from 'vitest'
import type { FindReading } from '../../../../electron/providers/provider'
import { createTestClock } from '../../../support/engine-clock'
import { createPlatform } from '../../../support/engine-platform'
import { engineScene } from '../../../support/engine-scene'

const minute = 60_000
const hour = 60 * minute

/** A job whose submit was cut, at a platform without a list. */
async function lost(options: Parameters<typeof createPlatform>[1] & { readonly takes?: boolean } = {}) {
  const { takes = true, ...more } = options
  const clock = createTestClock()
  const bytespike = createPlatform(clock, { id: 'bytespike', hasNoList: true, finds: true, ...more })
  bytespike.fates.push({ takes, answer: 'cut' })
  let timers = 0
  const { after } = clock
  Object.assign(clock, {
    after(ms: number, run: () => void) {
      timers += 1
      return after(ms, run)
    },
  })
  const scene = await engineScene({ clock, bytespike })
  const session = scene.start()
  session.engine.limits.set('bytespike', { ...session.engine.limits.of('bytespike'), concurrency: 9 })
  const id = await session.create({ prompt: 'a' }, 'bytespike')
  await session.reaches(id, 'unknown')
  return {
    ...scene,
    ...session,
    id,
    timers: () => timers,
    finds: () => bytespike.count('GET find'),
    /** Every look for the job is answered so. */
    answers: (reading: FindReading) =>
      Object.assign(bytespike.provider, {
        find: { ...bytespike.provider.find, read: () => reading },
      }),
  }
}

test('found by our own id: it goes on, and was sent once', async () => {
  const { clock, id, state, row, bytespike, engine, passes, log } = await lost()
  await clock.advance(2000)
  expect([state(id), row(id).remoteId]).toEqual(['running', 'r1'])
  expect(log().intents).toMatchObject([{ remoteId: 'r1' }])
  bytespike.finish('r1')
  await passes(id, 'done')
  expect([bytespike.count('POST submit'), engine.ledger.of(id).state]).toEqual([1, 'charged'])
})

test('found at its end: the clip is fetched at once', async () => {
  const { bytespike, passes, id } = await lost()
  bytespike.finish('r1')
  await passes(id, 'done')
})

test('no trace is said after three looks over ten minutes, and then it is looked for rarely', async () => {
  const { clock, id, state, row, finds, engine } = await lost({ takes: false })
  await clock.advance(11 * minute)
  expect([state(id), row(id).lookUps, finds()]).toEqual(['unknown', 4, 4])
  await clock.advance(24 * hour)
  expect(state(id)).toBe('unknown')
  expect(finds()).toBeLessThan(30)
  expect(engine.ledger.of(id).state).toBe('maybe')
})

test('what is found belongs to another job of ours: it is not attached twice', async () => {
  const { clock, create, reaches, id, state, row, answers } = await lost({ takes: false })
  const other = await create({ prompt: 'b' }, 'bytespike')
  await reaches(other, 'running')
  const remoteId = row(other).remoteId ?? ''
  const reading = { kind: 'running', word: 'queued', progress: null } as const
  answers({ kind: 'found', remoteId, word: 'queued', reading })
  await clock.advance(hour)
  expect([state(id), row(id).remoteId, state(other)]).toEqual(['unknown', null, 'running'])
})

test('another account does not know it, and says nothing by that: no trace is not said, nothing is sent again', async () => {
  const { clock, id, state, row, setKey, forgetKey, bytespike, finds } = await lost({
    idempotentMs: 12 * hour,
  })
  for (const job of bytespike.jobs) job.hidden = true
  setKey('bytespike', 'b2')
  forgetKey('b1')
  await clock.advance(2 * hour)
  expect([state(id), row(id).lookUps]).toEqual(['unknown', 0])
  expect(finds()).toBeGreaterThan(1)
  expect(finds()).toBeLessThan(10)
  expect(bytespike.count('POST submit')).toBe(1)
})

test.each(['invalid', 'not-found', 'forbidden', 'conflict'] as const)(
  'a platform that answers the question with %s is not asked more and more often',
  async (kind) => {
    const { clock, id, state, row, finds, answers, bytespike } = await lost({ idempotentMs: 12 * hour })
    answers({ kind: 'problem', problem: { kind, message: 'no' } })
    await clock.advance(2 * hour)
    expect([state(id), row(id).lookUps]).toEqual(['unknown', 0])
    expect(finds()).toBeGreaterThan(2)
    expect(finds()).toBeLessThan(10)
    expect(bytespike.count('POST submit')).toBe(1)
  },
)

test('a refused key is marked, and the job stays in doubt', async () => {
  const { clock, id, state, refused, bytespike } = await lost()
  bytespike.failures.push({ kind: 'key-refused', message: 'no' })
  await clock.advance(2000)
  expect([[...refused], state(id)]).toEqual([['b1'], 'unknown'])
})

test('nothing there, and the same again is harmless: the same intent and bytes go once more', async () => {
  const { clock, id, reaches, bytespike, row, log } = await lost({ takes: false, idempotentMs: 12 * hour })
  const { intent } = row(id)
  await clock.advance(2000)
  await reaches(id, 'running')
  expect(row(id).intent).toEqual(intent)
  expect(bytespike.accepted).toEqual([intent?.id])
  expect(log().intents).toHaveLength(1)
})

test('paused: it is looked for, and nothing is sent again', async () => {
  const { clock, id, state, engine, bytespike, finds } = await lost({ takes: false, idempotentMs: 12 * hour })
  engine.setPaused(true)
  await clock.advance(hour)
  expect([state(id), bytespike.count('POST submit')]).toEqual(['unknown', 1])
  expect(finds()).toBeGreaterThan(2)
})

test('given up and sent again, and then found after all: the new one is held', async () => {
  const { clock, id, state, commands, bytespike, engine } = await lost()
  for (const job of bytespike.jobs) job.hidden = true
  await clock.advance(2000)
  engine.setPaused(true)
  const made = commands.resolve(id, { kind: 'not-arrived' })
  expect([state(id), made.replaces]).toEqual(['given-up', id])
  for (const job of bytespike.jobs) job.hidden = false
  await clock.advance(2 * hour)
  expect(state(id)).toBe('running')
  engine.setPaused(false)
  await clock.advance(minute)
  expect([state(made.id), bytespike.count('POST submit')]).toEqual(['waiting', 1])
})

test('a body without an id of ours cannot be looked for: nothing is asked, and no time is spent on it', async () => {
  const { clock, id, state, bytespike, timers } = await lost()
  Object.assign(bytespike.provider, { find: { ...bytespike.provider.find, request: () => null } })
  await clock.advance(hour)
  const before = timers()
  await clock.advance(24 * hour)
  expect([state(id), bytespike.count('GET')]).toEqual(['unknown', 0])
  expect(timers() - before).toBeLessThan(100)
})

test('neither list nor look-up: the doubt stays until the user ends it, whatever happens meanwhile', async () => {
  const { clock, id, bytespike, timers, stop, start, commands } = await lost({ finds: false })
  await clock.advance(hour)
  const before = timers()
  await clock.advance(71 * hour)
  expect(timers() - before).toBeLessThan(200)
  expect(await commands.check(id)).toMatchObject({ state: 'unknown' })
  expect(await commands.candidates(id)).toEqual([])
  stop()
  const again = start()
  again.engine.setPaused(false)
  await clock.advance(48 * hour)
  expect(again.state(id)).toBe('unknown')
  expect(bytespike.requests.filter((request) => !request.startsWith('POST submit'))).toEqual([])
  expect(again.engine.ledger.of(id).state).toBe('maybe')
  again.commands.resolve(id, { kind: 'give-up' })
  expect(again.state(id)).toBe('given-up')
  expect(bytespike.count('POST submit')).toBe(1)
})
