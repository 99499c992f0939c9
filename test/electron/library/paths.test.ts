import { join, relative, sep } from 'node:path'
import { expect, test } from 'vitest'
import { libraryPaths } from '../../../electron/library/paths'
import { stillTypes } from '../../../shared/still'
import { idOf } from '../../support/samples'

const id = 'ab'.repeat(32)
const paths = libraryPaths(join(sep, 'Videos', 'My Library'))
const inside = (path: string) => relative(paths.root, path).split(sep).join('/')

test('things lie where design/architecture.md says', () => {
  expect(inside(paths.file('clips/2026/11/a b.mp4'))).toBe('clips/2026/11/a b.mp4')
  expect(inside(paths.database)).toBe('.inbetween/library.db')
  expect(inside(paths.partial)).toBe('.inbetween/partial')
  expect(inside(paths.poster(idOf(1)))).toBe(`.inbetween/posters/00/${idOf(1)}.webp`)
  expect(inside(paths.filmstrip(idOf(1)))).toBe(`.inbetween/filmstrips/00/${idOf(1)}.webp`)
  expect(inside(paths.thumbnail(id))).toBe(`.inbetween/thumbnails/ab/${id}.webp`)
  expect(stillTypes.map((type) => inside(paths.still(id, type)))).toEqual(
    ['png', 'jpg', 'webp', 'avif'].map((extension) => `stills/ab/${id}.${extension}`),
  )
})

test('no two things share a place', () => {
  const all = [
    paths.database,
    paths.lock,
    paths.identity,
    paths.partial,
    paths.poster(idOf(1)),
    paths.filmstrip(idOf(1)),
    paths.thumbnail(id),
    ...stillTypes.map((type) => paths.still(id, type)),
  ]
  expect(new Set(all).size).toBe(all.length)
})
