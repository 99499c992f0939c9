import { expect, test } from 'vitest'
import { DownloadFailure } from '../../../../electron/downloads/failure'
import { finishedJob } from '../../../support/engine-finished'
import { until } from '../../../support/until'

const minute = 60_000

test('after a cut the same link is tried again, the bytes that are here are used', async () => {
  const { id, fetched, world, orders, passes, krea } = await finishedJob()
  world.downloads.push(({ hooks }) => {
    hooks.onResume({ validator: '"v7"', total: 99, type: 'video/mp4' })
    throw new DownloadFailure('network', 'cut')
  })
  await fetched()
  await passes(id, 'done')
  expect(orders.map(({ url, resume }) => [url, resume?.validator])).toEqual([
    ['https://host.example/r1.mp4', undefined],
    ['https://host.example/r1.mp4', '"v7"'],
  ])
  expect(krea.count('GET job')).toBeLessThanOrEqual(3)
})

test('a bad line is no bad link: tried ever more rarely, then told, and fetched when the line is better', async () => {
  const { id, fetched, fails, orders, clock, state, row, passes } = await finishedJob()
  fails('network', 25)
  await fetched()
  for (let n = 0; n < 25; n += 1) await clock.advance(minute)
  expect([state(id), orders.length > 12, orders.length < 20]).toEqual(['downloading', true, true])
  for (let n = 0; n < 8; n += 1) await clock.advance(minute)
  expect(row(id)).toMatchObject({ state: 'undelivered', error: { code: 'link-failed' } })
  for (let n = 0; n < 12; n += 1) await clock.advance(minute)
  await passes(id, 'done')
})

test('a host that is never reached: the platform is asked for a fresh link', async () => {
  const { id, fetched, fails, krea, orders, passes } = await finishedJob()
  fails('network', 4)
  await fetched()
  krea.finish('r1', { url: 'https://host.example/fresh.mp4' })
  await passes(id, 'done')
  expect(orders.map(({ url }) => url.slice(-9))).toEqual([...Array<string>(4).fill('le/r1.mp4'), 'fresh.mp4'])
})

test.each([
  ['as long as the host asks for', 10 * minute, 10 * minute],
  ['a moment, though the host asks for none', 0, 2000],
  ['an hour at most, though the host asks for years', 365 * 24 * 60 * minute, 60 * minute],
])('after a failed try the pause is %s', async (_what, retryAfterMs, ms) => {
  const { fetched, fails, orders, clock } = await finishedJob()
  fails('network', 1, { retryAfterMs })
  await fetched()
  await until(() => expect(clock.waits()).toContain(ms))
  // Pauses go by a clock that nobody can set.
  clock.set(clock.now() - 24 * 60 * minute)
  await clock.advance(ms - 100)
  expect(orders).toHaveLength(1)
  await clock.advance(200)
  expect(orders).toHaveLength(2)
})

test('a dead link is exchanged by asking the platform again', async () => {
  const { id, fetched, fails, orders, passes, krea } = await finishedJob()
  fails('link')
  await fetched()
  krea.finish('r1', { url: 'https://host.example/fresh.mp4' })
  await passes(id, 'done')
  expect(orders.map(({ url }) => url)).toEqual([
    'https://host.example/r1.mp4',
    'https://host.example/fresh.mp4',
  ])
})

test('a bad line before does not use up the tries of a link', async () => {
  const { id, fetched, fails, passes, told } = await finishedJob()
  fails('network', 6)
  fails('link')
  await fetched()
  await passes(id, 'done')
  expect(told.map(({ state }) => state)).not.toContain('undelivered')
})

test.each(['link', 'not-video', 'too-large', 'address'] as const)(
  'always %s: undelivered, charged, with what was tried; the user may fetch it again',
  async (kind) => {
    const { id, fetched, fails, passes, row, engine, commands, orders } = await finishedJob()
    fails(kind, 5)
    await fetched()
    await passes(id, 'undelivered')
    expect(orders).toHaveLength(5)
    expect(row(id).error).toMatchObject({ code: 'link-failed', details: `it was ${kind}` })
    expect(row(id).error?.message).toMatch(/5 tries/)
    expect(engine.ledger.of(id).state).toBe('charged')
    await commands.fetchAgain(id)
    await passes(id, 'done')
  },
)

test('thrown away by the platform: an honest end, paid', async () => {
  const { id, fetched, fails, passes, krea, engine, log } = await finishedJob()
  fails('link')
  await fetched()
  krea.finish('r1', { url: null, expired: true })
  await passes(id, 'expired')
  expect(engine.ledger.of(id).state).toBe('charged')
  expect(log().intents).toMatchObject([{ closed: 'ended' }])
})

test('finished without a link is not delivered yet, and asked about', async () => {
  const { id, row, krea, commands, clock, passes, engine } = await finishedJob()
  krea.finish('r1', { url: null })
  await commands.check(id)
  expect(row(id)).toMatchObject({ state: 'undelivered', error: { code: 'link-failed' } })
  expect(engine.ledger.of(id).state).toBe('charged')
  expect(engine.table.lastAnswer(id)).toContain('"url":null')
  krea.finish('r1')
  await clock.advance(11 * minute)
  await passes(id, 'done')
})

test('a failure that cannot be written down is no reason to ask the host all the time', async () => {
  const { id, fetched, orders, clock, db, passes, logged } = await finishedJob()
  db.exec(
    "create trigger full before update of result on jobs when new.state = 'downloading' and old.state = 'downloading' begin select raise(abort, 'disk is full'); end",
  )
  await fetched()
  await clock.advance(5 * minute)
  expect(orders.length).toBeGreaterThan(1)
  expect(orders.length).toBeLessThanOrEqual(12)
  expect(logged).toContain(`fetching ${id}: disk is full`)
  db.exec('drop trigger full')
  await passes(id, 'done')
})

test('a platform that takes its word back while the clip comes is not believed, nor is it logged as an end', async () => {
  const { id, fetched, world, krea, commands, state, log } = await finishedJob()
  world.downloads.push(() => new Promise<void>(() => undefined))
  await fetched()
  krea.say('r1', { kind: 'failed', word: 'failed', message: 'glitch', blocked: false, billed: 'no' })
  await commands.check(id)
  expect(state(id)).toBe('downloading')
  expect(log().intents).toMatchObject([{ closed: null }])
})
