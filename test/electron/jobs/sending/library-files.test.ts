import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { createLibraryFiles } from '../../../../electron/jobs/sending/library-files'
import { temporaryFolder } from '../../../support/folder'
import { codeOf, failureOf } from '../../../support/failure'
import { testLibrary } from '../../../support/library'
import { png } from '../../../support/pictures'
import { sampleClip, sha256Of } from '../../../support/samples'

const picture = png(5, 5)
const still = sha256Of(picture)

async function scene() {
  const { paths, stills, clips } = await testLibrary()
  const disk = { isThere: true }
  const put = (path: string, bytes: Uint8Array | string) => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
  }
  const files = createLibraryFiles({ paths, stills, clips, isLibraryThere: async () => disk.isThere })
  const path = paths.still(still, 'png')
  stills.put({ id: still, type: 'png', width: 5, height: 5, bytes: 1, name: 'a.png' }, 1)
  const secret = join(temporaryFolder(), 'secret.txt')
  writeFileSync(secret, 'the user’s tax return')
  return { files, paths, path, stills, clips, disk, put, secret }
}

test('a still is told with the size that its file has now', async () => {
  const { files, path, put } = await scene()
  put(path, picture)
  expect(await files.still(still)).toEqual({ id: still, type: 'png', bytes: picture.length, path })
})

test('a clip is told by its row', async () => {
  const { files, paths, clips, put } = await scene()
  const clip = sampleClip({}, 'bytes of a clip')
  clips.put(clip)
  put(join(paths.root, clip.file), 'bytes of a clip')
  const path = join(paths.root, clip.file)
  expect(await files.clip(clip.id)).toEqual({ id: clip.id, type: 'mp4', bytes: 15, path })
})

test('without a row, or without a file, it is said what to do; nothing is read', async () => {
  const { files, clips } = await scene()
  for (const work of [() => files.still('f'.repeat(64)), () => files.still(still)]) {
    const { code, message } = await failureOf(work)
    expect([code, message]).toEqual(['not-found', expect.stringMatching(/Nothing was sent; drop it again/)])
  }
  clips.put(sampleClip())
  for (const id of ['f'.repeat(20), sampleClip().id])
    expect((await failureOf(() => files.clip(id))).message).toMatch(/source clip.*choose another/)
})

test('an unplugged library is no missing picture: the job can wait', async () => {
  const { files, clips, disk, paths } = await scene()
  clips.put(sampleClip())
  disk.isThere = false
  renameSync(paths.root, `${paths.root}-away`)
  expect(await codeOf(() => files.still(still))).toBe('library-unavailable')
  expect(await codeOf(() => files.clip(sampleClip().id))).toBe('library-unavailable')
  renameSync(`${paths.root}-away`, paths.root)
})

test('a link out of the library sends nobody’s file away', async () => {
  const { files, path, secret, paths, clips } = await scene()
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(secret, path)
  expect(await codeOf(() => files.still(still))).toBe('forbidden')
  const clip = sampleClip({ file: 'clips/out/a.mp4' })
  clips.put(clip)
  mkdirSync(join(paths.root, 'clips'), { recursive: true })
  symlinkSync(dirname(secret), join(paths.root, 'clips/out'))
  writeFileSync(join(dirname(secret), 'a.mp4'), 'x')
  expect(await codeOf(() => files.clip(clip.id))).toBe('forbidden')
})

test.each(['../outside.mp4', 'clips/../../outside.mp4'])(
  'a row of a library from elsewhere that says %s leads nowhere',
  async (file) => {
    const { files, clips, paths } = await scene()
    writeFileSync(join(paths.root, '../outside.mp4'), 'x')
    clips.put(sampleClip({ file }))
    expect(await codeOf(() => files.clip(sampleClip().id))).toBe('forbidden')
  },
)
