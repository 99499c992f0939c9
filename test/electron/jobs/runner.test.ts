import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { AppError } from '../../../shared/error'
import { codeOf } from '../../support/failure'
import { failFileCall } from '../../support/file-calls'
import { filesBelow } from '../../support/folder'
import { createGatedProvider, jobScene, makeAtOnce } from '../../support/jobs'
import { mp4 } from '../../support/pictures'
import { idOf, sampleJob, sampleRecipe, sha256Of } from '../../support/samples'
import { until } from '../../support/until'

async function scene() {
  const parts = await jobScene()
  const provider = createGatedProvider()
  const runner = parts.start(provider.make)
  const create = (prompt = 'red fox') => runner.create(sampleRecipe({ prompt }), 'animatic')
  /** Waits until the job is in the state. */
  const reaches = (id: string, state: string) =>
    until(() => expect(runner.list().find((job) => job.id === id)?.state).toBe(state))
  const making = async (n: number) => {
    await until(() => expect(provider.makings.length).toBeGreaterThan(n))
    const found = provider.makings[n]
    if (!found) throw new Error('not made')
    return found
  }
  return { ...parts, runner, create, reaches, making, makings: provider.makings }
}

test('a job becomes a clip: file, sidecar, row, and every step is told', async () => {
  const { create, making, reaches, told, clips, paths, announced, runner } = await scene()
  const job = create()
  const first = await making(0)
  first.onProgress(0.5)
  first.finish(mp4(300), 'Made as VP9.')
  await reaches(job.id, 'done')
  expect(told.map(({ state, progress }) => `${state} ${progress}`)).toEqual([
    'waiting 0',
    'running 0',
    'running 0.5',
    'downloading 0',
    'downloading 0',
    'done 0',
  ])
  const clip = clips.get(job.id)
  expect(clip).toMatchObject({
    id: job.id,
    title: 'red fox',
    origin: { kind: 'generated', provider: 'animatic', recipe: job.recipe, remark: 'Made as VP9.' },
    bytes: mp4(300).length,
    sha256: sha256Of(mp4(300)),
    previews: 'pending',
  })
  expect(clip?.origin.kind === 'generated' && clip.origin.tookMs).toBeGreaterThan(0)
  expect(readFileSync(paths.file(clip?.file ?? '')).equals(mp4(300))).toBe(true)
  expect(announced).toEqual([job.id])
  expect(runner.list()).toMatchObject([{ id: job.id, clipId: job.id }])
  expect(readdirSync(paths.partial)).toEqual([])
})

test('the job is written down before anything runs, and its attempt before it is made', async () => {
  const { create, making, table } = await scene()
  const job = create()
  expect(table.get(job.id)).toMatchObject({ state: 'running', attempts: 1, clip: null })
  expect((await making(0)).prompt).toBe('red fox')
})

test('the clip is in the index before the job is done: a restart relies on that order', async () => {
  const { create, making, reaches, timeline } = await scene()
  const job = create()
  ;(await making(0)).finish()
  await reaches(job.id, 'done')
  expect(timeline).toEqual([
    'waiting',
    'running',
    'downloading',
    'downloading',
    'clip in index: true',
    'done',
  ])
})

test('one at a time, oldest first', async () => {
  const { create, making, makings, reaches } = await scene()
  const jobs = ['a', 'b', 'c'].map((prompt) => create(prompt))
  for (const [n, job] of jobs.entries()) {
    const current = await making(n)
    expect(makings).toHaveLength(n + 1)
    expect(current.prompt).toBe(job.recipe.prompt)
    current.finish()
    await reaches(job.id, 'done')
  }
})

test('a recipe that cannot be made is refused with every reason, and no row', async () => {
  const { runner } = await scene()
  const work = () => runner.create(sampleRecipe({ prompt: ' ', durationS: 9 }), 'animatic')
  expect(await codeOf(work)).toBe('bad-request')
  expect(work).toThrow(/picture or write a prompt.*9 s/)
  expect(runner.list()).toEqual([])
})

test('a failure made for the user is kept as it is; the next job runs', async () => {
  const { create, making, reaches, runner, logged } = await scene()
  const job = create('a')
  const next = create('b')
  const current = await making(0)
  current.onProgress(0.7)
  current.fail(new AppError('not-found', 'A picture is gone.', 'id'))
  await reaches(job.id, 'failed')
  const error = { code: 'not-found', message: 'A picture is gone.', details: 'id' }
  expect(runner.list()[0]).toMatchObject({ error, clipId: null, progress: 0 })
  expect(logged).toEqual([])
  ;(await making(1)).finish()
  await reaches(next.id, 'done')
})

test('any other failure is told without its inside, and logged', async () => {
  const { create, making, reaches, runner, logged } = await scene()
  const job = create()
  ;(await making(0)).fail(new RangeError('secret of the inside'))
  await reaches(job.id, 'failed')
  expect(runner.list()[0]?.error?.code).toBe('internal')
  expect(runner.list()[0]?.error?.message).not.toContain('secret')
  expect(logged).toEqual([`job ${job.id}`])
})

test('a full disk while saving fails the job and leaves neither sidecar nor row', async () => {
  const { create, making, reaches, paths, clips, runner } = await scene()
  failFileCall('link', 'ENOSPC')
  const job = create()
  ;(await making(0)).finish()
  await reaches(job.id, 'failed')
  expect(runner.list()[0]?.error?.code).toBe('disk-full')
  expect(clips.get(job.id)).toBeUndefined()
  expect((await filesBelow(paths.root)).filter((file) => file.startsWith('clips'))).toEqual([])
})

test('cancelled while it waits, it is never made', async () => {
  const { create, making, makings, reaches, runner } = await scene()
  const first = create('a')
  const second = create('b')
  expect(runner.cancel(second.id)).toMatchObject({ state: 'cancelled' })
  ;(await making(0)).finish()
  await reaches(first.id, 'done')
  expect(makings).toHaveLength(1)
  expect(runner.cancel(second.id)).toMatchObject({ state: 'cancelled' })
})

test.each([
  [
    'obeys',
    (making: { fail: (error: unknown) => void }) => making.fail(new AppError('cancelled', 'Cancelled.')),
  ],
  ['was just done', (making: { finish: () => void }) => making.finish()],
])('cancelled while it runs, it is so at once; no clip is kept when the provider %s', async (_how, end) => {
  const { create, making, runner, reaches, clips, told } = await scene()
  const job = create('a')
  const next = create('b')
  const current = await making(0)
  current.onProgress(0.5)
  expect(runner.cancel(job.id)).toMatchObject({ state: 'cancelled', progress: 0 })
  expect(current.signal.aborted).toBe(true)
  current.onProgress(0.9)
  end(current)
  const following = await making(1)
  expect(runner.list()[0]).toMatchObject({ state: 'cancelled', progress: 0, error: null })
  expect(existsSync(current.part)).toBe(false)
  following.finish()
  await reaches(next.id, 'done')
  expect(clips.get(job.id)).toBeUndefined()
  expect(told.filter(({ id }) => id === job.id).at(-1)?.state).toBe('cancelled')
})

test('cancelled when it is made already, the clip is kept', async () => {
  const { create, making, runner, reaches, told, clips } = await scene()
  const job = create()
  ;(await making(0)).finish()
  await until(() => expect(told.at(-1)?.state).toBe('downloading'))
  expect(runner.cancel(job.id).state).toBe('downloading')
  await reaches(job.id, 'done')
  expect(clips.get(job.id)).toBeDefined()
})

test('run again: a new job with the same recipe takes the old one’s place', async () => {
  const { create, making, runner, reaches, table } = await scene()
  const old = create()
  expect(await codeOf(() => runner.rerun(old.id))).toBe('bad-request')
  ;(await making(0)).fail(new AppError('media-failed', 'Broken.'))
  await reaches(old.id, 'failed')
  const made = runner.rerun(old.id)
  expect(made.id).not.toBe(old.id)
  expect(made.recipe).toEqual(old.recipe)
  expect(runner.list().map(({ id }) => id)).toEqual([made.id])
  expect(table.get(old.id)?.state).toBe('failed')
})

test('what can no longer be made stays in the list when it is run again', async () => {
  const { runner, table, library } = await scene()
  const recipe = sampleRecipe({ durationS: 60 })
  table.insert(
    sampleJob({ library: library.id, state: 'failed', error: { code: 'internal', message: '' }, recipe }),
  )
  expect(await codeOf(() => runner.rerun(idOf(7)))).toBe('bad-request')
  expect(runner.list()).toHaveLength(1)
})

test('dismissed, it leaves the list and stays a row; what still runs cannot be dismissed', async () => {
  const { create, making, runner, reaches, table } = await scene()
  const job = create()
  expect(await codeOf(() => runner.dismiss(job.id))).toBe('bad-request')
  expect(runner.list()).toHaveLength(1)
  ;(await making(0)).finish()
  await reaches(job.id, 'done')
  runner.dismiss(job.id)
  expect(runner.list()).toEqual([])
  expect(table.get(job.id)?.state).toBe('done')
})

test('an unknown id is told', async () => {
  const { runner } = await scene()
  for (const work of [runner.cancel, runner.rerun, runner.dismiss]) {
    expect(await codeOf(() => work(idOf(99)))).toBe('not-found')
  }
})

const titles = [
  ['  two\n\nlines\t here ', 'two lines here'],
  ['x'.repeat(80), 'x'.repeat(80)],
  [`${'word '.repeat(15)}and more words`, `${'word '.repeat(15)}and m…`],
  ['🦊'.repeat(81), `${'🦊'.repeat(80)}…`],
] as const

test.each(titles)('the prompt %j gives the title %j', async (prompt, title) => {
  const { start, clips } = await jobScene()
  const job = start(makeAtOnce).create(sampleRecipe({ prompt }), 'animatic')
  await until(() => expect(clips.get(job.id)).toBeDefined())
  expect(clips.get(job.id)?.title).toBe(title)
})

test('pictures without words are untitled', async () => {
  const { start, clips } = await jobScene()
  const recipe = sampleRecipe({ prompt: ' ', slots: { first: 'a'.repeat(64) } })
  const job = start(makeAtOnce).create(recipe, 'animatic')
  await until(() => expect(clips.get(job.id)?.title).toBe('Untitled'))
})
