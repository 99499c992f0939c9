import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { AppError } from '../../../shared/error'
import { engineScene } from '../../support/engine-scene'
import { codeOf } from '../../support/failure'
import { failFileCall } from '../../support/file-calls'
import { filesBelow } from '../../support/folder'
import { createGatedProvider } from '../../support/jobs'
import { mp4 } from '../../support/pictures'
import { sampleRecipe, sha256Of } from '../../support/samples'
import { until } from '../../support/until'

async function scene() {
  const { make, makings } = createGatedProvider()
  const parts = await engineScene({ make })
  const session = parts.start()
  const create = async (prompt = 'red fox') => {
    parts.clock.set(parts.clock.now() + 1)
    return await session.create({ prompt }, 'animatic')
  }
  const making = async (n: number) => {
    await until(() => expect(makings.length).toBeGreaterThan(n))
    const found = makings[n]
    if (!found) throw new Error('not made')
    return found
  }
  const shown = (id: string) => session.commands.list().find((job) => job.id === id)
  return { ...parts, ...session, create, making, makings, shown }
}

test('a job becomes a clip: file, sidecar, row, no bill, and every step is told', async () => {
  const { create, making, reaches, told, clips, paths, shown, engine, krea } = await scene()
  const id = await create()
  const first = await making(0)
  expect(shown(id)).toMatchObject({ state: 'running', billing: 'estimated' })
  first.onProgress(0.5)
  first.finish(mp4(300), 'Made as VP9.')
  await reaches(id, 'done')
  const steps = told.filter((job) => job.id === id).map(({ state, progress }) => `${state} ${progress}`)
  expect([...new Set(steps)]).toEqual(['waiting 0', 'running 0', 'running 0.5', 'downloading 0', 'done 0'])
  const clip = clips.get(id)
  expect(clip).toMatchObject({
    title: 'red fox',
    origin: { kind: 'generated', provider: 'animatic', remark: 'Made as VP9.' },
    bytes: mp4(300).length,
    sha256: sha256Of(mp4(300)),
    previews: 'pending',
  })
  expect(readFileSync(paths.file(clip?.file ?? '')).equals(mp4(300))).toBe(true)
  expect(shown(id)).toMatchObject({ clipId: id, billing: 'none', charged: null })
  expect(readdirSync(paths.partial)).toEqual([])
  expect([engine.ledger.lines(), krea.requests]).toEqual([[], []])
})

test('its attempt is written down before it is made', async () => {
  const { create, making, row } = await scene()
  const id = await create()
  expect(row(id)).toMatchObject({ state: 'running', attempts: 1, clip: null })
  expect((await making(0)).prompt).toBe('red fox')
})

test('one at a time, oldest first', async () => {
  const { create, making, makings, reaches } = await scene()
  const ids = [await create('a'), await create('b'), await create('c')]
  for (const [n, id] of ids.entries()) {
    const current = await making(n)
    expect([makings.length, current.prompt]).toEqual([n + 1, 'abc'[n]])
    current.finish()
    await reaches(id, 'done')
  }
})

test('a failure made for the user is kept as it is; the next job runs', async () => {
  const { create, making, reaches, shown, logged } = await scene()
  const id = await create('a')
  const next = await create('b')
  const current = await making(0)
  current.onProgress(0.7)
  current.fail(new AppError('not-found', 'A picture is gone.', 'id'))
  await reaches(id, 'failed')
  const error = { code: 'not-found', message: 'A picture is gone.', details: 'id' }
  expect(shown(id)).toMatchObject({ error, clipId: null, progress: 0 })
  expect(logged).toEqual([])
  ;(await making(1)).finish()
  await reaches(next, 'done')
})

test('any other failure is told without its inside, and logged', async () => {
  const { create, making, reaches, shown, logged } = await scene()
  const id = await create()
  ;(await making(0)).fail(new RangeError('secret of the inside'))
  await reaches(id, 'failed')
  expect(shown(id)?.error?.code).toBe('internal')
  expect(shown(id)?.error?.message).not.toContain('secret')
  expect(logged).toHaveLength(1)
})

test('a disk that fills up while saving makes the job wait: no failure, no sidecar, no row, the part kept', async () => {
  const { create, making, row, clips, paths, clock } = await scene()
  failFileCall('link', 'ENOSPC')
  const id = await create()
  ;(await making(0)).finish()
  await until(() => expect(clock.waits()).toContain(30_000))
  expect(row(id)).toMatchObject({ state: 'downloading', error: null })
  expect(clips.get(id)).toBeUndefined()
  expect((await filesBelow(paths.root)).filter((file) => /^clips.*mp4$/.test(file))).toEqual([])
  expect(existsSync(row(id).clip ? `${paths.partial}/${id}.part` : '')).toBe(true)
})

test('cancelled while it waits, it is never made', async () => {
  const { create, making, makings, reaches, commands } = await scene()
  const first = await create('a')
  const second = await create('b')
  expect(commands.cancel(second)).toMatchObject({ state: 'cancelled' })
  ;(await making(0)).finish()
  await reaches(first, 'done')
  expect(makings).toHaveLength(1)
})

test.each([
  [
    'obeys',
    (making: { fail: (error: unknown) => void }) => making.fail(new AppError('cancelled', 'Cancelled.')),
  ],
  ['was just done', (making: { finish: () => void }) => making.finish()],
])('cancelled while it runs, it is so at once; no clip is kept when the provider %s', async (_how, end) => {
  const { create, making, commands, reaches, clips, shown } = await scene()
  const id = await create('a')
  const next = await create('b')
  const current = await making(0)
  current.onProgress(0.5)
  expect(commands.cancel(id)).toMatchObject({ state: 'cancelled', progress: 0 })
  expect(current.signal.aborted).toBe(true)
  current.onProgress(0.9)
  end(current)
  const following = await making(1)
  expect(shown(id)).toMatchObject({ state: 'cancelled', progress: 0, error: null })
  await until(() => expect(existsSync(current.part)).toBe(false))
  following.finish()
  await reaches(next, 'done')
  expect(clips.get(id)).toBeUndefined()
})

test('cancelled when it is made already, the clip is kept', async () => {
  const { create, making, commands, reaches, state, clips } = await scene()
  const id = await create()
  ;(await making(0)).finish()
  await until(() => expect(state(id)).not.toBe('running'))
  expect(commands.cancel(id).state).not.toBe('cancelled')
  await reaches(id, 'done')
  expect(clips.get(id)).toBeDefined()
})

test('the user’s pause holds local work too; one job can be paused alone', async () => {
  const { create, engine, making, makings, commands, state } = await scene()
  engine.setPaused(true)
  const alone = await create('a')
  const other = await create('b')
  expect(makings).toHaveLength(0)
  commands.setPaused(alone, true)
  engine.setPaused(false)
  expect((await making(0)).prompt).toBe('b')
  expect([state(alone), state(other)]).toEqual(['waiting', 'running'])
})

test('stopped, the job waits again, the attempt does not count, and the next start goes on', async () => {
  const { create, making, start, stop, clips } = await scene()
  const id = await create()
  const current = await making(0)
  stop()
  expect(current.signal.aborted).toBe(true)
  current.finish()
  const next = start()
  expect(next.row(id)).toMatchObject({ state: 'running', attempts: 1 })
  ;(await making(1)).finish()
  await next.reaches(id, 'done')
  expect(clips.get(id)).toBeDefined()
})

test('a recipe that cannot be made is refused with every reason, and no row', async () => {
  const { commands } = await scene()
  const work = () => commands.create(sampleRecipe({ prompt: ' ', durationS: 9 }), 'animatic', [])
  expect(await codeOf(work)).toBe('bad-request')
  await expect(work()).rejects.toThrow(/picture or write a prompt.*9 s/)
  expect(commands.list()).toEqual([])
})

const titles = [
  ['  two\n\nlines\t here ', 'two lines here'],
  ['x'.repeat(80), 'x'.repeat(80)],
  [`${'word '.repeat(15)}and more words`, `${'word '.repeat(15)}and m…`],
  ['🦊'.repeat(81), `${'🦊'.repeat(80)}…`],
] as const

test.each(titles)('the prompt %j gives the title %j', async (prompt, title) => {
  const { start, clips } = await engineScene()
  const session = start()
  const id = await session.create({ prompt }, 'animatic')
  await session.reaches(id, 'done')
  expect(clips.get(id)?.title).toBe(title)
})

test('pictures without words are untitled', async () => {
  const { start, clips } = await engineScene()
  const session = start()
  const id = await session.create({ prompt: ' ', slots: { first: 'a'.repeat(64) } }, 'animatic')
  await session.reaches(id, 'done')
  expect(clips.get(id)?.title).toBe('Untitled')
})
