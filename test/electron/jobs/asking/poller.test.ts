import { expect, test } from 'vitest'
import { createTestClock } from '../../../support/engine-clock'
import { createPlatform } from '../../../support/engine-platform'
import { engineScene } from '../../../support/engine-scene'

const minute = 60_000
const hour = 60 * minute

async function running(count: number, options: Parameters<typeof createPlatform>[1] = {}) {
  const clock = createTestClock()
  const krea = createPlatform(clock, options)
  const scene = await engineScene({ clock, krea })
  const session = scene.start()
  session.engine.limits.set('krea', { ...session.engine.limits.of('krea'), concurrency: 50 })
  session.engine.limits.setCaps({ jobMicros: null, dayMicros: null, monthMicros: null })
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) ids.push(await session.create({ prompt: `fox ${n}` }))
  // A new job is asked for at once; these tests are about what comes after.
  await clock.advance(10)
  krea.requests.length = 0
  return { ...scene, ...session, ids, id: ids[0] ?? '' }
}

test.each([1, 2])('%i due jobs are asked for one by one', async (count) => {
  const { krea, clock } = await running(count)
  await clock.advance(10_500)
  expect(krea.requests.toSorted()).toEqual(['GET job r1', 'GET job r2'].slice(0, count))
})

test('three due jobs are asked for through the list, once', async () => {
  const { krea, clock } = await running(3)
  await clock.advance(10_500)
  expect(krea.requests).toEqual(['GET list 0-20'])
})

test('the list is read page by page, and no further than it must be', async () => {
  const { krea, clock, commands } = await running(3, { listPage: 20 })
  for (let n = 0; n < 45; n += 1) krea.foreign({ createdAt: clock.now() + 1 })
  krea.finish('r1')
  await clock.advance(10_500)
  expect(krea.requests).toEqual(['GET list 0-20', 'GET list 20-20', 'GET list 40-20'])
  expect(commands.list().filter(({ state }) => state === 'running')).toHaveLength(2)
})

test('what the list does not tell of is asked for by itself', async () => {
  const { krea, clock } = await running(3)
  const [first] = krea.jobs
  if (first) first.hidden = true
  await clock.advance(10_500)
  expect(krea.requests).toEqual(['GET list 0-20', 'GET job r1'])
})

test('unknown words mean running, and are kept as they are', async () => {
  const { krea, clock, row, id } = await running(1)
  krea.say('r1', { kind: 'running', word: 'reticulating', progress: 0.4 })
  await clock.advance(10_500)
  expect(row(id)).toMatchObject({ state: 'running', word: 'reticulating' })
})

test('nothing is asked while offline, and at once when the network is back', async () => {
  const { krea, clock, world, engine } = await running(1)
  world.offline = true
  engine.wake()
  await clock.advance(hour)
  expect(krea.requests).toEqual([])
  world.offline = false
  engine.wake()
  await clock.advance(10)
  expect(krea.requests).toEqual(['GET job r1'])
})

test('a queue that takes days is no failure: no deadline of ours ends a job', async () => {
  const { krea, clock, row, id } = await running(1, { intervalMs: 30 * minute })
  await clock.advance(72 * hour)
  expect(row(id).state).toBe('running')
  krea.finish('r1')
  await clock.advance(hour)
  expect(['downloading', 'done']).toContain(row(id).state)
})

test('a 404 soon after the submit is no failure; later it is undelivered, maybe charged, asked for still', async () => {
  const { krea, clock, row, id, engine, passes } = await running(1)
  const [job] = krea.jobs
  if (!job) throw new Error('no job')
  job.hidden = true
  await clock.advance(14 * minute)
  expect(row(id)).toMatchObject({ state: 'running', error: null })
  await clock.advance(2 * minute)
  expect(row(id)).toMatchObject({ state: 'undelivered', error: { code: 'not-found' } })
  expect(engine.ledger.of(id).state).toBe('maybe')
  job.hidden = false
  krea.finish('r1')
  await clock.advance(11 * minute)
  await passes(id, 'done')
  expect(engine.ledger.of(id).state).toBe('charged')
})

test('a 404 that comes and goes counts from its beginning anew', async () => {
  const { krea, clock, row, id } = await running(1)
  const [job] = krea.jobs
  for (let n = 0; n < 4; n += 1) {
    if (job) job.hidden = true
    await clock.advance(10 * minute)
    if (job) job.hidden = false
    await clock.advance(minute)
  }
  expect(row(id).state).toBe('running')
})

test('a job is asked for with its own key, also after that was replaced', async () => {
  const { krea, clock, setKey, connections, row, id } = await running(1)
  const used: string[] = []
  const { byPrint } = connections
  Object.assign(connections, {
    byPrint(provider: 'krea', print: string) {
      used.push(print)
      return byPrint(provider, print)
    },
  })
  setKey('krea', 'k2')
  await clock.advance(10_500)
  expect(new Set(used)).toEqual(new Set(['k1']))
  expect(krea.requests).toEqual(['GET job r1'])
  expect(row(id).intent?.keyPrint).toBe('k1')
})

test('a 401 is no failure of the job: it is asked for with the key that works now', async () => {
  const { krea, clock, setKey, refused, row, id, passes, engine } = await running(1)
  krea.failures.push({ kind: 'key-refused', message: 'no' })
  await clock.advance(10_500)
  expect([...refused]).toEqual(['k1'])
  expect(row(id).state).toBe('running')
  const before = krea.requests.length
  await clock.advance(4 * minute)
  // With the refused key it is asked rarely: the platform may take it again.
  expect(krea.requests.length - before).toBeLessThanOrEqual(1)
  setKey('krea', 'k2')
  krea.finish('r1')
  engine.wake()
  await passes(id, 'done')
})

test('one 401 does not end the polling: without another key the refused one is asked again, rarely', async () => {
  const { krea, clock, passes, refused, id } = await running(1)
  krea.failures.push({ kind: 'key-refused', message: 'gateway' }, { kind: 'key-refused', message: 'gateway' })
  await clock.advance(25_000)
  krea.requests.length = 0
  krea.finish('r1')
  await clock.advance(4.5 * minute)
  expect(krea.requests).toEqual([])
  await clock.advance(minute)
  expect(krea.requests).toEqual(['GET job r1'])
  expect([...refused]).toEqual([])
  await passes(id, 'done')
})

test('a platform that does not answer is left alone ever longer, and asked again', async () => {
  const { krea, clock, engine, row, id } = await running(1)
  krea.failures.push(...Array.from({ length: 6 }, () => 'cut' as const))
  await clock.advance(41_000)
  expect(engine.health.of('krea').kind).toBe('down')
  krea.finish('r1')
  await clock.advance(5 * minute)
  expect(engine.health.of('krea').kind).toBe('ok')
  expect(['downloading', 'done']).toContain(row(id).state)
})

test('Retry-After is obeyed by the questions too', async () => {
  const { krea, clock } = await running(1)
  krea.failures.push({ kind: 'rate-limited', message: 'slow', retryAfterMs: 5 * minute })
  await clock.advance(10_500)
  expect(krea.requests).toHaveLength(1)
  await clock.advance(4.5 * minute)
  expect(krea.requests).toHaveLength(1)
  await clock.advance(minute)
  expect(krea.requests.length).toBeGreaterThan(1)
})

test('the cancel wish is sent once a minute until the platform ends the job', async () => {
  const { krea, clock, commands, row, id } = await running(1)
  expect(commands.cancel(id)).toMatchObject({ state: 'running', cancelRequested: true })
  await clock.advance(100)
  expect(krea.count('DELETE')).toBe(1)
  await clock.advance(50_000)
  expect(krea.count('DELETE')).toBe(1)
  await clock.advance(20_000)
  expect(krea.count('DELETE')).toBe(2)
  krea.say('r1', { kind: 'cancelled', word: 'cancelled', billed: 'no' })
  await clock.advance(11_000)
  expect(row(id)).toMatchObject({ state: 'cancelled', error: null })
})

test('where a job cannot be called off nothing is sent, and the clip that comes is kept', async () => {
  const { krea, clock, commands, id, passes } = await running(1, { canCancel: false })
  commands.cancel(id)
  await clock.advance(3 * minute)
  expect(krea.count('DELETE')).toBe(0)
  krea.finish('r1')
  await passes(id, 'done')
})

test.each(['poller', 'queue'] as const)(
  'an exception in the middle of the %s is no end of it',
  async (where) => {
    const { krea, clock, engine, logged, id, row, create } = await running(1)
    engine.setPaused(true)
    const waiting = await create({ prompt: 'another' })
    const part = where === 'poller' ? engine.table : engine.limits
    const method = where === 'poller' ? 'watched' : 'of'
    const work = Reflect.get(part, method)
    Object.assign(part, {
      [method]() {
        Object.assign(part, { [method]: work })
        throw new Error('database is locked')
      },
    })
    engine.setPaused(false)
    await clock.advance(6000)
    expect(logged.some((line) => line.includes('database is locked'))).toBe(true)
    krea.finish('r1')
    await clock.advance(11_000)
    expect(row(id).state).not.toBe('running')
    expect(row(waiting).state).toBe('running')
  },
)

test.each([-6 * hour, 365 * 24 * hour])(
  'the computer’s clock is set by %s ms: polling goes on as before',
  async (ms) => {
    const { krea, clock, passes, id } = await running(1)
    await clock.advance(5000)
    clock.set(clock.now() + ms)
    krea.requests.length = 0
    await clock.advance(60_000)
    expect(krea.count('GET job')).toBeGreaterThanOrEqual(5)
    expect(krea.count('GET job')).toBeLessThanOrEqual(7)
    krea.finish('r1')
    await passes(id, 'done')
  },
)

test('one job that cannot be written down keeps no other from its clip, and is not asked for all the time', async () => {
  const { krea, clock, db, ids, row, passes } = await running(4)
  // The newest one is told of first.
  const [poisoned = '', ...others] = ids.toReversed()
  db.exec(
    `create trigger poison before update of state on jobs when new.id = '${poisoned}' begin select raise(abort, 'poison'); end`,
  )
  for (const { remoteId } of krea.jobs) krea.finish(remoteId)
  for (const id of others) await passes(id, 'done')
  krea.requests.length = 0
  await clock.advance(5 * minute)
  expect([row(poisoned).state, krea.requests.length <= 31]).toEqual(['running', true])
  db.exec('drop trigger poison')
  await passes(poisoned, 'done')
})

test.each([
  ['failed', { kind: 'failed', word: 'failed', message: 'no', blocked: false, billed: 'no' }],
  ['cancelled', { kind: 'cancelled', word: 'cancelled', billed: 'no' }],
  ['undelivered', { kind: 'completed', word: 'completed', url: null, expired: false, charged: null }],
] as const)('%s, seen in a list: its own answer is asked for and kept', async (state, reading) => {
  const { krea, clock, engine, row, id } = await running(3)
  krea.say('r1', reading)
  await clock.advance(10_500)
  expect(krea.requests).toEqual(['GET list 0-20', 'GET job r1'])
  expect([row(id).state, engine.table.lastAnswer(id)]).toEqual([state, JSON.stringify(reading)])
})

test('SECURITY: a key that a platform quotes with a failure is kept nowhere', async () => {
  const { krea, world, commands, told, passes, id } = await running(1)
  world.clean = (text) => text.replaceAll('kr-secret', '…')
  krea.say('r1', { kind: 'failed', word: 'failed', message: 'kr-secret', blocked: false, billed: 'no' })
  await passes(id, 'failed')
  const kept = JSON.stringify([commands.list(), commands.timeline(id), told])
  expect([kept.includes('kr-secret'), kept.includes('…')]).toEqual([false, true])
})
