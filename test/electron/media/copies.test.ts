import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createCopies } from '../../../electron/media/copies'
import { codeOf } from '../../support/failure'
import { createFakeMedia, failing } from '../../support/fake-media'
import { temporaryFolder } from '../../support/folder'
import { png } from '../../support/pictures'

const limit = { maxBytes: 500, maxSide: 1920 }

function scene(media = createFakeMedia()) {
  const folder = temporaryFolder()
  const path = join(temporaryFolder(), 'still.png')
  writeFileSync(path, png(5, 5))
  const still = { id: 'a'.repeat(64), type: 'png', bytes: 1, path } as const
  return { folder, still, media, withCopy: createCopies({ folder, media }), left: () => readdirSync(folder) }
}

test('the copy is a JPEG with the still’s id, is there for its use, and is gone after that', async () => {
  const { withCopy, still, folder, media, left } = scene()
  const seen = await withCopy(still, limit, async (copy) => {
    expect([copy.id, copy.type, copy.bytes]).toEqual([still.id, 'jpeg', statSync(copy.path).size])
    expect(copy.path.startsWith(folder)).toBe(true)
    return copy.path
  })
  expect([existsSync(seen), left()]).toEqual([false, []])
  expect(readFileSync(still.path)).toEqual(png(5, 5))
  expect(media.tasks).toMatchObject([
    { task: { kind: 'copy', ...limit }, files: { inputs: { still: still.path } } },
  ])
})

test('gone as well when its use fails, with the failure of that', async () => {
  const { withCopy, still, left } = scene()
  const failure = new Error('no answer')
  await expect(withCopy(still, limit, async () => Promise.reject(failure))).rejects.toBe(failure)
  expect(left()).toEqual([])
})

test('a picture that cannot be copied leaves nothing, and is never used', async () => {
  const { withCopy, still, left } = scene(createFakeMedia({ copy: failing('not-decodable') }))
  const used: unknown[] = []
  expect(await codeOf(() => withCopy(still, limit, async (copy) => used.push(copy)))).toBe('not-decodable')
  expect([used, left()]).toEqual([[], []])
})

test('two copies of one picture at once are two files', async () => {
  const { withCopy, still, left } = scene()
  const both = Promise.withResolvers<void>()
  const paths: string[] = []
  const use = async ({ path }: { readonly path: string }) => {
    paths.push(path)
    if (paths.length === 2) both.resolve()
    await both.promise
    return existsSync(path)
  }
  expect(await Promise.all([withCopy(still, limit, use), withCopy(still, limit, use)])).toEqual([true, true])
  expect([new Set(paths).size, left()]).toEqual([2, []])
})
