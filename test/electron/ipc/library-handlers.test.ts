import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { libraryHandlers } from '../../../electron/ipc/library-handlers'
import { createFakeMedia, failing } from '../../support/fake-media'
import { codeOf, failureOf } from '../../support/failure'
import { importScene } from '../../support/importing'
import { png } from '../../support/pictures'
import { idOf, noon, sampleClip, sha256Of } from '../../support/samples'

async function scene(media = createFakeMedia()) {
  const parts = await importScene(media)
  const revealed: string[] = []
  const picked: string[] = []
  const handlers = libraryHandlers({
    ...parts,
    now: () => noon,
    pickFiles: async () => picked,
    fetchLink: async (url) => ({ kind: 'refused', name: url, error: { code: 'link-failed', message: 'no' } }),
    revealFile: (path) => revealed.push(path),
  })
  const clip = sampleClip({ title: 'Fox' })
  const path = parts.paths.file(clip.file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, 'bytes of a clip')
  parts.clips.put(clip)
  return { ...parts, handlers, revealed, picked, clip, path }
}

test('what is dropped and what is picked is imported; a dismissed dialog imports nothing', async () => {
  const { handlers, from, picked } = await scene()
  writeFileSync(join(from, 'a.png'), png(2, 2))
  expect(await handlers['library.import']({ paths: [join(from, 'a.png')] })).toMatchObject([
    { kind: 'still' },
  ])
  expect(await handlers['library.pick']()).toEqual([])
  picked.push(join(from, 'a.png'))
  expect(await handlers['library.pick']()).toMatchObject([{ kind: 'still' }])
})

test('stills come in the order they are asked for; unknown ones are left out', async () => {
  const { handlers, stills } = await scene()
  const put = (id: string) => stills.put({ id, type: 'png', width: 1, height: 1, bytes: 1, name: id }, noon)
  const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(64))
  for (const id of [a, b]) put(id ?? '')
  expect(handlers['stills.get']({ ids: [b ?? '', c ?? '', a ?? ''] }).map(({ id }) => id)).toEqual([b, a])
})

test('clips are given one by one and in pages', async () => {
  const { handlers, clip } = await scene()
  expect(handlers['clips.get']({ id: clip.id })).toEqual(clip)
  expect(await codeOf(() => handlers['clips.get']({ id: idOf(99) }))).toBe('not-found')
  const query = { search: 'fox', sort: 'name', offset: 0, limit: 10 } as const
  expect(handlers['clips.page'](query)).toEqual({ total: 1, clips: [clip] })
})

test('the clip’s own file is revealed', async () => {
  const { handlers, clip, revealed, path } = await scene()
  await handlers['clips.reveal']({ id: clip.id })
  expect(revealed).toEqual([path])
})

test('the frame shown at a time becomes a still, stored once, with nothing left over', async () => {
  const { handlers, clip, media, path, traces, stills } = await scene()
  const still = await handlers['clips.grabFrame']({ id: clip.id, timeS: 2 })
  expect(still).toMatchObject({ id: sha256Of(png(64, 36, 2)), width: 64, height: 36, name: 'Frame of Fox' })
  expect(stills.get(still.id)).toEqual(still)
  expect(media.tasks[0]).toMatchObject({
    task: { kind: 'frame', timeS: 2 },
    files: { inputs: { clip: path } },
  })
  expect(await handlers['clips.grabFrame']({ id: clip.id, timeS: 2 })).toEqual(still)
  expect((await traces()).partial).toEqual([])
})

test.each([
  ['the frame', { frame: failing('not-decodable') }],
  ['the picture', { still: failing('not-decodable') }],
])('when %s cannot be read, nothing is left', async (_what, answers) => {
  const { handlers, clip, traces } = await scene(createFakeMedia(answers))
  expect(await codeOf(() => handlers['clips.grabFrame']({ id: clip.id, timeS: 1 }))).toBe('not-decodable')
  expect(await traces()).toMatchObject({ partial: [], rows: 1 })
})

test('a clip whose file was deleted is told by its title', async () => {
  const { handlers, clips, media, revealed } = await scene()
  clips.put(sampleClip({ id: idOf(2), title: 'Gone', file: 'clips/gone.mp4' }))
  for (const work of [
    () => handlers['clips.reveal']({ id: idOf(2) }),
    () => handlers['clips.grabFrame']({ id: idOf(2), timeS: 0 }),
  ]) {
    const failure = await failureOf(work)
    expect(failure.code).toBe('not-found')
    expect(failure.message).toContain('“Gone”')
  }
  expect(media.tasks).toEqual([])
  expect(revealed).toEqual([])
})

test.each(['../secret.txt', '/etc/passwd', 'clips/link.mp4'])(
  'a row that leads out (%s) is neither read nor revealed',
  async (file) => {
    const { handlers, clips, media, revealed, paths } = await scene()
    writeFileSync(join(paths.root, '..', 'secret.txt'), 'secret')
    symlinkSync('/etc/passwd', paths.file('clips/link.mp4'))
    clips.put(sampleClip({ id: idOf(2), file }))
    const ends = ['clips.reveal', 'clips.grabFrame'] as const
    for (const name of ends) {
      expect(['forbidden', 'not-found']).toContain(
        await codeOf(() => handlers[name]({ id: idOf(2), timeS: 0 })),
      )
    }
    expect(media.tasks).toEqual([])
    expect(revealed).toEqual([])
  },
)
