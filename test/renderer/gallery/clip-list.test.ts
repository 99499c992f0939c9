import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  emptyList,
  hasPage,
  indexOfClip,
  pageSize,
  pagesOf,
  withFront,
  withNews,
  withPage,
} from '../../../renderer/gallery/clip-list'
import type { Clip } from '../../../shared/clip-schema'
import { idOf, sampleClip } from '../../support/samples'

const clipAt = (index: number) => sampleClip({ id: idOf(index + 1) })
const pageOf = (page: number, total: number) => {
  const length = Math.max(0, Math.min(pageSize, total - page * pageSize))
  return { total, clips: Array.from({ length }, (_, place) => clipAt(page * pageSize + place)) }
}

test('the pages of a range', () => {
  expect(pagesOf(0, 0)).toEqual([0])
  expect(pagesOf(-8, 99)).toEqual([0])
  expect(pagesOf(99, 100)).toEqual([0, 1])
  expect(pagesOf(250, 499)).toEqual([2, 3, 4])
})

test('a page is here when all its clips are', () => {
  expect(hasPage(emptyList, 0)).toBe(false)
  const list = withPage(emptyList, 1, pageOf(1, 150))
  expect(hasPage(list, 0)).toBe(false)
  expect(hasPage(list, 1)).toBe(true)
  expect(hasPage(withPage(emptyList, 0, pageOf(0, 0)), 0)).toBe(true)
})

test('a shorter answer lets go of what lies past the new end', () => {
  const long = withPage(withPage(emptyList, 0, pageOf(0, 200)), 1, pageOf(1, 200))
  const short = withPage(long, 0, pageOf(0, 120))
  expect(short.total).toBe(120)
  expect(Math.max(...short.byIndex.keys())).toBe(119)
})

test('a long scroll keeps a bounded number of clips', () => {
  let list = emptyList
  for (let page = 0; page < 100; page += 1) list = withPage(list, page, pageOf(page, 10_000))
  expect(list.byIndex.size).toBeLessThanOrEqual(3100)
  expect(hasPage(list, 99)).toBe(true)
  expect(hasPage(list, 0)).toBe(false)
})

test('a new clip moves every other one by one place', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat({ max: 500 }), { maxLength: 20 }), (indices) => {
      const byIndex = new Map<number, Clip>(indices.map((index) => [index, clipAt(index)]))
      const list = { total: 501, byIndex }
      const moved = withFront(list, sampleClip({ id: idOf(9999) }))
      expect(moved.total).toBe(502)
      expect(indexOfClip(moved, idOf(9999))).toBe(0)
      for (const index of indices) expect(indexOfClip(moved, clipAt(index).id)).toBe(index + 1)
    }),
  )
})

test('news of a clip replace it in place; news of another change nothing', () => {
  const list = withPage(emptyList, 0, pageOf(0, 3))
  const news = { ...clipAt(1), previews: 'ready' } as const
  expect(withNews(list, news).byIndex.get(1)).toBe(news)
  expect(withNews(list, clipAt(77))).toBe(list)
})
