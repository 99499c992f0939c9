import { expect, test } from 'vitest'
import { Unreachable } from '../../../../electron/providers/provider'
import { AppError } from '../../../../shared/error'
import type { Quote } from '../../../../shared/money'
import { dollars } from '../../../support/money-scene'
import { hour, minute, pricingScene } from '../../../support/pricing-scene'

const silences: readonly (readonly [string, () => Promise<Quote>])[] = [
  ['nobody answers', () => Promise.reject(new Unreachable('down', false))],
  ['no price list comes', () => Promise.reject(new AppError('unknown-answer', 'no list', 'answer 500'))],
]

test.each(silences)('older than ten minutes, and %s: it goes at the price it has', async (_what, quote) => {
  const { krea, clock, resume, id, state, row, today, create } = await pricingScene()
  let asked = 0
  Object.assign(krea.provider, {
    quote: () => {
      asked += 1
      return quote()
    },
  })
  await clock.advance(11 * minute)
  await resume()
  await clock.advance(10_000)
  expect([state(id), row(id).quote, today(), asked]).toEqual(['running', dollars(1), 1e6, 1])
  expect(krea.accepted).toHaveLength(1)
  await create({ prompt: 'not held up either' })
})

test.each(silences)('older than a day, and %s: it does not go at that price', async (_what, quote) => {
  const { krea, clock, resume, id, state, sent } = await pricingScene()
  Object.assign(krea.provider, { quote })
  await clock.advance(25 * hour)
  await resume()
  await clock.advance(hour)
  expect([state(id), sent()]).toEqual(['waiting', 0])
})

test('a price list that stays down holds none of many jobs up', async () => {
  const { krea, clock, resume, create, sent, engine } = await pricingScene()
  engine.limits.set('krea', { ...engine.limits.of('krea'), concurrency: 20 })
  for (let n = 0; n < 9; n += 1) await create({ prompt: `fox ${n}` })
  let asked = 0
  Object.assign(krea.provider, {
    quote: async () => {
      asked += 1
      throw new Unreachable('down', false)
    },
  })
  await clock.advance(11 * minute)
  await resume()
  // The pause after ten failures at once.
  await clock.advance(6 * minute)
  expect([sent(), asked]).toEqual([10, 10])
})

test('it waits for a yes or for a cap: nobody is asked again and again meanwhile', async () => {
  const { krea, clock, resume, wait, id, engine, row } = await pricingScene()
  engine.limits.setCaps({ jobMicros: 500_000, dayMicros: null, monthMicros: null })
  let asked = 0
  const { quote } = krea.provider
  Object.assign(krea.provider, {
    quote: (...args: Parameters<typeof quote>) => {
      asked += 1
      return quote(...args)
    },
  })
  await resume()
  await clock.advance(23 * hour)
  expect([wait(id), asked, row(id).quote]).toEqual(['budget', 0, dollars(1)])
})

test('before it is sent it is asked for as the platform tells it now, not as it is remembered', async () => {
  const { krea, clock, resume } = await pricingScene()
  const ages: (number | undefined)[] = []
  Object.assign(krea.provider, {
    quote: async (_recipe: unknown, _send: unknown, maxAgeMs?: number) => {
      ages.push(maxAgeMs)
      return dollars(1)
    },
  })
  await clock.advance(11 * minute)
  await resume()
  expect(ages).toEqual([60_000])
})

test('a price that is no longer over a cap a day later goes by itself', async () => {
  const { krea, clock, resume, id, state, wait, engine, sent } = await pricingScene()
  engine.limits.setCaps({ jobMicros: 500_000, dayMicros: null, monthMicros: null })
  await resume()
  expect(wait(id)).toBe('budget')
  krea.setQuote(dollars(0.4))
  await clock.advance(25 * hour)
  expect([state(id), sent()]).toEqual(['running', 1])
})

test('nobody answers: nothing is sent, and it goes on when somebody does', async () => {
  const { change, resume, krea, id, state, wait, sent, clock } = await pricingScene()
  const { quote } = krea.provider
  let asked = 0
  const silent = async () => {
    asked += 1
    throw new Unreachable('down', false)
  }
  await change(dollars(0.4), { dialect: 'B', quote: silent })
  await resume()
  expect([wait(id), sent(), asked]).toEqual(['provider-down', 0, 1])
  Object.assign(krea.provider, { quote })
  await clock.advance(10_000)
  expect([state(id), sent()]).toEqual(['running', 1])
})

test.each([
  [5, 'running', 1],
  [20, 'price', 0],
] as const)('a price list that is busy for %d minutes: it is %s', async (minutes, end, sentThen) => {
  const { change, resume, krea, row, id, wait, sent, clock } = await pricingScene()
  const { quote } = krea.provider
  let asked = 0
  const busy = async () => {
    asked += 1
    throw new AppError('unknown-answer', 'answer 429')
  }
  await change(dollars(0.4), { dialect: 'B', quote: busy })
  await resume()
  await clock.advance(minutes * minute)
  expect(asked).toBeLessThan(minutes + 8)
  Object.assign(krea.provider, { quote })
  await clock.advance(minute)
  expect([sent(), wait(id) ?? row(id).state]).toEqual([sentThen, end])
})

test('changed while offline, with many jobs waiting: nobody is asked, and the platform is not to blame', async () => {
  const { change, resume, create, world, engine, krea, row, id, sent } = await pricingScene()
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
  const { change, create } = await pricingScene()
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
  const { change, resume, id, wait, sent, clock, logged } = await pricingScene()
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
