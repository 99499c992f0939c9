import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import type { JobRow } from '../../../electron/jobs/job-row'
import { maxAttempts } from '../../../electron/jobs/machine'
import { engineScene } from '../../support/engine-scene'
import { filesBelow } from '../../support/folder'
import { mp4 } from '../../support/pictures'
import { idOf, sampleClip, sampleJob, sampleMedia, sha256Of } from '../../support/samples'

const id = idOf(7)
const content = mp4(77, 3)
const planned = sampleClip({
  id,
  file: 'clips/2026/11/fox.mp4',
  bytes: content.length,
  sha256: sha256Of(content),
})

/** A library with one local job as a killed session left it, and the program started on it. */
async function afterCrash(
  change: Partial<JobRow>,
  prepare: (root: string, part: string) => void = () => undefined,
) {
  let made = 0
  const scene = await engineScene({
    async make(_recipe, part) {
      made += 1
      writeFileSync(part, mp4())
      return { media: sampleMedia, extension: '.mp4' }
    },
  })
  const first = scene.start()
  first.engine.table.insert(sampleJob({ library: scene.home.library.id, attempts: 1, ...change }))
  first.crash()
  const part = join(scene.paths.partial, `${id}.part`)
  prepare(scene.paths.root, part)
  scene.told.length = 0
  const session = scene.start()
  const files = async () => (await filesBelow(scene.paths.root)).filter((file) => file.startsWith('clips/'))
  return { ...scene, ...session, made: () => made, files, part }
}

const putPart = (_root: string, part: string) => writeFileSync(part, content)
const putFile = (root: string) => {
  mkdirSync(dirname(join(root, planned.file)), { recursive: true })
  writeFileSync(join(root, planned.file), content)
  writeFileSync(join(root, 'clips/2026/11/fox.json'), '{}')
}

test.each(['waiting', 'running'] as const)('%s: it is made', async (state) => {
  const { row, reaches, made, files, clips } = await afterCrash({
    state,
    attempts: state === 'running' ? 1 : 0,
  })
  await reaches(id, 'done')
  expect(row(id).attempts).toBe(state === 'running' ? 2 : 1)
  expect(made()).toBe(1)
  expect(await files()).toHaveLength(2)
  expect(clips.get(id)).toBeDefined()
})

test('running for the last time: it failed, with a sentence, and is not made again', async () => {
  const { row, made } = await afterCrash({ state: 'running', attempts: maxAttempts })
  expect(row(id)).toMatchObject({ state: 'failed', error: { code: 'media-failed' } })
  expect(made()).toBe(0)
})

const downloading = [
  ['the part there', putPart],
  ['the planned file there, the part gone', putFile],
  ['both there', (root: string, part: string) => [putFile(root), putPart(root, part)]],
] as const

test.each(downloading)('downloading, %s: it is saved without being made again', async (_what, prepare) => {
  const { reaches, made, files, clips, part, paths } = await afterCrash(
    { state: 'downloading', clip: planned },
    prepare,
  )
  await reaches(id, 'done')
  expect(made()).toBe(0)
  expect(await files()).toEqual(['clips/2026/11/fox.json', planned.file])
  expect(clips.get(id)).toEqual(planned)
  expect(readFileSync(paths.file(planned.file)).equals(content)).toBe(true)
  expect(existsSync(part)).toBe(false)
})

test('downloading, with a foreign file at the planned place: the next name, and the row knows it', async () => {
  const { row, reaches, clips, files } = await afterCrash(
    { state: 'downloading', clip: planned },
    (root, part) => {
      putFile(root)
      writeFileSync(join(root, planned.file), 'theirs')
      putPart(root, part)
    },
  )
  await reaches(id, 'done')
  expect(row(id).clip?.file).toBe('clips/2026/11/fox 2.mp4')
  expect(clips.get(id)?.file).toBe('clips/2026/11/fox 2.mp4')
  expect(await files()).toHaveLength(4)
})

test('downloading, with part and file gone: it is made again', async () => {
  const { row, passes, made, files } = await afterCrash({ state: 'downloading', clip: planned })
  await passes(id, 'done')
  expect(row(id).attempts).toBe(2)
  expect(made()).toBe(1)
  expect(await files()).toHaveLength(2)
})

test('downloading for the last time, with part and file gone: failed, not tried for ever', async () => {
  const { row, reaches, made } = await afterCrash({
    state: 'downloading',
    clip: planned,
    attempts: maxAttempts,
  })
  await reaches(id, 'failed')
  expect([row(id).clip, made()]).toEqual([null, 0])
})

test.each(['done', 'failed', 'cancelled'] as const)('%s: nothing happens', async (state) => {
  const error = state === 'failed' ? ({ code: 'internal', message: 'x' } as const) : null
  const left = { state, error, clip: state === 'done' ? planned : null }
  const { row, made, told, clock } = await afterCrash(left)
  await clock.advance(60_000)
  expect(row(id)).toMatchObject(left)
  expect([made(), told]).toEqual([0, []])
})

test('local jobs of another library are neither made nor listed', async () => {
  const { state, made, commands, clock } = await afterCrash({ library: 'elsewhere', state: 'waiting' })
  await clock.advance(60_000)
  expect([state(id), made(), commands.list()]).toEqual(['waiting', 0, []])
})

test('the parts that unfinished jobs of this library need are named, and no others', async () => {
  const scene = await engineScene()
  scene.world.offline = true
  const { engine } = scene.start()
  const library = scene.home.library.id
  const states = [
    'waiting',
    'running',
    'downloading',
    'undelivered',
    'done',
    'failed',
    'cancelled',
    'expired',
  ] as const
  for (const [n, state] of states.entries())
    engine.table.insert(sampleJob({ id: idOf(n), library, state, provider: 'krea' }))
  engine.table.insert(sampleJob({ id: idOf(50), library: 'elsewhere', state: 'waiting', provider: 'krea' }))
  expect([...engine.parts()].toSorted()).toEqual([0, 1, 2, 3].map((n) => `${idOf(n)}.part`))
})
