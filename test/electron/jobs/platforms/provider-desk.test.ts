import { AppError } from '../../../../shared/error'
import { remoteProviderIds } from '../../../../shared/provider'
import { expect, onTestFinished, test, vi } from 'vitest'
import { usd, type Quote } from '../../../../shared/money'
import { Unreachable, type Send } from '../../../../electron/providers/provider'
import { engineScene, remoteRecipe } from '../../../support/engine-scene'
import { codeOf, failureOf } from '../../../support/failure'
import { dollars, inCredits } from '../../../support/money-scene'

async function scene() {
  const parts = await engineScene()
  return { ...parts, ...parts.start() }
}

test('a key that works says what is left, and clears a refusal', async () => {
  const { desk, refused, statuses } = await scene()
  refused.add('k1')
  expect(await desk.testKey('krea')).toEqual({ provider: 'krea', balance: usd(7) })
  expect(desk.status('krea').balance).toEqual(usd(7))
  expect([...refused]).toEqual([])
  expect(statuses).toContain('krea')
})

test.each([
  ['key-refused', 'key-refused'],
  ['forbidden', 'forbidden'],
  ['out-of-credit', 'out-of-credit'],
  ['upstream', 'provider-failed'],
] as const)('a test that is answered %s fails with %s', async (kind, code) => {
  const { desk, krea, refused } = await scene()
  krea.failures.push({ kind, message: 'its words' })
  const failure = await failureOf(() => desk.testKey('krea'))
  expect([failure.code, failure.details]).toEqual([code, 'its words'])
  expect(refused.has('k1')).toBe(kind === 'key-refused')
})

test('no answer is no refusal; without a key nothing is asked', async () => {
  const { desk, krea, refused, setKey } = await scene()
  krea.failures.push('cut')
  expect(await codeOf(() => desk.testKey('krea'))).toBe('provider-down')
  expect([...refused]).toEqual([])
  setKey('krea', undefined)
  expect(await codeOf(() => desk.testKey('krea'))).toBe('no-key')
  expect(krea.requests).toHaveLength(1)
})

test('a saved key lets what waited for one go', async () => {
  const { desk, setKey, create, clock, commands, state } = await scene()
  setKey('krea', undefined)
  const id = await create()
  await clock.advance(100)
  expect(commands.list()[0]?.wait?.kind).toBe('no-key')
  setKey('krea', 'k2')
  desk.saveKey('krea', 'kr-1234567890', true)
  await clock.advance(100)
  expect(state(id)).toBe('running')
})

test('limits hold: so many at once, and no more', async () => {
  const { desk, create, clock, commands, krea } = await scene()
  desk.setLimits('krea', { ...desk.status('krea').limits, concurrency: 1 })
  await create({ prompt: 'a' })
  await clock.advance(1)
  await create({ prompt: 'b' })
  await clock.advance(60_000)
  expect(krea.accepted).toHaveLength(1)
  expect(commands.list()[1]?.wait?.kind).toBe('provider-limit')
  desk.setLimits('krea', { ...desk.status('krea').limits, concurrency: 2 })
  await clock.advance(100)
  expect(krea.accepted).toHaveLength(2)
})

test('a lost answer takes no place: it may stay in doubt for days', async () => {
  const { desk, create, clock, krea } = await scene()
  desk.setLimits('krea', { ...desk.status('krea').limits, concurrency: 1 })
  krea.fates.push({ takes: false, answer: 'cut' })
  await create({ prompt: 'a' })
  await create({ prompt: 'b' })
  await clock.advance(60_000)
  expect(krea.count('POST submit')).toBe(2)
})

test('a price that cannot be asked for is unknown, one that makes no sense is not asked', async () => {
  const { desk, krea } = await scene()
  Object.assign(krea.provider, { quote: async () => Promise.reject(new Unreachable('down', true)) })
  expect(await desk.quote(remoteRecipe(), 'krea')).toEqual({ certainty: 'unknown', amount: null })
  const quotes = await desk.quotes(remoteRecipe({ resolution: '4k' }))
  expect(quotes.find(({ provider }) => provider === 'apiframe')?.quote.certainty).toBe('unknown')
})

test('why there is no price: nobody answers, not what was asked, or not soon; the others have theirs', async () => {
  const { desk, krea, apiframe } = await scene()
  const of = async (id: string) => (await desk.quotes(remoteRecipe())).find(({ provider }) => provider === id)
  const price = async (problem: unknown) => {
    Object.assign(krea.provider, { quote: () => Promise.reject(problem) })
    return of('krea')
  }
  const unknown = { certainty: 'unknown', amount: null }
  expect(await price(new Unreachable('ECONNREFUSED', true))).toEqual({
    provider: 'krea',
    quote: unknown,
    problem: { code: 'provider-down', message: 'Krea does not answer.', details: 'ECONNREFUSED' },
  })
  expect(await price(new AppError('unknown-answer', 'no list', 'answer 500'))).toMatchObject({
    quote: unknown,
    problem: { code: 'unknown-answer', details: 'answer 500' },
  })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  Object.assign(krea.provider, { quote: () => new Promise(() => undefined) })
  Object.assign(apiframe.provider, { quote: async () => ({ certainty: 'listed', amount: usd(3) }) })
  const quotes = desk.quotes(remoteRecipe())
  await vi.advanceTimersByTimeAsync(3_000)
  expect(await quotes).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        provider: 'krea',
        problem: expect.objectContaining({ code: 'provider-down' }),
      }),
      { provider: 'apiframe', quote: { certainty: 'listed', amount: usd(3) } },
    ]),
  )
})

test('what a provider delivered, and how long that usually takes', async () => {
  const { desk, create, clock, krea, passes } = await scene()
  const id = await create()
  krea.finish('r1')
  await clock.advance(10_000)
  await passes(id, 'done')
  const { clips, usualWaitMs, monthSpend, health } = desk.status('krea')
  expect([clips, monthSpend, health]).toEqual([1, [usd(1)], { kind: 'ok' }])
  expect(usualWaitMs).toBeGreaterThanOrEqual(0)
  expect(desk.list().map((status) => status.id)).toEqual([...remoteProviderIds])
})

test('a price is asked for with the key where there is one, and without where there is none', async () => {
  const { desk, krea, connections, setKey } = await scene()
  const doors: string[] = []
  const { current, anonymous } = connections
  Object.assign(connections, {
    current: (id: 'krea') => {
      const connection = current(id)
      return connection && { ...connection, send: track('key', connection.send) }
    },
    anonymous: (id: 'krea') => track('anonymous', anonymous(id)),
  })
  const track =
    (door: string, send: Send): Send =>
    async (request) => {
      doors.push(door)
      return send(request)
    }
  Object.assign(krea.provider, {
    quote: async (_recipe: unknown, send: Send) => {
      await send({ method: 'GET', path: '/account' })
      return { certainty: 'listed', amount: usd(2) }
    },
  })
  expect(await desk.quote(remoteRecipe(), 'krea')).toEqual({ certainty: 'listed', amount: usd(2) })
  setKey('krea', undefined)
  await desk.quote(remoteRecipe(), 'krea')
  expect(doors).toEqual(['key', 'anonymous'])
})

test('how its jobs ended', async () => {
  const { desk, create, krea, passes } = await scene()
  const ids = [await create({ prompt: 'a' }), await create({ prompt: 'b' })]
  for (const id of ids) await passes(id, 'running')
  krea.say('r1', { kind: 'failed', word: 'failed', message: 'no', blocked: false, billed: 'no' })
  krea.say('r2', { kind: 'failed', word: 'failed', message: 'no', blocked: true, billed: 'no' })
  await passes(ids[0] ?? '', 'failed')
  await passes(ids[1] ?? '', 'refused')
  expect(desk.status('krea').outcomes).toEqual({ done: 0, failed: 1, refused: 1 })
})

test('at Generate a price is as the platform tells it now; late, as it is remembered', async () => {
  const { desk, krea } = await scene()
  const told = Promise.withResolvers<Quote>()
  const ages: (number | undefined)[] = []
  Object.assign(krea.provider, {
    quote: (_recipe: unknown, _send: unknown, maxAgeMs?: number) => {
      ages.push(maxAgeMs)
      return maxAgeMs === undefined ? Promise.resolve(dollars(1)) : told.promise
    },
  })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const late = desk.quote(remoteRecipe(), 'krea')
  await vi.advanceTimersByTimeAsync(3_000)
  expect([await late, ages]).toEqual([dollars(1), [60_000, undefined]])
  told.resolve(dollars(3))
  expect([await desk.quote(remoteRecipe(), 'krea'), ages.length]).toEqual([dollars(3), 3])
})

test('what a credit is worth: what was paid in credits before counts, is told, and holds up what is too much', async () => {
  const { desk, create, clock, krea, engine, spends, commands } = await scene()
  krea.setQuote(inCredits(100))
  await create({ prompt: 'a' })
  await clock.advance(100)
  expect(engine.ledger.spend()).toMatchObject({ todayMicros: 0, monthCreditMicros: 100e6 })
  engine.limits.setCaps({ jobMicros: null, dayMicros: 1.5e6, monthMicros: null })
  const told = spends.length
  desk.setLimits('krea', { ...desk.status('krea').limits, creditMicros: 10_000 })
  expect(spends.slice(told)).toEqual([expect.objectContaining({ todayMicros: 1e6, monthCreditMicros: 0 })])
  await create({ prompt: 'b' })
  await clock.advance(100)
  expect([krea.accepted.length, commands.list()[1]?.wait?.kind]).toEqual([1, 'budget'])
})

test('a worth that cannot be counted is not set either', async () => {
  const { desk, create, krea, engine, db } = await scene()
  krea.setQuote(inCredits(100))
  await create({ prompt: 'a' })
  db.exec("create trigger full before update on ledger begin select raise(abort, 'disk full'); end")
  const before = desk.status('krea').limits
  expect(() => desk.setLimits('krea', { ...before, creditMicros: 10_000 })).toThrow('disk full')
  expect(engine.limits.of('krea')).toEqual(before)
})
