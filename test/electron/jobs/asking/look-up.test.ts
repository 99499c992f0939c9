import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { createTestClock } from '../../../support/engine-clock'
import { createPlatform } from '../../../support/engine-platform'
import { engineScene } from '../../../support/engine-scene'
import { codeOf } from '../../../support/failure'
import { png } from '../../../support/pictures'
import { noon, sha256Of } from '../../../support/samples'
import { sayYes } from '../../../support/say-yes'

const minute = 60_000
const hour = 60 * minute

const picture = png(5, 5)
const still = sha256Of(picture)

/** A job whose answer was lost; `takes`: whether the platform has it. */
async function lost({
  takes = true,
  hidden = false,
  withPicture = false,
  idempotentMs = null as number | null,
  skew = 0,
} = {}) {
  const clock = createTestClock()
  const platform = { skew }
  // The platform has a clock of its own.
  const krea = createPlatform({ now: () => noon + clock.uptime() + platform.skew }, { idempotentMs })
  const scene = await engineScene({ clock, krea })
  krea.fates.push({ takes, answer: 'cut' })
  const path = scene.paths.still(still, 'png')
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, picture)
  scene.stills.put({ id: still, type: 'png', width: 5, height: 5, bytes: picture.length, name: 'a.png' }, 1)
  const session = scene.start()
  const id = await session.create(withPicture ? { slots: { first: still } } : {})
  for (const job of krea.jobs) job.hidden = hidden
  expect(session.state(id)).toBe('unknown')
  return { ...scene, ...session, id, platform }
}
const ours = '{"prompt":"fox"}'
const oursWithPicture = JSON.stringify({
  prompt: 'fox',
  first: `https://platform.example/${still.slice(0, 4)}`,
})

test('found by its own input, it runs, and its remote id is in the log first', async () => {
  const { clock, row, id, engine, world, log } = await lost({ withPicture: true })
  world.onAppend = (line) => {
    if (line.kind === 'accepted') expect(row(id).state).toBe('unknown')
  }
  await clock.advance(2000)
  expect(row(id)).toMatchObject({ state: 'running', remoteId: 'r1', error: null })
  expect(engine.ledger.of(id).state).toBe('reserved')
  expect(log().intents).toMatchObject([{ remoteId: 'r1' }])
})

test('a prompt alone may be a colleague’s: it is proposed, not attached', async () => {
  const { clock, state, id, commands } = await lost()
  await clock.advance(2 * hour)
  expect(state(id)).toBe('unknown')
  expect(await commands.candidates(id)).toMatchObject([{ remoteId: 'r1' }])
})

test('two jobs with its very input are proposed, never chosen from', async () => {
  const { clock, krea, state, id, commands } = await lost()
  krea.foreign({ body: ours })
  await clock.advance(2 * hour)
  expect(state(id)).toBe('unknown')
  expect((await commands.candidates(id)).map(({ remoteId }) => remoteId)).toEqual(['f2', 'r1'])
})

test('a match by time alone is proposed, never attached', async () => {
  const { clock, krea, state, id, commands } = await lost({ takes: false })
  krea.foreign({ body: '' })
  krea.foreign({ body: 'another input' })
  await clock.advance(2 * hour)
  expect(state(id)).toBe('unknown')
  expect(await commands.candidates(id)).toEqual([
    { remoteId: 'f1', createdAt: noon, word: 'queued', prompt: 'fox' },
  ])
})

test.each([
  ['long before the submit', -3 * minute, false],
  ['a little before, as clocks differ', -minute, true],
  ['while a hanging request may arrive', 20 * minute, true],
  ['much later', 40 * minute, false],
])('a job with its input, made %s', async (_when, ms, isOurs) => {
  const { clock, krea, state, id } = await lost({ takes: false, withPicture: true })
  krea.foreign({ body: oursWithPicture, createdAt: noon + ms })
  await clock.advance(2000)
  expect(state(id)).toBe(isOurs ? 'running' : 'unknown')
})

test('what another card has is neither attached nor proposed', async () => {
  const { clock, krea, create, state, id, commands } = await lost({ takes: false })
  const other = await create()
  expect(state(other)).toBe('running')
  await clock.advance(hour)
  expect(state(id)).toBe('unknown')
  expect(await commands.candidates(id)).toEqual([])
  expect(krea.count('GET list')).toBeGreaterThan(2)
  expect(await codeOf(() => commands.resolve(id, { kind: 'attach', remoteId: 'r1' }))).toBe('bad-request')
})

test('three lists within ten minutes count as looked, a list cut short does not', async () => {
  const { clock, row, id, krea } = await lost({ takes: false })
  krea.failures.push({ kind: 'upstream', message: '503' })
  await clock.advance(2000)
  expect(row(id).lookUps).toBe(0)
  await clock.advance(11 * minute)
  expect(row(id).lookUps).toBeGreaterThanOrEqual(3)
  expect(row(id).lookUpsSince).toBeGreaterThan(noon)
  const before = krea.count('GET list')
  await clock.advance(30 * minute)
  expect(krea.count('GET list') - before).toBeLessThanOrEqual(2)
})

test('no time ever ends the doubt', async () => {
  const { clock, state, id, krea } = await lost({ takes: false })
  await clock.advance(96 * hour)
  expect([state(id), krea.count('POST')]).toEqual(['unknown', 1])
})

test('given up and sent again, it is watched, and fetched when it appears after all', async () => {
  const { clock, krea, state, id, commands, engine, passes, log, row } = await lost({ hidden: true })
  const again = commands.resolve(id, { kind: 'not-arrived' })
  await clock.advance(100)
  expect(row(id)).toMatchObject({ state: 'given-up', replacedBy: again.id })
  expect(again).toMatchObject({ replaces: id })
  expect(log().intents.find(({ job }) => job === id)).toMatchObject({ closed: 'not-arrived' })
  expect(engine.ledger.of(id).state).toBe('maybe')
  expect(state(again.id)).toBe('running')
  const [first, second] = krea.jobs
  if (!first || !second) throw new Error('two jobs')
  first.hidden = false
  krea.finish(first.remoteId)
  await passes(id, 'done')
  expect(row(id).remoteId).toBe('r1')
  expect(krea.accepted).toHaveLength(2)
})

test('given up and sent again: a colleague’s job from the time of the second one is not taken for the first', async () => {
  const { clock, krea, row, id, commands, engine } = await lost({ takes: false })
  await clock.advance(5 * minute)
  const again = commands.resolve(id, { kind: 'not-arrived' })
  await clock.advance(1000)
  expect(engine.table.get(again.id)?.state).toBe('running')
  krea.foreign({ remoteId: 'colleague', body: ours })
  await clock.advance(2 * hour)
  expect(row(id)).toMatchObject({ state: 'given-up', remoteId: null })
  // The user's word stands above it.
  commands.resolve(id, { kind: 'attach', remoteId: 'colleague' })
  expect(row(id)).toMatchObject({ state: 'running', remoteId: 'colleague' })
})

test('given up without sending again: no new job, maybe charged, watched for two days', async () => {
  const { clock, krea, id, commands, engine } = await lost({ takes: false })
  expect(commands.resolve(id, { kind: 'give-up' })).toMatchObject({ state: 'given-up', billing: 'maybe' })
  expect(commands.list()).toHaveLength(1)
  await clock.advance(49 * hour)
  const asked = krea.requests.length
  await clock.advance(24 * hour)
  expect(krea.requests).toHaveLength(asked)
  expect(engine.ledger.of(id).state).toBe('maybe')
})

test('the user says which one it is', async () => {
  const { krea, id, commands, state, log } = await lost({ takes: false })
  krea.foreign({ body: '' })
  expect(commands.resolve(id, { kind: 'attach', remoteId: 'f1' })).toMatchObject({
    state: 'running',
    remoteId: 'f1',
  })
  expect(state(id)).toBe('running')
  expect(log().intents).toMatchObject([{ remoteId: 'f1' }])
})

const repeats: readonly (readonly [
  string,
  (scene: Awaited<ReturnType<typeof lost>>) => Promise<void> | void,
  number,
])[] = [
  ['at once, when all is well', () => undefined, 2],
  ['not while the queue is paused', ({ engine }) => engine.setPaused(true), 1],
  [
    'not while it is held',
    ({ engine, id }) => void engine.book.apply(id, { kind: 'flag', flag: 'held', on: true }),
    1,
  ],
  ['not while it is paused itself', ({ commands, id }) => void commands.setPaused(id, true), 1],
  [
    'not with another key',
    ({ setKey, forgetKey }) => {
      setKey('krea', 'k2')
      forgetKey('k1')
    },
    1,
  ],
  ['not when a cancel is wished', ({ engine, id }) => void engine.book.apply(id, { kind: 'cancelled' }), 1],
]

test.each(repeats)('the same request goes again %s', async (_when, change, posts) => {
  const scene = await lost({ takes: false, idempotentMs: 12 * hour })
  await change(scene)
  await scene.clock.advance(2 * minute)
  expect(scene.krea.count('POST submit')).toBe(posts)
  expect(scene.krea.accepted.length).toBeLessThanOrEqual(1)
})

test.each([
  [11.9 * hour, 2],
  [12 * hour, 1],
])('after %s ms by the platform’s clock it goes again or never', async (age, posts) => {
  const { clock, world, krea, engine } = await lost({ takes: false, idempotentMs: 12 * hour })
  world.offline = true
  engine.wake()
  await clock.advance(age)
  // What this computer's clock says is nobody's business.
  clock.set(noon)
  world.offline = false
  engine.wake()
  await clock.advance(2000)
  expect(krea.count('POST submit')).toBe(posts)
})

test('a platform whose time ran backwards gets nothing twice', async () => {
  const { clock, platform, krea } = await lost({ takes: false, idempotentMs: 12 * hour })
  platform.skew = -hour
  await clock.advance(2 * minute)
  expect(krea.count('POST submit')).toBe(1)
})

test('repeated and taken: the platform answers with the one job that there is', async () => {
  const { clock, krea, row, id } = await lost({ takes: true, hidden: true, idempotentMs: 12 * hour })
  await clock.advance(2000)
  expect(row(id)).toMatchObject({ state: 'running', remoteId: 'r1', attempts: 2 })
  expect(krea.accepted).toHaveLength(1)
})

test.each([-5 * minute, 5 * minute])(
  'a platform whose clock is %s ms ahead of ours: the job is found at its time',
  async (skew) => {
    // Krea's list proves nothing, and nothing had told the platform's time before the submit.
    const { clock, state, id, commands } = await lost({ skew })
    await clock.advance(2000)
    expect(state(id)).toBe('unknown')
    expect(await commands.candidates(id)).toMatchObject([{ remoteId: 'r1' }])
  },
)

test('lists of another account are no proof that it did not arrive', async () => {
  const { clock, krea, setKey, forgetKey, row, id, engine } = await lost({ hidden: true })
  setKey('krea', 'k2')
  forgetKey('k1')
  engine.wake()
  await clock.advance(15 * minute)
  expect(krea.count('GET list')).toBeGreaterThanOrEqual(3)
  expect(row(id)).toMatchObject({ state: 'unknown', lookUps: 0 })
})

test('“no trace” takes ten minutes, however often the user looks', async () => {
  const { clock, commands, id } = await lost({ hidden: true })
  const shown = () => commands.list().find((job) => job.id === id)?.lookUps
  for (let n = 0; n < 4; n += 1) await commands.check(id)
  expect(shown()).toBe(2)
  await clock.advance(9 * minute)
  expect(shown()).toBe(2)
  await clock.advance(2 * minute)
  await commands.check(id)
  expect(shown()).toBeGreaterThanOrEqual(3)
})

test('found after all, it holds the new job that was to replace it and is not sent yet', async () => {
  const { clock, krea, row, id, commands, engine } = await lost({ hidden: true, withPicture: true })
  engine.setPaused(true)
  const again = commands.resolve(id, { kind: 'not-arrived' })
  for (const job of krea.jobs) job.hidden = false
  await clock.advance(2 * hour)
  expect(row(id)).toMatchObject({ state: 'running', remoteId: 'r1' })
  expect(row(again.id)).toMatchObject({ state: 'waiting', flags: ['held'] })
  engine.setPaused(false)
  await clock.advance(minute)
  expect(krea.accepted).toHaveLength(1)
  sayYes(commands, again.id)
  await clock.advance(minute)
  expect(krea.accepted).toHaveLength(2)
})

test('a colleague’s job with its very prompt is not taken for ours where the request may be repeated', async () => {
  const { clock, krea, row, id } = await lost({ hidden: true, idempotentMs: 12 * hour })
  krea.foreign({ remoteId: 'colleague', body: ours })
  await clock.advance(minute)
  expect(row(id)).toMatchObject({ state: 'running', remoteId: 'r1' })
  expect(krea.accepted).toHaveLength(1)
})

test.each([
  ['that ends after many pages counts', 450, true],
  ['that never ends counts for nothing, and is not read all the time', 2500, false],
])('a list %s', async (_what, others, counts) => {
  const { clock, krea, row, id } = await lost({ takes: false })
  for (let n = 0; n < others; n += 1) krea.foreign()
  await clock.advance(11 * minute)
  expect(row(id).lookUps >= 3).toBe(counts)
  // Four searches of 20 pages at most.
  expect(krea.count('GET list')).toBeLessThanOrEqual(80)
})
