import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readSidecar } from '../../../electron/library/sidecar'
import { storeClip } from '../../../electron/library/store-clip'
import { createFakeMedia, failing } from '../../support/fake-media'
import { codeOf } from '../../support/failure'
import { failFileCall } from '../../support/file-calls'
import { importScene } from '../../support/importing'
import { mp4 } from '../../support/pictures'
import { noon, sampleMedia, sha256Of } from '../../support/samples'

async function scene(media = createFakeMedia()) {
  const parts = await importScene(media)
  const path = join(parts.from, 'Holiday at sea.mov')
  const content = mp4(5000)
  writeFileSync(path, content)
  const store = () => storeClip({ ...parts, now: () => noon }, path, '.mov', 'Holiday at sea.mov')
  return { ...parts, path, content, store }
}

test('the clip is copied byte for byte, with sidecar and row; the original stays', async () => {
  const { store, paths, content, clips, path, traces } = await scene()
  const clip = await store()
  expect(clip).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{20}$/) as string,
    title: 'Holiday at sea',
    origin: { kind: 'imported', fileName: 'Holiday at sea.mov' },
    createdAt: noon,
    media: sampleMedia,
    bytes: content.length,
    sha256: sha256Of(content),
    file: `clips/2026/11/2026-11-21 Holiday at sea (imported) ${clip.id.slice(0, 10)}.mov`,
    previews: 'pending',
  })
  expect(readFileSync(paths.file(clip.file)).equals(content)).toBe(true)
  expect(clips.get(clip.id)).toEqual(clip)
  expect(await readSidecar(paths.file(clip.file.replace('.mov', '.json')))).toMatchObject({ id: clip.id })
  expect(readFileSync(path).equals(content)).toBe(true)
  expect((await traces()).partial).toEqual([])
})

test('known already, by content, it is not stored again', async () => {
  const { store, media, traces } = await scene()
  const first = await store()
  expect(await store()).toEqual(first)
  expect(media.tasks).toHaveLength(1)
  expect((await traces()).files).toHaveLength(2)
})

test('imported again after its file was deleted, it can be played again', async () => {
  const { store, paths, content } = await scene()
  const first = await store()
  rmSync(paths.file(first.file))
  const second = await store()
  expect(readFileSync(paths.file(second.file)).equals(content)).toBe(true)
})

test('a file that may only be read is imported like any other', async () => {
  const { store, path, paths, content } = await scene()
  chmodSync(path, 0o444)
  const clip = await store()
  expect(readFileSync(paths.file(clip.file)).equals(content)).toBe(true)
})

test('the media window looks at our copy, before anything is kept', async () => {
  const { store, media, paths, path } = await scene()
  await store()
  const [looked] = media.tasks
  expect(looked?.task).toEqual({ kind: 'clip' })
  expect(looked?.files.outputs).toEqual({})
  expect(looked?.files.inputs['clip']).not.toBe(path)
  expect(looked?.files.inputs['clip']?.startsWith(paths.partial)).toBe(true)
})

test.each(['damaged', 'not-decodable'] as const)('%s: the name is told, nothing is kept', async (code) => {
  const { store, traces } = await scene(createFakeMedia({ clip: failing(code) }))
  await expect(store()).rejects.toThrow(/^Holiday at sea\.mov: /)
  expect(await codeOf(store)).toBe(code)
  expect(await traces()).toEqual({ partial: [], rows: 0, files: [] })
})

test.each(['copyFile', 'link', 'mkdir'] as const)(
  '%s failing leaves no copy, no sidecar and no row',
  async (call) => {
    const { store, traces } = await scene()
    failFileCall(call, 'EIO')
    await expect(store()).rejects.toMatchObject({ code: 'EIO' })
    expect(await traces()).toEqual({ partial: [], rows: 0, files: [] })
  },
)
