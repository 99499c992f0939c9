import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { storeStill } from '../../../electron/library/store-still'
import { createFakeMedia, failing } from '../../support/fake-media'
import { codeOf } from '../../support/failure'
import { failFileCall, recordFileCalls } from '../../support/file-calls'
import { importScene } from '../../support/importing'
import { png } from '../../support/pictures'
import { noon, sha256Of } from '../../support/samples'

async function scene(media = createFakeMedia()) {
  const parts = await importScene(media)
  const path = join(parts.from, 'Sunset.png')
  const content = png(12, 9)
  writeFileSync(path, content)
  const store = () => storeStill({ ...parts, now: () => noon }, path, 'png', 'Sunset.png')
  return { ...parts, path, content, id: sha256Of(content), store }
}

test('the very bytes are kept under their hash, with a thumbnail and a row', async () => {
  const { store, paths, content, id, stills, path, traces } = await scene()
  const still = await store()
  expect(still).toEqual({ id, type: 'png', width: 12, height: 9, bytes: content.length, name: 'Sunset.png' })
  expect(readFileSync(paths.still(id, 'png')).equals(content)).toBe(true)
  expect(readFileSync(paths.thumbnail(id), 'utf8')).toBe('thumbnail')
  expect(stills.get(id)).toEqual(still)
  expect(readFileSync(path).equals(content)).toBe(true)
  expect((await traces()).partial).toEqual([])
})

test('the size is what the decoder saw: upright, after any rotation', async () => {
  const media = createFakeMedia({ still: () => ({ kind: 'still', width: 9, height: 12 }) })
  const { store } = await scene(media)
  expect(await store()).toMatchObject({ width: 9, height: 12 })
})

test('the decoder reads our copy, so that the file judged is the file kept', async () => {
  const media = createFakeMedia({
    still(_task, { inputs }) {
      expect(inputs['still']).not.toBe(scenePath)
      writeFileSync(scenePath, 'exchanged meanwhile')
      return { kind: 'still', width: 12, height: 9 }
    },
  })
  const { store, paths, content, id, path } = await scene(media)
  const scenePath = path
  await store()
  expect(readFileSync(paths.still(id, 'png')).equals(content)).toBe(true)
})

test('the picture is durable at its place before there is a row', async () => {
  const { store, paths, id, stills } = await scene()
  const seen: string[] = []
  const { calls, stop } = recordFileCalls(paths.root, () => {
    if (stills.get(id)) seen.push('row')
  })
  await store()
  stop()
  const folder = relative(paths.root, join(paths.still(id, 'png'), '..'))
  const order = calls
    .filter((call) => /^(sync|rename)/.test(call))
    .map((call) => call.replace(/partial\/\w+/, 'copy'))
  expect(order).toEqual([
    'sync .inbetween/copy',
    `rename .inbetween/copy ${relative(paths.root, paths.still(id, 'png'))}`,
    `sync ${folder}`,
  ])
  expect(seen).toEqual([])
})

test('known already, it is neither decoded nor written again', async () => {
  const { store, media, paths } = await scene()
  await store()
  const { calls, stop } = recordFileCalls(paths.root)
  await store()
  stop()
  expect(media.tasks).toHaveLength(1)
  expect(calls).toEqual([])
})

test('dropped again after its file was deleted, it is stored again', async () => {
  const { store, paths, id, content, count } = await scene()
  await store()
  rmSync(paths.still(id, 'png'))
  await store()
  expect(readFileSync(paths.still(id, 'png')).equals(content)).toBe(true)
  expect(count('stills')).toBe(1)
})

test.each(['damaged', 'not-decodable'] as const)('%s: the name is told, nothing is kept', async (code) => {
  const { store, paths, id, traces } = await scene(createFakeMedia({ still: failing(code) }))
  await expect(store()).rejects.toThrow(/^Sunset\.png: /)
  expect(await codeOf(store)).toBe(code)
  expect(await traces()).toEqual({ partial: [], rows: 0, files: [] })
  expect(existsSync(paths.thumbnail(id))).toBe(false)
})

test.each(['writeFile', 'mkdir', 'rename'] as const)('%s failing leaves no copy and no row', async (call) => {
  const { store, traces } = await scene()
  failFileCall(call, 'EIO')
  await expect(store()).rejects.toMatchObject({ code: 'EIO' })
  expect(await traces()).toEqual({ partial: [], rows: 0, files: [] })
})
