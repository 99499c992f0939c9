import { expect, test } from 'vitest'
import { openDatabase } from '../../../../electron/database/open'
import { createLedger, isCountable } from '../../../../electron/jobs/money/ledger'
import { createLimitStore } from '../../../../electron/jobs/money/limits'
import { engineMigrations } from '../../../../electron/jobs/store/schema'
import { credits, usd } from '../../../../shared/money'
import { billings } from '../../../../shared/job'
import { dollars, inCredits, moneyScene, unknownPrice } from '../../../support/money-scene'
import { idOf, noon } from '../../../support/samples'

const day = 24 * 3_600_000
/** 23:59 of the day of `noon`, local. */
const lateEvening = new Date(2026, 10, 21, 23, 59).getTime()

test('without the user’s word ten dollars a day may be spent, and no more', () => {
  const { ledger, job } = moneyScene()
  expect(ledger.over(job(1, dollars(10)))).toBeUndefined()
  expect(ledger.over(job(1, dollars(10.000001)))).toEqual({ cap: 'day', overMicros: 1 })
})

const caps = [
  ['job', { jobMicros: 2e6 }, {}, 3, 1e6],
  ['job', {}, { jobMicros: 2e6 }, 3, 1e6],
  ['job', { jobMicros: 1e6 }, { jobMicros: 5e6 }, 3, 2e6],
  ['day', { dayMicros: 3e6 }, {}, 3, 2e6],
  ['month', { monthMicros: 4e6 }, {}, 3, 1e6],
  ['provider', {}, { dayMicros: 4e6 }, 3, 1e6],
] as const

test.each(caps)('the cap of the %s counts what is reserved: %j %j', (cap, all, one, price, overMicros) => {
  const scene = moneyScene()
  scene.cap(all)
  scene.own('krea', one)
  scene.ledger.reserve(scene.job(1, dollars(2)))
  expect(scene.ledger.over(scene.job(2, dollars(price)))).toEqual({ cap, overMicros })
})

test('exactly the cap may be spent, and a job does not stand in its own way', () => {
  const { ledger, job, cap } = moneyScene()
  cap({ dayMicros: 3e6 })
  ledger.reserve(job(1, dollars(2)))
  expect(ledger.over(job(2, dollars(1)))).toBeUndefined()
  expect(ledger.over(job(1, dollars(3)))).toBeUndefined()
})

test.each(billings)('a line that is %s counts or does not', (state) => {
  const { ledger, job, cap } = moneyScene()
  cap({ dayMicros: 2e6 })
  ledger.reserve(job(1, dollars(2)))
  ledger.settle(idOf(1), state)
  const counts = ['reserved', 'charged', 'maybe'].includes(state)
  expect(ledger.over(job(2, dollars(1))) !== undefined).toBe(counts)
  expect(ledger.spend().todayMicros).toBe(counts ? 2e6 : 0)
  expect(ledger.of(idOf(1)).state).toBe(state)
})

test('another provider’s cap is its own; the caps of the computer are of all', () => {
  const { ledger, job, own, cap } = moneyScene()
  own('krea', { dayMicros: 1e6 })
  ledger.reserve(job(1, dollars(1)))
  expect(ledger.over(job(2, dollars(1), { provider: 'apiframe' }))).toBeUndefined()
  cap({ dayMicros: 1e6 })
  expect(ledger.over(job(2, dollars(1), { provider: 'apiframe' }))?.cap).toBe('day')
})

test('the day is that of the submit, by the local calendar, whenever the clip comes', () => {
  const { ledger, job, clock, cap } = moneyScene()
  cap({ dayMicros: 2e6 })
  clock.time = lateEvening
  ledger.reserve(job(1, dollars(2)))
  clock.time = lateEvening + 120_000
  ledger.settle(idOf(1), 'charged', usd(2))
  expect(ledger.lines()).toMatchObject([{ day: '2026-11-21', at: lateEvening }])
  expect(ledger.over(job(2, dollars(2)))).toBeUndefined()
  expect(ledger.spend()).toMatchObject({ todayMicros: 0, monthMicros: 2e6 })
})

test('a clock set back reopens no day and no month', () => {
  const { ledger, job, clock, cap } = moneyScene()
  cap({ dayMicros: 2e6 })
  ledger.reserve(job(1, dollars(2)))
  for (const back of [3_600_000, day, 3 * day]) {
    clock.time = noon - back
    expect(ledger.over(job(2, dollars(1)))?.cap).toBe('day')
    expect(ledger.spend()).toMatchObject({ todayMicros: 2e6, monthMicros: 2e6 })
  }
  ledger.reserve(job(2, dollars(1)))
  clock.time = noon
  expect(ledger.spend().todayMicros).toBe(3e6)
})

test('a new month begins at nothing', () => {
  const { ledger, job, clock, cap } = moneyScene()
  cap({ monthMicros: 2e6 })
  ledger.reserve(job(1, dollars(2)))
  clock.time = new Date(2026, 11, 1, 0, 1).getTime()
  expect(ledger.over(job(2, dollars(2)))).toBeUndefined()
  expect(ledger.spend().monthMicros).toBe(0)
  expect(ledger.monthOf('krea')).toEqual([])
})

test('a submit found again in the log is of the day on which it was sent', () => {
  const { ledger, job } = moneyScene()
  ledger.reserve(job(1, dollars(2)), noon - day)
  expect(ledger.lines()).toMatchObject([{ day: '2026-11-20', at: noon - day }])
  expect(ledger.spend()).toMatchObject({ todayMicros: 0, monthMicros: 2e6 })
})

test('what was charged takes the place of what was expected', () => {
  const { ledger, job } = moneyScene()
  ledger.reserve(job(1, dollars(2)))
  ledger.settle(idOf(1), 'charged', usd(1.5))
  expect(ledger.of(idOf(1))).toEqual({ state: 'charged', charged: usd(1.5) })
  expect(ledger.spend().todayMicros).toBe(1.5e6)
})

test('a platform that names no sum is taken at its price; one that refunds gives all back', () => {
  const { ledger, job } = moneyScene()
  ledger.reserve(job(1, dollars(2)))
  ledger.settle(idOf(1), 'charged')
  expect(ledger.of(idOf(1)).charged).toEqual(usd(2))
  ledger.settle(idOf(1), 'refunded')
  expect(ledger.of(idOf(1))).toEqual({ state: 'refunded', charged: null })
  expect(ledger.spend().monthMicros).toBe(0)
})

test('maybe charged counts, and is told apart', () => {
  const { ledger, job } = moneyScene()
  ledger.reserve(job(1, dollars(2)))
  ledger.reserve(job(2, dollars(3)))
  ledger.settle(idOf(2), 'maybe')
  expect(ledger.spend()).toMatchObject({ monthMicros: 5e6, maybeMicros: 3e6 })
})

test('what nobody puts a price on is counted by the piece', () => {
  const { ledger, job } = moneyScene()
  const untold = { certainty: 'unknown', amount: null } as const
  ledger.reserve(job(1, untold))
  ledger.reserve(job(2, untold))
  ledger.settle(idOf(1), 'charged')
  ledger.settle(idOf(2), 'refunded')
  ledger.reserve(job(3, dollars(2)))
  expect(ledger.spend()).toMatchObject({ monthUntold: 1, monthMicros: 2e6 })
})

test('credits without a value count as credits and pass every cap in dollars', () => {
  const { ledger, job, cap } = moneyScene()
  cap({ dayMicros: 1 })
  const found = job(1, inCredits(84), { provider: 'apiframe' })
  expect(ledger.over(found)).toBeUndefined()
  expect(isCountable(found.quote, null)).toBe(false)
  ledger.reserve(found)
  expect(ledger.spend()).toMatchObject({ todayMicros: 0, monthCreditMicros: 84e6 })
  expect(ledger.monthOf('apiframe')).toEqual([credits(84)])
})

test('credits with a value count in dollars, rounded against the user’s cap', () => {
  const { ledger, job, own, cap } = moneyScene()
  own('apiframe', { creditMicros: 12_345 })
  cap({ dayMicros: 1_036_979 })
  const found = job(1, inCredits(84), { provider: 'apiframe' })
  expect(ledger.over(found)).toEqual({ cap: 'day', overMicros: 1 })
  ledger.reserve(found)
  expect(ledger.spend()).toMatchObject({ todayMicros: 1_036_980, monthCreditMicros: 0 })
  ledger.settle(idOf(1), 'charged', credits(80))
  expect(ledger.spend().todayMicros).toBe(987_600)
  expect(ledger.of(idOf(1)).charged).toEqual(credits(80))
})

test('half a micro-dollar counts as a whole one', () => {
  const { ledger, job, own } = moneyScene()
  own('apiframe', { creditMicros: 12_345 })
  ledger.reserve(job(1, inCredits(0.5), { provider: 'apiframe' }))
  expect(ledger.spend().todayMicros).toBe(6173)
})

test('a price that nobody knows counts as nothing before, and as what was charged afterwards', () => {
  const { ledger, job } = moneyScene()
  expect(isCountable(unknownPrice, 5)).toBe(false)
  ledger.reserve(job(1, unknownPrice))
  expect(ledger.of(idOf(1))).toEqual({ state: 'reserved', charged: null })
  ledger.settle(idOf(1), 'charged', usd(4))
  expect(ledger.spend().todayMicros).toBe(4e6)
})

test('what was never submitted has no line, and settling it makes none', () => {
  const { ledger } = moneyScene()
  ledger.settle(idOf(9), 'charged', usd(1))
  expect(ledger.of(idOf(9))).toEqual({ state: 'none', charged: null })
  expect(ledger.lines()).toEqual([])
})

test('the same job reserved again is one line, of the newer day', () => {
  const { ledger, job, clock } = moneyScene()
  ledger.reserve(job(1, dollars(2)))
  ledger.settle(idOf(1), 'released')
  clock.time += day
  ledger.reserve(job(1, dollars(2)))
  expect(ledger.lines()).toMatchObject([{ state: 'reserved', day: '2026-11-22', chargedMicros: null }])
})

test('limits and lines are there after a restart', () => {
  const { ledger, job, path, cap, own } = moneyScene()
  cap({ dayMicros: 7 })
  own('krea', { concurrency: 9 })
  ledger.reserve(job(1, dollars(2)))
  const again = openDatabase(path, engineMigrations)
  const limits = createLimitStore(again)
  expect([limits.caps().dayMicros, limits.of('krea').concurrency, limits.of('apiframe').concurrency]).toEqual(
    [7, 9, 2],
  )
  expect(createLedger(again, limits, () => noon).lines()).toHaveLength(1)
  again.close()
})

test('a clock that was once a year ahead does not use up the days until then', () => {
  const { ledger, job, cap, clock } = moneyScene()
  cap({ dayMicros: 1_500_000 })
  clock.time = noon + 365 * day
  ledger.reserve(job(1, dollars(1)))
  clock.time = noon
  expect(ledger.over(job(2, dollars(1)))).toBeUndefined()
  ledger.reserve(job(2, dollars(1)))
  expect(ledger.over(job(3, dollars(1)))).toEqual({ cap: 'day', overMicros: 500_000 })
  clock.time = noon + day
  expect(ledger.over(job(3, dollars(1)))).toBeUndefined()
})

test('what was submitted earlier counts for that day, whenever it is found out', () => {
  const { ledger, job } = moneyScene()
  ledger.reserve(job(1, dollars(1)), noon - day)
  expect(ledger.spend()).toMatchObject({ todayMicros: 0, monthMicros: 1_000_000 })
  expect(ledger.lines()).toMatchObject([{ at: noon - day, day: '2026-11-20' }])
})

test.each([
  ['usd', 1e17],
  ['credit', 1e300],
] as const)('an absurd charge of %s %s leaves the accounts readable', (unit, micros) => {
  const { ledger, job, own } = moneyScene()
  own('krea', { creditMicros: 10_000 })
  ledger.reserve(job(1, dollars(1)))
  ledger.settle(idOf(1), 'charged', { unit, micros })
  expect([ledger.of(idOf(1)).state, ledger.lines().length]).toEqual(['charged', 1])
  expect(ledger.monthOf('krea')).toHaveLength(1)
  expect(Number.isSafeInteger(ledger.spend().todayMicros)).toBe(true)
})

test('credits whose worth was taken away meanwhile count their part of what was reserved', () => {
  const { ledger, job, own } = moneyScene()
  own('apiframe', { creditMicros: 40_000 })
  for (const n of [1, 2]) ledger.reserve(job(n, inCredits(8), { provider: 'apiframe' }))
  own('apiframe', { creditMicros: null })
  ledger.settle(idOf(1), 'charged', credits(3))
  expect(ledger.lines()[0]).toMatchObject({ chargedMicros: 3e6, usdMicros: 120_000 })
  // Told again, and told otherwise: always from what counted last.
  ledger.settle(idOf(1), 'charged', credits(3))
  ledger.settle(idOf(1), 'charged', credits(6))
  ledger.estimate(idOf(2), credits(10))
  expect(ledger.lines().map(({ usdMicros }) => usdMicros)).toEqual([240_000, 400_000])
  ledger.settle(idOf(2), 'charged', credits(0))
  expect(ledger.spend()).toMatchObject({ todayMicros: 240_000, monthCreditMicros: 0 })
})

test('a bill in another unit is no part of what was reserved', () => {
  const { ledger, job } = moneyScene()
  ledger.reserve(job(1, dollars(2)))
  ledger.settle(idOf(1), 'charged', credits(3))
  expect(ledger.lines()[0]).toMatchObject({ unit: 'credit', chargedMicros: 3e6, usdMicros: 2e6 })
})

test('old credits count from the moment on in which they get a worth, also against the caps', () => {
  const { ledger, job, own, cap } = moneyScene()
  const inApiframe = { provider: 'apiframe' } as const
  ledger.reserve(job(1, inCredits(10), inApiframe))
  ledger.settle(idOf(1), 'charged', credits(4))
  ledger.reserve(job(2, inCredits(6), inApiframe))
  ledger.reserve(job(3, unknownPrice, inApiframe))
  ledger.reserve(job(4, inCredits(100)))
  ledger.reserve(job(5, dollars(1), inApiframe))
  cap({ dayMicros: 1.7e6 })
  expect(ledger.spend()).toMatchObject({ todayMicros: 1e6, monthCreditMicros: 110e6 })
  expect(ledger.over(job(9, dollars(0.7)))).toBeUndefined()

  own('apiframe', { creditMicros: 50_001 })
  ledger.valueCredits('apiframe')
  expect(ledger.lines().map(({ usdMicros }) => usdMicros)).toEqual([200_004, 300_006, null, null, 1e6])
  expect(ledger.spend()).toMatchObject({ todayMicros: 1_500_010, monthCreditMicros: 100e6 })
  expect(ledger.over(job(9, dollars(0.7)))).toEqual({ cap: 'day', overMicros: 500_010 })
  cap({ dayMicros: null, monthMicros: 1.6e6 })
  expect(ledger.over(job(9, dollars(0.7)))?.cap).toBe('month')
  cap({})
  own('apiframe', { dayMicros: 1.6e6 })
  expect(ledger.over(job(9, dollars(0.7), inApiframe))?.cap).toBe('provider')
})

test('what counts in dollars already keeps them when a credit gets another worth, or none', () => {
  const { ledger, job, own } = moneyScene()
  own('apiframe', { creditMicros: 10_000 })
  ledger.reserve(job(1, inCredits(10), { provider: 'apiframe' }))
  for (const creditMicros of [20_000, null]) {
    own('apiframe', { creditMicros })
    ledger.valueCredits('apiframe')
    expect(ledger.spend().todayMicros).toBe(100_000)
  }
})
