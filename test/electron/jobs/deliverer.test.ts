import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DownloadFailure, type DownloadFailureKind } from '../../../electron/downloads/failure'
import { AppError } from '../../../shared/error'
import { engineScene } from '../../support/engine-scene'
import { filesBelow } from '../../support/folder'
import { testLibrary } from '../../support/library'
import { sampleMedia } from '../../support/samples'
import { until } from '../../support/until'

const minute = 60_000

/** A job that has finished at the platform, about to be fetched. */
async function finished() {
  const scene = await engineScene()
  const session = scene.start()
  const id = await session.create()
  const fetched = async () => {
    scene.krea.finish('r1')
    await session.commands.check(id)
  }
  const fails = (kind: DownloadFailureKind, times = 1, details = {}) => {
    for (let n = 0; n < times; n += 1) {
      scene.world.downloads.push(() => {
        throw new DownloadFailure(kind, `it was ${kind}`, details)
      })
    }
  }
  return { ...scene, ...session, id, fetched, fails }
}

test('after a cut the same link is tried again, the bytes that are here are used', async () => {
  const { id, fetched, world, orders, passes, krea } = await finished()
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

test('a bad line is no bad link: it is tried for hours, ever more rarely', async () => {
  const { id, fetched, fails, orders, clock, state, passes } = await finished()
  fails('network', 30)
  await fetched()
  for (let n = 0; n < 160; n += 1) await clock.advance(15_000)
  expect(state(id)).toBe('downloading')
  expect(orders.length).toBeGreaterThan(15)
  expect(orders.length).toBeLessThan(31)
  await clock.advance(30 * minute)
  await passes(id, 'done')
})

test('what the host asks to wait is waited', async () => {
  const { fetched, fails, orders, clock } = await finished()
  fails('network', 1, { retryAfterMs: 10 * minute })
  await fetched()
  await until(() => expect(clock.waits()).toContain(10 * minute))
  await clock.advance(9 * minute)
  expect(orders).toHaveLength(1)
  await clock.advance(2 * minute)
  expect(orders).toHaveLength(2)
})

test('a dead link is exchanged by asking the platform again', async () => {
  const { id, fetched, fails, orders, passes, krea } = await finished()
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
  const { id, fetched, fails, passes, told } = await finished()
  fails('network', 6)
  fails('link')
  await fetched()
  await passes(id, 'done')
  expect(told.map(({ state }) => state)).not.toContain('undelivered')
})

test.each(['link', 'not-video', 'too-large', 'address'] as const)(
  'always %s: undelivered, charged, with what was tried; the user may fetch it again',
  async (kind) => {
    const { id, fetched, fails, passes, row, engine, commands, orders } = await finished()
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
  const { id, fetched, fails, passes, krea, engine, log } = await finished()
  fails('link')
  await fetched()
  krea.finish('r1', { url: null, expired: true })
  await passes(id, 'expired')
  expect(engine.ledger.of(id).state).toBe('charged')
  expect(log().intents).toMatchObject([{ closed: 'ended' }])
})

test('finished without a link is not delivered yet, and asked about', async () => {
  const { id, row, krea, commands, clock, passes, engine } = await finished()
  krea.finish('r1', { url: null })
  await commands.check(id)
  expect(row(id)).toMatchObject({ state: 'undelivered', error: { code: 'link-failed' } })
  expect(engine.ledger.of(id).state).toBe('charged')
  expect(engine.table.lastAnswer(id)).toContain('"url":null')
  krea.finish('r1')
  await clock.advance(11 * minute)
  await passes(id, 'done')
})

test('a file whose end is missing is fetched anew; one that stays so is kept and told', async () => {
  const { id, fetched, world, passes, orders, paths } = await finished()
  let broken = 1
  world.inspect = async () => {
    broken -= 1
    if (broken >= 0) throw new AppError('damaged', 'The end of this file is missing.')
    return sampleMedia
  }
  await fetched()
  await passes(id, 'done')
  expect(orders.map(({ resume }) => resume)).toEqual([null, null])
  const other = await finished()
  other.world.inspect = async () => {
    throw new AppError('damaged', 'The end of this file is missing.')
  }
  await other.fetched()
  await other.passes(other.id, 'undelivered')
  expect(existsSync(join(other.paths.partial, `${other.id}.part`))).toBe(true)
  expect(await filesBelow(join(paths.root, 'clips'))).toHaveLength(2)
})

test('without room the clip waits, nothing new is paid for, and both go on when there is room', async () => {
  const { id, fetched, world, passes, state, engine, create, clock, orders, commands } = await finished()
  world.freeBytes = 999_999_999
  await fetched()
  await until(() => expect(engine.queue().lowDiskBytes).toBe(999_999_999))
  const waiting = await create({ prompt: 'another' })
  await clock.advance(10 * minute)
  expect([state(id), state(waiting), orders.length]).toEqual(['downloading', 'waiting', 0])
  expect(commands.list().at(-1)?.wait?.kind).toBe('disk')
  world.freeBytes = 50e9
  await passes(id, 'done')
  await passes(waiting, 'running')
  expect(engine.queue().lowDiskBytes).toBeNull()
})

test('a disk that fills up during the download is no try', async () => {
  const { id, fetched, fails, passes, row } = await finished()
  fails('disk-full', 7)
  await fetched()
  await until(() => expect(row(id).state).toBe('downloading'))
  await passes(id, 'done')
})

test('of another library: fetched to this computer, moved in when that library is open', async () => {
  const { id, stop, krea, world, start, away, clock, home, orders } = await finished()
  stop()
  krea.finish('r1')
  const other = await testLibrary()
  world.library = other.library
  const second = start()
  await until(async () => {
    await clock.advance(1000)
    expect(await filesBelow(away)).toEqual([`${id}.part`])
    expect(second.row(id).result?.fetched).not.toBeNull()
  })
  await clock.advance(10 * minute)
  expect([second.state(id), orders.length]).toEqual(['downloading', 1])
  second.stop()
  world.library = home.library
  const third = start()
  await third.passes(id, 'done')
  expect([orders.length, await filesBelow(away)]).toEqual([1, []])
  expect(home.clips.get(id)).toBeDefined()
})

test('found again in the log after a restore, a clip that is in the library is not fetched again', async () => {
  const { id, snapshot, db, fetched, passes, crash, restore, start, orders } = await finished()
  const older = snapshot(db, 'before')
  await fetched()
  await passes(id, 'done')
  crash()
  restore(older)
  const again = start({ isRestored: true })
  await again.passes(id, 'done')
  expect(orders).toHaveLength(1)
  expect(again.engine.ledger.of(id).state).toBe('charged')
})

test('killed between download and saving, what is here is used', async () => {
  const { id, fetched, world, state, crash, start, orders, home } = await finished()
  world.inspect = async () => await new Promise(() => undefined)
  await fetched()
  await until(() => expect(existsSync(join(home.paths.partial, `${id}.part`))).toBe(true))
  expect(state(id)).toBe('downloading')
  crash()
  world.inspect = async () => sampleMedia
  const again = start()
  await again.passes(id, 'done')
  expect(orders).toHaveLength(1)
})

test('a part that is gone or of another size is fetched again', async () => {
  const { id, fetched, world, crash, start, orders, home, row } = await finished()
  world.inspect = async () => await new Promise(() => undefined)
  await fetched()
  await until(() => expect(row(id).result?.fetched).not.toBeNull())
  crash()
  writeFileSync(join(home.paths.partial, `${id}.part`), 'cut')
  world.inspect = async () => sampleMedia
  const again = start()
  await again.passes(id, 'done')
  expect(orders).toHaveLength(2)
})
