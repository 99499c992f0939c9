import { expect, test } from 'vitest'
import { credits, usd, type Money } from '../../../../shared/money'
import { createTestClock } from '../../../support/engine-clock'
import { createPlatform } from '../../../support/engine-platform'
import { engineScene } from '../../../support/engine-scene'
import { dollars, moneyScene } from '../../../support/money-scene'
import { idOf } from '../../../support/samples'

/** A platform that lists a job at one dollar, and says another price when it takes it. */
async function estimating(estimate: Money) {
  const clock = createTestClock()
  const krea = createPlatform(clock, { estimate })
  const scene = await engineScene({ clock, krea })
  const session = scene.start()
  const today = () => session.engine.ledger.spend().todayMicros
  return { ...scene, ...session, today }
}

test.each([5, 0.4, 1])('what the platform says it will cost counts from then on: $%d', async (price) => {
  const { create, reaches, row, today, engine, krea } = await estimating(usd(price))
  const id = await create()
  await reaches(id, 'running')
  expect(row(id).quote).toEqual({ certainty: 'approximate', amount: usd(price) })
  expect([today(), engine.ledger.of(id).state]).toEqual([usd(price).micros, 'reserved'])
  expect(krea.accepted).toHaveLength(1)
})

test('more than a cap: what is running goes on and is counted, the next one waits, nothing goes twice', async () => {
  const { create, reaches, clock, engine, commands, krea, passes, today } = await estimating(usd(7))
  engine.limits.setCaps({ jobMicros: 3e6, dayMicros: 6e6, monthMicros: null })
  const one = await create({ prompt: 'a' })
  await reaches(one, 'running')
  const two = await create({ prompt: 'b' })
  await clock.advance(60_000)
  const wait = commands.list().find(({ id }) => id === two)?.wait
  expect(wait).toMatchObject({ kind: 'budget', cap: 'day', overMicros: 2e6 })
  krea.finish('r1', { charged: usd(6.5) })
  await passes(one, 'done')
  expect([today(), krea.count('POST submit')]).toEqual([6.5e6, 1])
})

test('a price in credits that nobody can value does not take the dollars off the caps', async () => {
  const { create, reaches, today, engine, row } = await estimating(credits(84))
  const id = await create()
  await reaches(id, 'running')
  expect(row(id).quote.amount).toEqual(credits(84))
  expect(today()).toBe(1e6)
  expect(engine.ledger.monthOf('krea')).toEqual([credits(84)])
})

test('a price in credits counts by what the user says one is worth', async () => {
  const { create, reaches, today, engine } = await estimating(credits(84))
  engine.limits.set('krea', { ...engine.limits.of('krea'), creditMicros: 20_000 })
  await reaches(await create(), 'running')
  expect(today()).toBe(84 * 20_000)
})

test('what failed without a bill is given back whole, whatever was estimated', async () => {
  const { create, krea, passes, today, engine } = await estimating(usd(5))
  const id = await create()
  await passes(id, 'running')
  krea.say('r1', { kind: 'failed', word: 'failed', message: 'no', blocked: false, billed: 'no' })
  await passes(id, 'failed')
  expect([today(), engine.ledger.of(id)]).toEqual([0, { state: 'refunded', charged: null }])
})

test('finished without a price: the estimate is what it cost', async () => {
  const { create, krea, passes, engine } = await estimating(usd(5))
  const id = await create()
  await passes(id, 'running')
  krea.finish('r1')
  await passes(id, 'done')
  expect(engine.ledger.of(id)).toEqual({ state: 'charged', charged: usd(5) })
})

test('killed when it was taken: the job and its money are there, and it was sent once', async () => {
  const { create, reaches, crash, start, krea } = await estimating(usd(5))
  const id = await create()
  await reaches(id, 'running')
  crash()
  const again = start()
  await again.reaches(id, 'running')
  expect([again.engine.ledger.spend().todayMicros, krea.count('POST submit')]).toEqual([5e6, 1])
})

test('an estimate for a job without a line changes nothing; one beyond all reason is counted as the most', () => {
  const { ledger, job } = moneyScene()
  ledger.estimate(idOf(9), usd(3))
  expect(ledger.lines()).toEqual([])
  ledger.reserve(job(1, dollars(1)))
  ledger.estimate(idOf(1), { unit: 'usd', micros: Number.MAX_SAFE_INTEGER })
  ledger.reserve(job(2, dollars(1)))
  expect(ledger.spend().todayMicros).toBe(1e12 + 1e6)
})

test('an estimate counts on the day of the submit', () => {
  const { ledger, job, clock } = moneyScene()
  ledger.reserve(job(1, dollars(1)))
  const [{ day } = { day: '' }] = ledger.lines()
  clock.time += 24 * 3_600_000
  ledger.estimate(idOf(1), usd(4))
  expect(ledger.lines()).toMatchObject([{ day, quotedMicros: 4e6, usdMicros: 4e6, state: 'reserved' }])
  expect(ledger.spend().todayMicros).toBe(0)
})
