import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { AppError } from '../../../../shared/error'
import { finishedJob } from '../../../support/engine-finished'
import { filesBelow } from '../../../support/folder'
import { testLibrary } from '../../../support/library'
import { sampleMedia, sampleRecipe } from '../../../support/samples'
import { until } from '../../../support/until'

const minute = 60_000

test('a file whose end is missing is fetched anew; one that stays so is kept and told', async () => {
  const { id, fetched, world, passes, orders, paths } = await finishedJob()
  let broken = 1
  world.inspect = async () => {
    broken -= 1
    if (broken >= 0) throw new AppError('damaged', 'The end of this file is missing.')
    return sampleMedia
  }
  await fetched()
  await passes(id, 'done')
  expect(orders.map(({ resume }) => resume)).toEqual([null, null])
  const other = await finishedJob()
  other.world.inspect = async () => {
    throw new AppError('damaged', 'The end of this file is missing.')
  }
  await other.fetched()
  await other.passes(other.id, 'undelivered')
  expect(existsSync(join(other.paths.partial, `${other.id}.part`))).toBe(true)
  expect(await filesBelow(join(paths.root, 'clips'))).toHaveLength(2)
})

test('a file that comes twice the same and cannot be played here is kept as it is, with a remark', async () => {
  const { id, fetched, world, passes, orders, clips } = await finishedJob()
  world.inspect = async () => {
    throw new AppError('not-decodable', 'HEVC')
  }
  await fetched()
  await passes(id, 'done')
  expect(orders).toHaveLength(2)
  expect(clips.get(id)).toMatchObject({
    media: { codec: 'unknown', durationS: sampleRecipe().durationS },
    origin: { remark: expect.stringContaining('cannot play') },
  })
})

test('a file that stays damaged is fetched five times, and then only by the user’s word', async () => {
  const { id, fetched, world, passes, orders, clock, commands } = await finishedJob()
  world.inspect = async () => {
    throw new AppError('damaged', 'The end of this file is missing.')
  }
  await fetched()
  await passes(id, 'undelivered')
  await clock.advance(3 * 60 * minute)
  expect(orders).toHaveLength(5)
  world.inspect = async () => sampleMedia
  await commands.fetchAgain(id)
  await passes(id, 'done')
})

const afterwards: Readonly<Record<string, (job: Awaited<ReturnType<typeof finishedJob>>) => void>> = {
  'a dead link': ({ fails }) => fails('link', 4),
  'a bad line': ({ fails }) => fails('network', 20),
  'no link at all': ({ krea, clock }) => {
    krea.finish('r1', { url: null })
    clock.after(15 * minute, () => krea.finish('r1'))
  },
}

test.each(Object.entries(afterwards))(
  'damaged once, and then %s: it is fetched by itself when it can be',
  async (_what, happens) => {
    const job = await finishedJob()
    const { id, fetched, world, passes, clock } = job
    world.inspect = async () => {
      happens(job)
      world.inspect = async () => sampleMedia
      throw new AppError('damaged', 'The end of this file is missing.')
    }
    await fetched()
    for (let n = 0; n < 45; n += 1) await clock.advance(minute)
    await passes(id, 'done')
  },
)

test('a library whose disk is unplugged: nothing is lost or tried, and it goes on when the disk is back', async () => {
  const { id, fetched, orders, clock, commands, paths, passes, state } = await finishedJob()
  renameSync(paths.inner, `${paths.inner}-away`)
  await fetched()
  const before = commands.timeline(id).entries.length
  for (let n = 0; n < 10; n += 1) await clock.advance(minute)
  expect([state(id), orders.length]).toEqual(['downloading', 0])
  expect(commands.timeline(id).entries).toHaveLength(before)
  renameSync(`${paths.inner}-away`, paths.inner)
  await passes(id, 'done')
})

test('without room the clip waits, nothing new is paid for, and both go on when there is room', async () => {
  const { id, fetched, world, passes, state, engine, create, clock, orders, commands } = await finishedJob()
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
  const { id, fetched, fails, passes, row } = await finishedJob()
  fails('disk-full', 7)
  await fetched()
  await until(() => expect(row(id).state).toBe('downloading'))
  await passes(id, 'done')
})

test('of another library: fetched to this computer, moved in when that library is open', async () => {
  const { id, stop, krea, world, start, away, clock, home, orders } = await finishedJob()
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
  // Safe as it can be: it keeps neither the computer awake nor the program open.
  expect(second.engine.isBusy()).toBe(false)
  second.stop()
  world.library = home.library
  const third = start()
  await third.passes(id, 'done')
  expect([orders.length, await filesBelow(away)]).toEqual([1, []])
  expect(home.clips.get(id)).toBeDefined()
})

test('found again in the log after a restore, a clip that is in the library is not fetched again', async () => {
  const { id, snapshot, db, fetched, passes, crash, restore, start, orders } = await finishedJob()
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
  const { id, fetched, world, state, crash, start, orders, home } = await finishedJob()
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
  const { id, fetched, world, crash, start, orders, home, row } = await finishedJob()
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
