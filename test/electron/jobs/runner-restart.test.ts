import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { maxAttempts, type JobRow } from '../../../electron/jobs/machine'
import { filesBelow } from '../../support/folder'
import { createGatedProvider, jobScene, makeAtOnce } from '../../support/jobs'
import { mp4 } from '../../support/pictures'
import { idOf, sampleClip, sampleJob, sampleRecipe, sha256Of } from '../../support/samples'
import { until } from '../../support/until'

const id = idOf(7)
const content = mp4(77, 3)
const planned = sampleClip({
  id,
  file: 'clips/2026/11/fox.mp4',
  bytes: content.length,
  sha256: sha256Of(content),
})

/** A library with one job as an earlier session left it, and a runner that is started on it. */
async function afterCrash(
  change: Partial<JobRow>,
  prepare: (root: string, part: string) => void = () => undefined,
) {
  const parts = await jobScene()
  parts.table.insert(sampleJob({ library: parts.library.id, attempts: 1, ...change }))
  const part = join(parts.paths.partial, `${id}.part`)
  prepare(parts.paths.root, part)
  let made = 0
  const runner = parts.start(async (...all) => {
    made += 1
    return await makeAtOnce(...all)
  })
  await until(() => expect(['done', 'failed', 'cancelled']).toContain(runner.list()[0]?.state))
  const clips = (await filesBelow(parts.paths.root)).filter((file) => file.startsWith('clips/'))
  return { ...parts, runner, made, files: clips, job: parts.table.get(id), part }
}

const putPart = (_root: string, part: string) => writeFileSync(part, content)
const putFile = (root: string) => {
  mkdirSync(dirname(join(root, planned.file)), { recursive: true })
  writeFileSync(join(root, planned.file), content)
  writeFileSync(join(root, 'clips/2026/11/fox.json'), '{}')
}

test.each(['waiting', 'running'] as const)('%s: it is made', async (state) => {
  const { job, made, files, clips } = await afterCrash({ state, attempts: state === 'running' ? 1 : 0 })
  expect(job).toMatchObject({ state: 'done', attempts: state === 'running' ? 2 : 1 })
  expect(made).toBe(1)
  expect(files).toHaveLength(2)
  expect(clips.get(id)).toBeDefined()
})

test('running for the last time: it failed, with a sentence, and is not made again', async () => {
  const { job, made } = await afterCrash({ state: 'running', attempts: maxAttempts })
  expect(job).toMatchObject({ state: 'failed', error: { code: 'media-failed' } })
  expect(made).toBe(0)
})

const downloading = [
  ['the part there', putPart],
  ['the planned file there, the part gone', putFile],
  ['both there', (root: string, part: string) => [putFile(root), putPart(root, part)]],
] as const

test.each(downloading)('downloading, %s: it is saved without being made again', async (_what, prepare) => {
  const { job, made, files, clips, part, paths } = await afterCrash(
    { state: 'downloading', clip: planned },
    prepare,
  )
  expect(job?.state).toBe('done')
  expect(made).toBe(0)
  expect(files).toEqual(['clips/2026/11/fox.json', planned.file])
  expect(clips.get(id)).toEqual(planned)
  expect(readFileSync(paths.file(planned.file)).equals(content)).toBe(true)
  expect(existsSync(part)).toBe(false)
})

test('downloading, with a foreign file at the planned place: the next name, and the row knows it', async () => {
  const { job, clips, files } = await afterCrash({ state: 'downloading', clip: planned }, (root, part) => {
    putFile(root)
    writeFileSync(join(root, planned.file), 'theirs')
    putPart(root, part)
  })
  expect(job).toMatchObject({ state: 'done', clip: { file: 'clips/2026/11/fox 2.mp4' } })
  expect(clips.get(id)?.file).toBe('clips/2026/11/fox 2.mp4')
  expect(files).toHaveLength(4)
})

test('downloading, with part and file gone: it is made again', async () => {
  const { job, made, files } = await afterCrash({ state: 'downloading', clip: planned })
  expect(job).toMatchObject({ state: 'done', attempts: 2 })
  expect(made).toBe(1)
  expect(files).toHaveLength(2)
})

test('downloading for the last time, with part and file gone: failed, not tried for ever', async () => {
  const { job, made } = await afterCrash({ state: 'downloading', clip: planned, attempts: maxAttempts })
  expect(job).toMatchObject({ state: 'failed', clip: null })
  expect(made).toBe(0)
})

test.each(['done', 'failed', 'cancelled'] as const)('%s: nothing happens', async (state) => {
  const error = state === 'failed' ? ({ code: 'internal', message: 'x' } as const) : null
  const left = { state, error, clip: state === 'done' ? planned : null }
  const { job, made, told } = await afterCrash(left)
  expect(job).toMatchObject(left)
  expect(made).toBe(0)
  expect(told).toEqual([])
})

test('what was saved half comes before what waits', async () => {
  const { table, library, paths, start, announced, clips } = await jobScene()
  table.insert(sampleJob({ id: idOf(1), library: library.id, state: 'waiting', createdAt: 1 }))
  table.insert(
    sampleJob({ library: library.id, state: 'downloading', clip: planned, attempts: 1, createdAt: 2 }),
  )
  writeFileSync(join(paths.partial, `${id}.part`), content)
  start(makeAtOnce)
  await until(() => expect(clips.get(idOf(1))).toBeDefined())
  expect(announced).toEqual([id, idOf(1)])
})

test('jobs of another library are neither run, nor listed, nor changed', async () => {
  const { table, start } = await jobScene()
  const foreign = sampleJob({ library: 'elsewhere', state: 'running', attempts: 1 })
  table.insert(foreign)
  const provider = createGatedProvider()
  const runner = start(provider.make)
  expect(runner.list()).toEqual([])
  expect(table.get(id)).toEqual(foreign)
  expect(provider.makings).toEqual([])
})

test('the parts that unfinished jobs need are named, and no others', async () => {
  const { table, library, start } = await jobScene()
  const states = ['waiting', 'running', 'downloading', 'done', 'failed', 'cancelled'] as const
  for (const [n, state] of states.entries())
    table.insert(sampleJob({ id: idOf(n), library: library.id, state }))
  const runner = start(createGatedProvider().make)
  expect([...runner.parts()].toSorted()).toEqual([0, 1, 2].map((n) => `${idOf(n)}.part`))
})

test('stopped, the job waits again, the attempt does not count, and the next start goes on', async () => {
  const { start, table, clips, told } = await jobScene()
  const provider = createGatedProvider()
  const first = start(provider.make)
  const job = first.create(sampleRecipe(), 'animatic')
  await until(() => expect(provider.makings).toHaveLength(1))
  const [making] = provider.makings
  const before = table.get(job.id)
  first.stop()
  const after = table.get(job.id)
  expect(making?.signal.aborted).toBe(true)
  making?.finish()
  await until(() => expect(existsSync(making?.part ?? '')).toBe(true))
  const toldBefore = told.length
  const second = start(makeAtOnce)
  expect(before).toMatchObject({ state: 'running', attempts: 1 })
  expect(after).toMatchObject({ state: 'waiting', attempts: 0 })
  await until(() => expect(second.list()[0]?.state).toBe('done'))
  expect(told.slice(toldBefore).map(({ state }) => state)).toEqual([
    'running',
    'downloading',
    'downloading',
    'done',
  ])
  expect(clips.get(job.id)).toBeDefined()
})
