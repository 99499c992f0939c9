import { expect, test } from 'vitest'
import { engineScene } from '../../../support/engine-scene'
import { sayYes } from '../../../support/say-yes'

test('two jobs and one dollar left: one goes, the other waits and says by how much it is over', async () => {
  const scene = await engineScene()
  const { engine, create, row, commands } = scene.start()
  engine.limits.setCaps({ jobMicros: null, dayMicros: 1_000_000, monthMicros: null })
  engine.setPaused(true)
  const ids = [await create({ prompt: 'a' })]
  await scene.clock.advance(1)
  ids.push(await create({ prompt: 'b' }))
  for (const id of ids) engine.book.apply(id, { kind: 'flag', flag: 'allowed', on: false })
  engine.setPaused(false)
  await scene.clock.advance(100)
  expect(scene.krea.accepted).toHaveLength(1)
  expect(ids.map((id) => row(id).state)).toEqual(['running', 'waiting'])
  const shown = commands.list().find(({ state }) => state === 'waiting')
  expect(shown?.wait).toMatchObject({ kind: 'budget', until: null, overMicros: 1_000_000 })
  expect(engine.ledger.spend().todayMicros).toBe(1_000_000)
})

test('over a cap it goes with the user’s yes only', async () => {
  const scene = await engineScene()
  const { engine, create, row, commands } = scene.start()
  engine.limits.setCaps({ jobMicros: 1, dayMicros: null, monthMicros: null })
  engine.setPaused(true)
  const id = await create()
  engine.book.apply(id, { kind: 'flag', flag: 'allowed', on: false })
  engine.setPaused(false)
  await scene.clock.advance(60_000)
  expect(row(id).state).toBe('waiting')
  sayYes(commands, id)
  await scene.clock.advance(100)
  expect(row(id).state).toBe('running')
})

test('a refusal, a failure free of charge and a lost answer: what each means for the day', async () => {
  const scene = await engineScene()
  const { engine, create, clock } = { ...scene.start(), clock: scene.clock }
  scene.krea.fates.push({ takes: false, answer: 'blocked' })
  const refused = await create({ prompt: 'a' })
  const failed = await create({ prompt: 'b' })
  scene.krea.say('r1', { kind: 'failed', word: 'failed', message: 'no', blocked: false, billed: 'no' })
  await clock.advance(11_000)
  scene.krea.fates.push({ takes: false, answer: 'cut' })
  const unknown = await create({ prompt: 'c' })
  const { ledger } = engine
  expect([refused, failed, unknown].map((id) => ledger.of(id).state)).toEqual([
    'released',
    'refunded',
    'maybe',
  ])
  expect(ledger.spend()).toMatchObject({ todayMicros: 1_000_000, maybeMicros: 1_000_000 })
})

test.each([
  ['yes', 'charged'],
  ['no', 'refunded'],
  ['unknown', 'maybe'],
] as const)('a failure that is billed %s is %s', async (billed, state) => {
  const scene = await engineScene()
  const { engine, create, row, commands } = scene.start()
  const id = await create()
  scene.krea.say('r1', { kind: 'failed', word: 'failed', message: 'filter', blocked: true, billed })
  await scene.clock.advance(11_000)
  expect([row(id).state, engine.ledger.of(id).state]).toEqual(['refused', state])
  expect(commands.list()[0]?.error?.message).toContain('filter')
})

test('a yes to a price that nobody knows is none to a cap: passing that takes its own', async () => {
  const scene = await engineScene()
  const { engine, create, commands, clock } = { ...scene.start(), clock: scene.clock }
  await create()
  engine.limits.setCaps({ jobMicros: null, dayMicros: 500_000, monthMicros: null })
  scene.krea.setQuote({ certainty: 'unknown', amount: null })
  const id = await create({ prompt: 'unpriced' })
  await clock.advance(1000)
  const shown = () => commands.list().find((job) => job.id === id)
  expect(shown()).toMatchObject({ state: 'waiting', wait: { kind: 'budget', overMicros: 500_000 } })
  sayYes(commands, id)
  await clock.advance(1000)
  expect(shown()).toMatchObject({ state: 'running' })
})

test('sent again, a job keeps its yes to the price, and none to a cap', async () => {
  const scene = await engineScene()
  const { engine, create, commands, row, clock } = { ...scene.start(), clock: scene.clock }
  scene.krea.setQuote({ certainty: 'unknown', amount: null })
  scene.krea.fates.push({ takes: false, answer: 'cut' })
  const id = await create()
  engine.book.apply(id, { kind: 'flag', flag: 'allowed', on: true })
  const again = commands.resolve(id, { kind: 'not-arrived' })
  expect(row(again.id).flags).toEqual(['priced'])
  await clock.advance(1000)
  expect(row(again.id).state).toBe('running')
})
