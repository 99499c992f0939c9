import { expect, test } from 'vitest'
import type { ClipQuery } from '../../../electron/library/clips'
import { clipSorts } from '../../../shared/clip'
import type { Clip } from '../../../shared/clip-schema'
import { indexInMemory } from '../../support/library'
import { idOf, noon, sampleClip, sampleMedia, sampleRecipe, sha256Of } from '../../support/samples'

const subjects = ['red fox', '雪の中の赤い狐', '穿过雪地的红狐狸', 'Blue heron', '50% grey_card'] as const

/** Clip `n` of a thousand: times and lengths repeat, so that only the id tells some apart. */
function numbered(n: number): Clip {
  const subject = subjects[n % subjects.length] ?? ''
  return sampleClip(
    {
      id: idOf(n),
      title: `${subject} ${String(n % 100).padStart(3, '0')}`,
      origin: {
        kind: 'generated',
        provider: 'animatic',
        recipe: sampleRecipe({ prompt: `${subject} take ${n}` }),
        tookMs: n,
      },
      createdAt: noon + Math.floor(n / 10),
      media: { ...sampleMedia, durationS: 1 + (n % 8) },
      sha256: sha256Of(String(n)),
    },
    String(n),
  )
}

function thousand() {
  const { clips, db } = indexInMemory()
  db.exec('begin')
  const all = Array.from({ length: 1000 }, (_, index) => numbered(index + 1))
  for (const clip of all) clips.put(clip)
  db.exec('commit')
  const page = (change: Partial<ClipQuery> = {}) =>
    clips.page({ search: '', sort: 'newest', offset: 0, limit: 50, ...change })
  return { clips, all, page, db }
}

const bySort: Readonly<Record<(typeof clipSorts)[number], (a: Clip, b: Clip) => number>> = {
  newest: (a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1),
  oldest: (a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1),
  longest: (a, b) => b.media.durationS - a.media.durationS || bySort.newest(a, b),
  name: (a, b) => {
    const [left, right] = [a, b].map(({ title }) => Buffer.from(title.toLowerCase()))
    return Buffer.compare(left ?? Buffer.of(), right ?? Buffer.of()) || bySort.oldest(a, b)
  },
}

test.each(clipSorts)('a thousand clips, %s: pages join to the whole, in order, none twice', (sort) => {
  const { all, page } = thousand()
  const seen = Array.from({ length: 8 }, (_, index) => page({ sort, offset: index * 150, limit: 150 }))
  expect(seen.every(({ total }) => total === 1000)).toBe(true)
  expect(seen.flatMap(({ clips }) => clips.map(({ id }) => id))).toEqual(
    all.toSorted(bySort[sort]).map(({ id }) => id),
  )
})

test('a page beyond the end is empty and still knows the total', () => {
  const { page } = thousand()
  expect(page({ offset: 1000 })).toEqual({ total: 1000, clips: [] })
  expect(page({ offset: 995 }).clips).toHaveLength(5)
})

const counts: readonly (readonly [string, number])[] = [
  ['fox', 200],
  ['FOX red', 200],
  ['赤い狐', 200],
  ['狐', 400],
  ['红狐狸', 200],
  ['雪地', 200],
  ['take 1000', 1],
  ['fo', 200],
  ['ed 7', 38],
  ['50%', 200],
  ['0%', 200],
  ['%', 200],
  ['y_', 200],
  ['_', 200],
  ['nothing like it', 0],
]

test.each(counts)('search %j finds %d of a thousand, page by page', (search, total) => {
  const { page, all } = thousand()
  const first = page({ search, limit: 200 })
  const rest = page({ search, offset: 200, limit: 200 })
  expect(first.total).toBe(total)
  expect(first.clips.length + rest.clips.length).toBe(total)
  const words = search.toLowerCase().split(' ')
  const holds = ({ origin }: Clip) =>
    words.every((word) => origin.kind === 'generated' && origin.recipe.prompt.toLowerCase().includes(word))
  expect([...first.clips, ...rest.clips]).toEqual(all.filter(holds).toSorted(bySort.newest))
})

const imported = sampleClip({
  id: idOf(5),
  title: 'Holiday',
  origin: { kind: 'imported', fileName: 'Holiday in Søndervig.mov' },
  media: { durationS: 0.04, width: 1, height: 4320, fps: 23.976, codec: 'prores', hasAudio: true },
  previews: 'ready',
})

test.each([imported, sampleClip()])('a clip comes back as it was put', (clip) => {
  const { clips } = indexInMemory()
  clips.put(clip)
  expect(clips.get(clip.id)).toEqual(clip)
  expect(clips.byHash(clip.sha256)).toEqual(clip)
  expect(clips.get(idOf(99))).toBeUndefined()
  expect(clips.byHash('0'.repeat(64))).toBeUndefined()
})

test('an imported clip is found by its file’s name', () => {
  const { clips } = indexInMemory()
  clips.put(imported)
  expect(clips.page({ search: 'søndervig', sort: 'name', offset: 0, limit: 1 }).total).toBe(1)
})

test('put again, it is one row, found by its new words only', () => {
  const { clips } = indexInMemory()
  clips.put(imported)
  const renamed: Clip = {
    ...imported,
    title: 'Winter',
    origin: { kind: 'imported', fileName: 'Winter.mov' },
    bytes: 9,
  }
  clips.put(renamed)
  const total = (search: string) => clips.page({ search, sort: 'newest', offset: 0, limit: 9 }).total
  expect(clips.get(imported.id)).toEqual(renamed)
  expect([total(''), total('winter'), total('holiday')]).toEqual([1, 1, 0])
})

test('two clips cannot lie in one place', () => {
  const { clips } = indexInMemory()
  clips.put(sampleClip({ id: idOf(1), file: 'clips/a.mp4' }))
  expect(() => clips.put(sampleClip({ id: idOf(2), file: 'clips/a.mp4' }))).toThrow(/UNIQUE/)
  expect(clips.get(idOf(2))).toBeUndefined()
})

test('previews are made newest first, until none is pending', () => {
  const { clips } = indexInMemory()
  for (const n of [1, 3, 2]) clips.put(sampleClip({ id: idOf(n), createdAt: noon + n }))
  const order: string[] = []
  for (let next = clips.nextWithoutPreviews(); next; next = clips.nextWithoutPreviews()) {
    order.push(next.id)
    clips.setPreviews(next.id, next.id === idOf(2) ? 'failed' : 'ready')
  }
  expect(order).toEqual([3, 2, 1].map(idOf))
  expect([1, 2, 3].map((n) => clips.get(idOf(n))?.previews)).toEqual(['ready', 'failed', 'ready'])
})

test('the search index agrees with the rows after changes and removals', () => {
  const { clips, db } = thousand()
  clips.put({ ...numbered(1), origin: { kind: 'imported', fileName: 'other words' } })
  db.exec(`delete from clips where id = '${idOf(2)}'`)
  expect(() =>
    db.exec("insert into clips_text (clips_text, rank) values ('integrity-check', 1)"),
  ).not.toThrow()
})
