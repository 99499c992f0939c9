import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { type RemoteProvider } from '../../../../electron/providers/provider'
import { dollars, inCredits } from '../../../support/money-scene'
import { png } from '../../../support/pictures'
import { sha256Of } from '../../../support/samples'
import { sayYes } from '../../../support/say-yes'
import { hour, minute, pricingScene } from '../../../support/pricing-scene'

const ways: readonly (readonly [string, Partial<RemoteProvider>])[] = [
  ['dialect', { dialect: 'B' }],
  ['address', { origin: 'https://gateway.example' }],
]

test.each(ways)(
  'another %s and a lower price: it is shown at once, and the job goes at it',
  async (_what, how) => {
    const { change, resume, row, id, state, sent, today, told } = await pricingScene()
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
    const { change, resume, row, id, state, wait, sent, today, commands, clock } = await pricingScene()
    await change(dollars(3), how)
    expect([row(id).quote, wait(id)]).toEqual([dollars(3), 'paused'])
    await resume()
    await clock.advance(hour)
    expect([state(id), wait(id), sent(), today()]).toEqual(['waiting', 'dearer', 0, 0])
    sayYes(commands, id)
    await clock.advance(100)
    expect([state(id), sent(), today()]).toEqual(['running', 1, 3e6])
  },
)

test('changed while pictures are handed over: it goes back, and waits with the new price', async () => {
  const { change, krea, paths, stills, create, resume, wait, sent, engine, commands, id, clock, state } =
    await pricingScene()
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
    const first = await pricingScene()
    const { krea, id, clock } = first
    first[end]()
    krea.setQuote(dollars(3))
    Object.assign(krea.provider, { dialect: 'B' })
    const { engine, wait, row, commands, state } = first.start()
    engine.setPaused(false)
    await clock.advance(60_000)
    expect([wait(id), row(id).quote, first.sent()]).toEqual(['dearer', dollars(3), 0])
    sayYes(commands, id)
    await clock.advance(100)
    expect([state(id), engine.ledger.spend().todayMicros]).toEqual(['running', 3e6])
  },
)

test('killed with a new price that nobody has agreed to: it still waits for the yes', async () => {
  const { change, crash, start, id, sent, clock } = await pricingScene()
  await change(dollars(3))
  crash()
  const { engine, wait } = start()
  engine.setPaused(false)
  await clock.advance(60_000)
  expect([wait(id), sent()]).toEqual(['dearer', 0])
})

test.each([
  [9, 'running', dollars(1)],
  [10, 'waiting', dollars(3)],
  [60 * 24 * 30, 'waiting', dollars(3)],
] as const)('dearer, after %d minutes in the queue: %s', async (minutes, after, quote) => {
  const { krea, clock, resume, id, state, row } = await pricingScene()
  krea.setQuote(dollars(3))
  await clock.advance(minutes * minute)
  await resume()
  expect([state(id), row(id).quote]).toEqual([after, quote])
})

test.each([
  [50_000, 'waiting', 0],
  [10_000, 'running', 1e6],
  [5000, 'running', 0.5e6],
])(
  'a credit that was worth a cent is said to be worth %d micro-dollars: %s',
  async (creditMicros, after, day) => {
    const { engine, desk, create, id, commands, clock, resume, state, wait, today, krea } =
      await pricingScene()
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
    sayYes(commands, next)
    await clock.advance(100)
    expect([state(next), today()]).toEqual(['running', 5e6])
  },
)

test('an older database: what submits.log says it went out for is what counts', async () => {
  const { change, resume, snapshot, db, restore, stop, start, id, commands, clock, engine } =
    await pricingScene()
  const old = snapshot(db, 'old')
  await change(dollars(3))
  await resume()
  sayYes(commands, id)
  await clock.advance(100)
  expect(engine.ledger.spend().todayMicros).toBe(3e6)
  stop()
  restore(old)
  const again = start()
  expect(again.row(id)).toMatchObject({ quote: dollars(3), state: 'running' })
  expect(again.engine.ledger.spend().todayMicros).toBe(3e6)
})

test('the animatic is free and is never asked', async () => {
  const { create, reaches, resume } = await pricingScene()
  await resume()
  await reaches(await create({}, 'animatic'), 'done')
})
