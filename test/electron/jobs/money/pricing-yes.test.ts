import { expect, test } from 'vitest'
import { dollars, inCredits, unknownPrice } from '../../../support/money-scene'
import { sayYes } from '../../../support/say-yes'
import { hour, pricingScene } from '../../../support/pricing-scene'

test('a yes to a price that has changed since it was seen agrees to nothing', async () => {
  const { change, resume, row, id, wait, sent, commands, clock } = await pricingScene()
  const seen = row(id).quote
  await change(dollars(3))
  await resume()
  expect(() => commands.allow(id, 'dearer', seen)).toThrow('The price has just changed')
  await clock.advance(hour)
  expect([wait(id), sent()]).toEqual(['dearer', 0])
  commands.allow(id, 'dearer', dollars(3))
  await clock.advance(100)
  expect(sent()).toBe(1)
})

test('a second yes to a price that went up lifts no cap', async () => {
  const { change, resume, id, wait, sent, commands, clock, engine } = await pricingScene()
  engine.limits.setCaps({ jobMicros: 500_000, dayMicros: null, monthMicros: null })
  await change(dollars(3))
  await resume()
  commands.allow(id, 'dearer', dollars(3))
  commands.allow(id, 'dearer', dollars(3))
  await clock.advance(hour)
  expect([wait(id), sent()]).toEqual(['budget', 0])
})

test('a second yes to an unknown price lifts no cap', async () => {
  const { change, resume, row, id, commands } = await pricingScene()
  await change(unknownPrice)
  await resume()
  commands.allow(id, 'price', unknownPrice)
  commands.allow(id, 'price', unknownPrice)
  expect(row(id).flags).not.toContain('allowed')
})

test('a yes to passing the cap ends with the price it was said to', async () => {
  const { change, resume, row, id, wait, sent, commands, clock, engine } = await pricingScene()
  engine.limits.setCaps({ jobMicros: 500_000, dayMicros: null, monthMicros: null })
  await change(dollars(3))
  commands.allow(id, 'dearer', dollars(3))
  commands.allow(id, 'budget', dollars(3))
  await change(dollars(1), { dialect: 'A' })
  expect(row(id).flags).toContain('allowed')
  await change(dollars(3), { dialect: 'C' })
  expect(row(id).flags).not.toContain('allowed')
  await resume()
  await clock.advance(hour)
  expect([wait(id), sent()]).toEqual(['budget', 0])
})

test('a yes to so many credits is none to a price that nobody tells', async () => {
  const { change, resume, id, wait, sent, commands, clock } = await pricingScene(inCredits(10))
  await change(unknownPrice)
  await resume()
  await clock.advance(hour)
  expect([wait(id), sent()]).toEqual(['price', 0])
  commands.allow(id, 'price', unknownPrice)
  await clock.advance(100)
  expect(sent()).toBe(1)
})

test('the same price goes without a word', async () => {
  const { change, resume, id, state, today } = await pricingScene()
  await change({ certainty: 'approximate', amount: { unit: 'usd', micros: 1e6 } })
  await resume()
  expect([state(id), today()]).toEqual(['running', 1e6])
})

test('a price that nobody tells any more waits for a yes, and without one nothing is sent', async () => {
  const { change, resume, id, state, wait, sent, commands, clock } = await pricingScene()
  await change(unknownPrice)
  await resume()
  await clock.advance(24 * hour)
  expect([wait(id), sent()]).toEqual(['price', 0])
  sayYes(commands, id)
  await clock.advance(100)
  expect(state(id)).toBe('running')
})

test('a yes to a price that nobody knew is one to any', async () => {
  const { change, resume, id, state, today } = await pricingScene(unknownPrice)
  await change(dollars(3))
  await resume()
  expect([state(id), today()]).toEqual(['running', 3e6])
})

test('dearer and over a cap: each takes a yes of its own, also when the cap was allowed to be passed before', async () => {
  const { change, resume, id, state, wait, sent, commands, clock, engine, today } = await pricingScene()
  engine.limits.setCaps({ jobMicros: 500_000, dayMicros: null, monthMicros: null })
  sayYes(commands, id)
  expect(engine.table.get(id)?.flags).toEqual(['allowed'])
  await change(dollars(3))
  await resume()
  expect([wait(id), sent()]).toEqual(['dearer', 0])
  sayYes(commands, id)
  await clock.advance(60_000)
  expect([wait(id), sent()]).toEqual(['budget', 0])
  sayYes(commands, id)
  await clock.advance(100)
  expect([state(id), sent(), today()]).toEqual(['running', 1, 3e6])
})

test('set back as it was: what was agreed to at first still is', async () => {
  const { change, resume, id, state, wait, today } = await pricingScene()
  await change(dollars(3))
  await resume()
  expect(wait(id)).toBe('dearer')
  await change(dollars(1), { dialect: null })
  expect([state(id), today()]).toEqual(['running', 1e6])
})

test('a bill in another unit is another price', async () => {
  const { change, resume, id, wait, sent, engine, commands, clock, state } = await pricingScene()
  await change(inCredits(10))
  await resume()
  expect([wait(id), sent()]).toEqual(['price', 0])
  engine.limits.set('krea', { ...engine.limits.of('krea'), creditMicros: 200_000 })
  engine.wake()
  await clock.advance(100)
  expect([wait(id), sent()]).toEqual(['dearer', 0])
  sayYes(commands, id)
  await clock.advance(100)
  expect(state(id)).toBe('running')
})

test('sent again after a doubt, at another price: the user is asked', async () => {
  const { change, resume, krea, id, state, wait, sent, commands, clock, create } = await pricingScene()
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
  const { resume, krea, id, state, wait, sent, commands, clock, create, engine } = await pricingScene()
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
  const { change, resume, krea, id, state, wait, sent, clock } = await pricingScene()
  krea.fates.push({ takes: false, answer: 'rate-limited', retryAfterMs: 60_000 })
  await resume()
  expect([state(id), wait(id)]).toEqual(['waiting', 'rate-limited'])
  await change(dollars(3))
  await clock.advance(2 * 60_000)
  expect([wait(id), sent()]).toEqual(['dearer', 0])
})
