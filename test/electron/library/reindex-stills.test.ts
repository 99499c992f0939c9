import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { reindexStills } from '../../../electron/library/reindex-stills'
import { createFakeMedia, failing } from '../../support/fake-media'
import { temporaryFolder } from '../../support/folder'
import { makePipe } from '../../support/importing'
import { testLibrary } from '../../support/library'
import { jpegHeader, png, pngHeader } from '../../support/pictures'
import { noon, sha256Of } from '../../support/samples'

async function scene(media = createFakeMedia()) {
  const parts = await testLibrary()
  const logged: string[] = []
  const put = (name: string, content: string | Uint8Array) => {
    const path = join(parts.paths.root, 'stills', name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
    return path
  }
  /** Lays a picture where it belongs by its content; its id. */
  const keep = (content: Uint8Array, extension = 'png') => {
    const id = sha256Of(content)
    put(`${id.slice(0, 2)}/${id}.${extension}`, content)
    return id
  }
  const run = () => reindexStills({ ...parts, media, now: () => noon, log: (what) => logged.push(what) })
  return { ...parts, media, put, keep, run, logged }
}

test('stills without a row come back, with their thumbnail; the files stay as they are', async () => {
  const { keep, run, stills, paths, logged } = await scene()
  const picture = png(64, 36)
  const photo = jpegHeader(4, 3)
  const [a, b] = [keep(picture), keep(photo, 'jpg')]
  await run()
  expect(stills.get(a)).toEqual({
    id: a,
    type: 'png',
    width: 64,
    height: 36,
    bytes: picture.length,
    name: `${a}.png`,
  })
  expect(stills.get(b)).toMatchObject({ type: 'jpeg', bytes: photo.length })
  expect(readFileSync(paths.thumbnail(a), 'utf8')).toBe('thumbnail')
  expect(readFileSync(paths.still(a, 'png')).equals(picture)).toBe(true)
  expect(logged).toEqual([])
})

test('rows that are there stay as they are, and nothing is decoded again', async () => {
  const { keep, run, stills, media } = await scene()
  const id = keep(png(8, 8))
  const row = { id, type: 'png', width: 1, height: 1, bytes: 1, name: 'kept.png' } as const
  stills.put(row, noon)
  await run()
  expect(stills.get(id)).toEqual(row)
  expect(media.tasks).toEqual([])
})

test('what cannot be decoded is logged and hides no other', async () => {
  const { keep, run, stills, logged } = await scene(createFakeMedia({ still: failing() }))
  const ids = [keep(png(8, 8)), keep(png(9, 9))]
  await run()
  expect(ids.map((id) => stills.get(id))).toEqual([undefined, undefined])
  expect(logged).toHaveLength(2)
  expect(logged.join()).toContain(ids[0])
})

const id = sha256Of(png(5, 5))
const other = 'ab'.repeat(32)

type Scene = Awaited<ReturnType<typeof scene>>
const at = (name: string, extension = 'png') => `${name.slice(0, 2)}/${name}.${extension}`

// A library may come from somebody else.
const hostile: readonly (readonly [string, (scene: Scene) => void])[] = [
  ['text under a still’s name', ({ put }) => put(at(other), 'text')],
  ['a picture under another’s name', ({ put }) => put(at(other), png(5, 5))],
  ['a PNG that says it is a JPEG', ({ put }) => put(at(id, 'jpg'), png(5, 5))],
  ['a picture in another’s folder', ({ put }) => put(`zz/${id}.png`, png(5, 5))],
  ['a name that is no id', ({ put }) => put('ab/holiday.png', png(5, 5))],
  ['60,000 x 10 pixels', ({ keep }) => keep(pngHeader(60_000, 10))],
  ['a folder', ({ paths }) => mkdirSync(paths.still(id, 'png'), { recursive: true })],
  ['300 MB', ({ put }) => truncateSync(put(at(other), pngHeader(9, 9)), 300_000_000)],
  [
    'a pipe',
    ({ paths }) => {
      const folder = dirname(paths.still(id, 'png'))
      mkdirSync(folder, { recursive: true })
      makePipe(folder, `${id}.png`)
    },
  ],
  [
    'a link to a private picture',
    ({ put, paths }) => {
      const secret = join(temporaryFolder(), 'private.png')
      writeFileSync(secret, png(5, 5))
      rmSync(put(at(id), ''))
      symlinkSync(secret, paths.still(id, 'png'))
    },
  ],
]

test.each(hostile)('%s is neither decoded nor believed', async (_what, lay) => {
  const parts = await scene()
  lay(parts)
  await parts.run()
  expect(parts.media.tasks).toEqual([])
  expect(parts.library.db.prepare('select count(*) as n from stills').get()).toEqual({ n: 0 })
})
