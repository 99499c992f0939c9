import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { Unreachable, type RemoteProvider } from '../../../electron/providers/provider'
import type { Quote } from '../../../shared/money'
import { createTestClock } from '../../support/engine-clock'
import { createPlatform } from '../../support/engine-platform'
import { engineScene, type Session } from '../../support/engine-scene'
import { dollars, inCredits, unknownPrice } from '../../support/money-scene'
import { png } from '../../support/pictures'
import { sha256Of } from '../../support/samples'

const hour = 3_600_000

/** A job that was ordered for one dollar and waits, as the queue is paused. */
async function scene(first: Quote = dollars(1)) {
  const clock = createTestClock()
  const krea = createPlatform(clock, { quote: first })
  const parts = await engineScene({ clock, krea })
  const open = (session: Session) => {
    const wait = (id: string) => session.commands.list().find((job) => job.id === id)?.wait?.kind
    return { ...session, wait }
  }
  const session = open(parts.start())
  session.engine.setPaused(true)
  const id = await session.create()
  return {
    ...parts,
    ...session,
    krea,
    id,
    start: () => open(parts.start()),
    /** Another price, because the platform is spoken to otherwise from now on. */
    change: async (quote: Quote, how: Partial<RemoteProvider> = { dialect: 'B' }) => {
      const { desk, engine } = session
      krea.setQuote(quote)
      Object.assign(krea.provider, how)
      // What the desk does after every change of settings.
      desk.setLimits('krea', engine.limits.of('krea'))
      await clock.advance(10)
    },
    resume: async () => {
      session.engine.setPaused(false)
      await clock.advance(100)
    },
    sent: () => krea.accepted.length,
    today: () => session.engine.ledger.spend().todayMicros,
  }
}

const ways: readonly (readonly [string, Partial<RemoteProvider>])[] = [
  ['dialect', { dialect: 'B' }],
  ['address', { origin: 'https://gateway.example' }],
]

test.each(ways)(
  'another %s and a lower price: it is shown at once, and the job goes at it',
  async (_what, how) => {
    const { change, resume, row, id, state, sent, today, told } = await scene()
    await change(dollars(0.4), how)
    expect(row(id).quote).toEqual(dollars(0.4))
    expect(told.findLast((job) => job.id === id)?.quote).toEqual(dollars(0.4))
    await resume()
    expect([state(id), sent(), today()]).toEqual(['running', 1, 0.4e6])
  },
)

test.each(ways)(
  'another %s and a higher price: nothing is sent before the user says yes to it',
  async (_what, how) => {
    const { change, resume, row, id, state, wait, sent, today, commands, clock } = await scene()
    await change(dollars(3), how)
    expect([row(id).quote, wait(id)]).toEqual([dollars(3), 'paused'])
    await resume()
    await clock.advance(hour)
    expect([state(id), wait(id), sent(), today()]).toEqual(['waiting', 'dearer', 0, 0])
    commands.allow(id)
    await clock.advance(100)
    expect([state(id), sent(), today()]).toEqual(['running', 1, 3e6])
  },
)

test('a yes to a price that has changed since it was seen agrees to nothing', async () => {
  const { change, resume, row, id, wait, sent, commands, clock } = await scene()
  const seen = row(id).quote
  await change(dollars(3))
  await resume()
  expect(() => commands.allow(id, seen)).toThrow('The price has just changed')
  await clock.advance(hour)
  expect([wait(id), sent()]).toEqual(['dearer', 0])
  commands.allow(id, dollars(3))
  await clock.advance(100)
  expect(sent()).toBe(1)
})

test('the same price goes without a word', async () => {
  const { change, resume, id, state, today } = await scene()
  await change({ certainty: 'approximate', amount: { unit: 'usd', micros: 1e6 } })
  await resume()
  expect([state(id), today()]).toEqual(['running', 1e6])
})

test('a price that nobody tells any more waits for a yes, and without one nothing is sent', async () => {
  const { change, resume, id, state, wait, sent, commands, clock } = await scene()
  await change(unknownPrice)
  await resume()
  await clock.advance(24 * hour)
  expect([wait(id), sent()]).toEqual(['price', 0])
  commands.allow(id)
  await clock.advance(100)
  expect(state(id)).toBe('running')
})

test('a yes to a price that nobody knew is one to any', async () => {
  const { change, resume, id, state, today } = await scene(unknownPrice)
  await change(dollars(3))
  await resume()
  expect([state(id), today()]).toEqual(['running', 3e6])
})

test('dearer and over a cap: each takes a yes of its own, also when the cap was allowed to be passed before', async () => {
  const { change, resume, id, state, wait, sent, commands, clock, engine, today } = await scene()
  engine.limits.setCaps({ jobMicros: 500_000, dayMicros: null, monthMicros: null })
  commands.allow(id)
  expect(engine.table.get(id)?.flags).toEqual(['allowed'])
  await change(dollars(3))
  await resume()
  expect([wait(id), sent()]).toEqual(['dearer', 0])
  commands.allow(id)
  await clock.advance(60_000)
  expect([wait(id), sent()]).toEqual(['budget', 0])
  commands.allow(id)
  await clock.advance(100)
  expect([state(id), sent(), today()]).toEqual(['running', 1, 3e6])
})

test('set back as it was: what was agreed to at first still is', async () => {
  const { change, resume, id, state, wait, today } = await scene()
  await change(dollars(3))
  await resume()
  expect(wait(id)).toBe('dearer')
  await change(dollars(1), { dialect: null })
  expect([state(id), today()]).toEqual(['running', 1e6])
})

test('changed while pictures are handed over: it goes back, and waits with the new price', async () => {
  const { change, krea, paths, stills, create, resume, wait, sent, engine, commands, id, clock, state } =
    await scene()
  commands.cancel(id)
  const picture = png(5, 5)
  const still = sha256Of(picture)
  mkdirSync(dirname(paths.still(still, 'png')), { recursive: true })
  writeFileSync(paths.still(still, 'png'), picture)
  stills.put({ id: still, type: 'png', width: 5, height: 5, bytes: picture.length, name: 'a.png' }, 1)
  const gate = Promise.withResolvers<void>()
  const { handOver } = krea.provider
  Object.assign(krea.provider, {
    handOver: async (...args: Parameters<NonNullable<typeof handOver>>) => {
      await gate.promise
      return handOver?.(...args)
    },
  })
  const next = await create({ slots: { first: still } })
  await resume()
  expect(state(next)).toBe('handing-over')
  await change(dollars(3))
  gate.resolve()
  await clock.advance(1000)
  expect([state(next), wait(next), sent(), engine.ledger.of(next).state]).toEqual([
    'waiting',
    'dearer',
    0,
    'none',
  ])
})

test.each(['stop', 'crash'] as const)(
  'changed while Inbetween is closed (%s): nothing goes at the old price',
  async (end) => {
    const first = await scene()
    const { krea, id, clock } = first
    first[end]()
    krea.setQuote(dollars(3))
    Object.assign(krea.provider, { dialect: 'B' })
    const { engine, wait, row, commands, state } = first.start()
    engine.setPaused(false)
    await clock.advance(60_000)
    expect([wait(id), row(id).quote, first.sent()]).toEqual(['dearer', dollars(3), 0])
    commands.allow(id)
    await clock.advance(100)
    expect([state(id), engine.ledger.spend().todayMicros]).toEqual(['running', 3e6])
  },
)

test('killed with a new price that nobody has agreed to: it still waits for the yes', async () => {
  const { change, crash, start, id, sent, clock } = await scene()
  await change(dollars(3))
  crash()
  const { engine, wait } = start()
  engine.setPaused(false)
  await clock.advance(60_000)
  expect([wait(id), sent()]).toEqual(['dearer', 0])
})

test.each([
  [23, 'running', dollars(1)],
  [24, 'waiting', dollars(3)],
  [24 * 30, 'waiting', dollars(3)],
] as const)('after %d hours in the queue: %s', async (hours, after, quote) => {
  const { krea, clock, resume, id, state, row } = await scene()
  krea.setQuote(dollars(3))
  await clock.advance(hours * hour)
  await resume()
  expect([state(id), row(id).quote]).toEqual([after, quote])
})

test('a price that is no longer over a cap a day later goes by itself', async () => {
  const { krea, clock, resume, id, state, wait, engine, sent } = await scene()
  engine.limits.setCaps({ jobMicros: 500_000, dayMicros: null, monthMicros: null })
  await resume()
  expect(wait(id)).toBe('budget')
  krea.setQuote(dollars(0.4))
  await clock.advance(25 * hour)
  expect([state(id), sent()]).toEqual(['running', 1])
})

test('nobody answers: nothing is sent, and it goes on when somebody does', async () => {
  const { change, resume, krea, id, state, wait, sent, clock } = await scene()
  const { quote } = krea.provider
  let asked = 0
  const silent = async () => {
    asked += 1
    throw new Unreachable('down', false)
  }
  await change(dollars(0.4), { dialect: 'B', quote: silent })
  await resume()
  expect([wait(id), sent(), asked]).toEqual(['provider-down', 0, 4])
  Object.assign(krea.provider, { quote })
  await clock.advance(10_000)
  expect([state(id), sent()]).toEqual(['running', 1])
})

test('changed while offline, with many jobs waiting: nobody is asked, and the platform is not to blame', async () => {
  const { change, resume, create, world, engine, krea, row, id, sent } = await scene()
  for (let n = 0; n < 5; n += 1) await create({ prompt: `fox ${n}` })
  let asked = 0
  const silent = async () => {
    asked += 1
    throw new Unreachable('offline', true)
  }
  const { quote } = krea.provider
  world.offline = true
  await change(dollars(0.4), { dialect: 'B', quote: silent })
  await resume()
  expect([asked, engine.health.of('krea').kind, row(id).quote, sent()]).toEqual([0, 'ok', dollars(1), 0])
  world.offline = false
  Object.assign(krea.provider, { quote })
  await resume()
  expect([row(id).quote, sent()]).toEqual([dollars(0.4), 2])
})

test('a dead platform is not asked for the price of every job in the queue', async () => {
  const { change, create } = await scene()
  for (let n = 0; n < 20; n += 1) await create({ prompt: `fox ${n}` })
  let asked = 0
  const silent = async () => {
    asked += 1
    throw new Unreachable('down', true)
  }
  await change(dollars(0.4), { dialect: 'B', quote: silent })
  expect(asked).toBe(4)
})

test('an adapter that breaks is a price that nobody knows, and is not asked over and over', async () => {
  const { change, resume, id, wait, sent, clock, logged } = await scene()
  let asked = 0
  const broken = async () => {
    asked += 1
    throw new Error('undefined is not a function')
  }
  await change(dollars(1), { dialect: 'B', quote: broken })
  await resume()
  await clock.advance(59 * 60_000)
  expect([wait(id), sent(), asked]).toEqual(['price', 0, 1])
  expect(logged).toEqual([expect.stringContaining('asking for a price')])
})

test.each([
  [50_000, 'waiting', 0],
  [10_000, 'running', 1e6],
  [5000, 'running', 0.5e6],
])(
  'a credit that was worth a cent is said to be worth %d micro-dollars: %s',
  async (creditMicros, after, day) => {
    const { engine, desk, create, id, commands, clock, resume, state, wait, today, krea } = await scene()
    commands.cancel(id)
    const worth = (micros: number) =>
      desk.setLimits('krea', { ...engine.limits.of('krea'), creditMicros: micros })
    worth(10_000)
    krea.setQuote(inCredits(100))
    const next = await create({ prompt: 'in credits' })
    worth(creditMicros)
    await resume()
    expect([state(next), today()]).toEqual([after, day])
    if (after === 'running') return
    expect(wait(next)).toBe('dearer')
    commands.allow(next)
    await clock.advance(100)
    expect([state(next), today()]).toEqual(['running', 5e6])
  },
)

test('a bill in another unit is another price', async () => {
  const { change, resume, id, wait, sent, engine, commands, clock, state } = await scene()
  await change(inCredits(10))
  await resume()
  expect([wait(id), sent()]).toEqual(['price', 0])
  engine.limits.set('krea', { ...engine.limits.of('krea'), creditMicros: 200_000 })
  engine.wake()
  await clock.advance(100)
  expect([wait(id), sent()]).toEqual(['dearer', 0])
  commands.allow(id)
  await clock.advance(100)
  expect(state(id)).toBe('running')
})

test('sent again after a doubt, at another price: the user is asked', async () => {
  const { change, resume, krea, id, state, wait, sent, commands, clock, create } = await scene()
  commands.cancel(id)
  krea.fates.push({ takes: false, answer: 'cut' })
  await resume()
  const lost = await create({ prompt: 'lost' })
  expect(state(lost)).toBe('unknown')
  await change(dollars(3))
  const again = commands.resolve(lost, { kind: 'not-arrived' })
  await clock.advance(1000)
  expect([wait(again.id), sent()]).toEqual(['dearer', 0])
})

test('sent again after a doubt, when a credit is said to be worth more: the user is asked', async () => {
  const { resume, krea, id, state, wait, sent, commands, clock, create, engine } = await scene()
  commands.cancel(id)
  const worth = (creditMicros: number) =>
    engine.limits.set('krea', { ...engine.limits.of('krea'), creditMicros })
  worth(10_000)
  krea.setQuote(inCredits(100))
  krea.fates.push({ takes: false, answer: 'cut' })
  await resume()
  const lost = await create({ prompt: 'lost' })
  expect(state(lost)).toBe('unknown')
  worth(20_000)
  const again = commands.resolve(lost, { kind: 'not-arrived' })
  await clock.advance(1000)
  expect([wait(again.id), sent()]).toEqual(['dearer', 0])
})

test('not accepted at first, and dearer by then', async () => {
  const { change, resume, krea, id, state, wait, sent, clock } = await scene()
  krea.fates.push({ takes: false, answer: 'rate-limited', retryAfterMs: 60_000 })
  await resume()
  expect([state(id), wait(id)]).toEqual(['waiting', 'rate-limited'])
  await change(dollars(3))
  await clock.advance(2 * 60_000)
  expect([wait(id), sent()]).toEqual(['dearer', 0])
})

test('an older database: what submits.log says it went out for is what counts', async () => {
  const { change, resume, snapshot, db, restore, stop, start, id, commands, clock, engine } = await scene()
  const old = snapshot(db, 'old')
  await change(dollars(3))
  await resume()
  commands.allow(id)
  await clock.advance(100)
  expect(engine.ledger.spend().todayMicros).toBe(3e6)
  stop()
  restore(old)
  const again = start()
  expect(again.row(id)).toMatchObject({ quote: dollars(3), state: 'running' })
  expect(again.engine.ledger.spend().todayMicros).toBe(3e6)
})

test('the animatic is free and is never asked', async () => {
  const { create, reaches, resume } = await scene()
  await resume()
  await reaches(await create({}, 'animatic'), 'done')
})
