import { expect, test } from 'vitest'
import { createPanelsStore } from '../../../renderer/window/panels-store'
import { memoryOf } from '../support/pieces'

test('panels are remembered, the full gallery is not', () => {
  const memory = memoryOf()
  const panels = createPanelsStore(memory).getState()
  expect(panels.open).toEqual({ composer: true, inspector: true, queue: true })
  panels.toggle('inspector')
  panels.setGalleryShare(50)
  panels.setGalleryFull(true)
  expect(createPanelsStore(memory).getState()).toMatchObject({
    open: { composer: true, inspector: false, queue: true },
    galleryShare: 50,
    galleryFull: false,
  })
})

test('the gallery keeps its limits, whatever was remembered', () => {
  const store = createPanelsStore(memoryOf({ 'panels.gallery': '900', 'panels.queue': 'perhaps' }))
  expect(store.getState()).toMatchObject({ galleryShare: 36, open: { queue: true } })
  store.getState().setGalleryShare(2)
  expect(store.getState().galleryShare).toBe(15)
})

test('a panel that is asked for is seen: the full gallery makes room', () => {
  const store = createPanelsStore(memoryOf())
  store.getState().setGalleryFull(true)
  store.getState().toggle('inspector')
  expect(store.getState().galleryFull).toBe(false)
})
