import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { pageSize } from '../../../renderer/gallery/clip-list'
import { createGalleryStore } from '../../../renderer/gallery/gallery-store'
import type { ClipSort } from '../../../shared/clip'
import type { Clip } from '../../../shared/clip-schema'
import { idOf, noon, sampleClip } from '../../support/samples'
import { diskFull, memoryOf } from '../support/pieces'

interface Query {
  readonly search: string
  readonly sort: ClipSort
  readonly offset: number
  readonly limit: number
}

beforeEach(() => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
})

/** A library of clips, newest first; a search finds titles. */
function galleryOf(count: number, memory = memoryOf()) {
  const clips = Array.from({ length: count }, (_, index) =>
    sampleClip({ id: idOf(index + 1), title: `clip ${index}`, createdAt: noon - index }),
  )
  const page = vi.fn(({ search, offset, limit }: Query): Promise<{ total: number; clips: Clip[] }> => {
    const found = clips.filter(({ title }) => title.includes(search))
    return Promise.resolve({ total: found.length, clips: found.slice(offset, offset + limit) })
  })
  const onSelect = vi.fn()
  const fail = vi.fn()
  const store = createGalleryStore({ client: { 'clips.page': page }, memory, onSelect, fail })
  return { store, page, clips, onSelect, fail, offsets: () => page.mock.calls.map(([{ offset }]) => offset) }
}

const rest = () => vi.advanceTimersByTimeAsync(500)

test('only the pages that are looked at are asked for, each once', async () => {
  const { store, offsets } = galleryOf(100_000)
  store.getState().need(0, 30)
  await rest()
  store.getState().need(0, 40)
  store.getState().need(95, 130)
  await rest()
  store.getState().need(95, 140)
  await rest()
  expect(offsets()).toEqual([0, pageSize])
  expect(store.getState().list.total).toBe(100_000)
})

test('what was scrolled over while two answers are on their way is not asked for', async () => {
  const { store, offsets } = galleryOf(100_000)
  store.getState().need(0, 30)
  await rest()
  for (let from = 1000; from <= 90_000; from += 1000) store.getState().need(from, from + 30)
  await rest()
  expect(offsets()).toEqual([0, 1000, 2000, 90_000])
})

test('what is shown stays while a search is on its way, then only what was found is there', async () => {
  const { store } = galleryOf(300)
  store.getState().need(0, 30)
  await rest()
  store.getState().setTyped(' clip 7 ')
  expect(store.getState()).toMatchObject({ typed: ' clip 7 ', search: '' })
  vi.advanceTimersByTime(80)
  expect(store.getState()).toMatchObject({ search: 'clip 7', listNumber: 1 })
  expect(store.getState().list.total).toBe(300)
  await rest()
  expect(store.getState().list).toMatchObject({ total: 11 })
  expect(store.getState().list.byIndex.size).toBe(11)
})

test('typing asks once, when it rests, and the answer to an older search is dropped', async () => {
  const { store, page } = galleryOf(300)
  store.getState().need(0, 30)
  await rest()
  page.mockClear()
  for (const typed of ['c', 'cl', 'clip 2']) store.getState().setTyped(typed)
  const late = Promise.withResolvers<{ total: number; clips: Clip[] }>()
  page.mockReturnValueOnce(late.promise)
  await vi.advanceTimersByTimeAsync(80)
  store.getState().setTyped('clip 29')
  await rest()
  late.resolve({ total: 999, clips: [] })
  await rest()
  expect(page.mock.calls.map(([{ search }]) => search)).toEqual(['clip 2', 'clip 29'])
  expect(store.getState().list.total).toBe(11)
})

test('a new clip comes to the front at once and the selection keeps its place', async () => {
  const { store, clips, page } = galleryOf(300)
  store.getState().need(0, 30)
  await rest()
  store.getState().pickAt(5)
  const chosen = store.getState().selected
  page.mockClear()
  store.getState().changed(sampleClip({ id: idOf(9999), createdAt: noon + 1 }))
  expect(store.getState().list.total).toBe(301)
  expect(store.getState().list.byIndex.get(0)?.id).toBe(idOf(9999))
  expect(store.getState()).toMatchObject({ selected: chosen, cursor: 6 })
  expect(chosen?.id).toBe(clips[5]?.id)
  await rest()
  expect(page).not.toHaveBeenCalled()
})

test('news of a clip in view replace it, and the chosen one with it', async () => {
  const { store, clips } = galleryOf(10)
  store.getState().need(0, 9)
  await rest()
  store.getState().pickAt(3)
  const news: Clip = { ...sampleClip(clips[3]), previews: 'ready' }
  store.getState().changed(news)
  expect(store.getState().list.byIndex.get(3)).toBe(news)
  expect(store.getState().selected).toBe(news)
  expect(store.getState().list.total).toBe(10)
})

test('a clip that comes in elsewhere asks for the list again, once for many', async () => {
  const { store, offsets, page } = galleryOf(300)
  store.getState().setSort('name')
  store.getState().need(0, 30)
  await rest()
  page.mockClear()
  for (let number = 0; number < 200; number += 1)
    store.getState().changed(sampleClip({ id: idOf(5000 + number) }))
  await rest()
  expect(offsets()).toEqual([0])
})

test('a long import is seen while it goes on', async () => {
  const { store, page } = galleryOf(300)
  store.getState().setSort('name')
  store.getState().need(0, 30)
  await rest()
  page.mockClear()
  for (let number = 0; number < 100; number += 1) {
    store.getState().changed(sampleClip({ id: idOf(5000 + number) }))
    await vi.advanceTimersByTimeAsync(50)
  }
  expect(page.mock.calls.length).toBeGreaterThan(15)
  expect(page.mock.calls.length).toBeLessThan(25)
})

test('a clip that is not here is fetched and then chosen', async () => {
  const { store, clips, onSelect } = galleryOf(1000)
  store.getState().need(0, 30)
  await rest()
  store.getState().pickAt(777)
  expect(store.getState()).toMatchObject({ cursor: 777, selected: null })
  await rest()
  expect(onSelect).toHaveBeenCalledExactlyOnceWith(clips[777], true)
  expect(store.getState().picks).toBe(1)
})

test('a finished clip is shown without counting as a pick', async () => {
  const { store, clips, onSelect } = galleryOf(10)
  const [clip] = clips
  if (!clip) throw new Error('no clip')
  store.getState().show(clip)
  expect(onSelect).toHaveBeenCalledWith(clip, false)
  expect(store.getState().picks).toBe(0)
  store.getState().need(0, 9)
  await rest()
  expect(store.getState().cursor).toBe(0)
})

test('a failed page is told once and asked for again only with a new list', async () => {
  const { store, page, fail } = galleryOf(300)
  page.mockRejectedValueOnce(diskFull)
  store.getState().need(0, 30)
  await rest()
  store.getState().need(0, 31)
  await rest()
  expect(fail).toHaveBeenCalledExactlyOnceWith(diskFull)
  expect(page).toHaveBeenCalledOnce()
  store.getState().setSort('oldest')
  await rest()
  expect(store.getState().list.total).toBe(300)
})

test('order and size are remembered, and nonsense is not believed', () => {
  const memory = memoryOf()
  const { store } = galleryOf(0, memory)
  store.getState().setSort('longest')
  store.getState().setCellSize(240)
  expect(galleryOf(0, memory).store.getState()).toMatchObject({ sort: 'longest', cellSize: 240 })
  const odd = memoryOf({ 'gallery.sort': 'best', 'gallery.cell': '-3' })
  expect(galleryOf(0, odd).store.getState()).toMatchObject({ sort: 'newest', cellSize: 160 })
})
