import { expect, test, vi } from 'vitest'
import type { Player } from '../../../renderer/stage/player'
import { createStageStore } from '../../../renderer/stage/stage-store'
import { idOf, sampleClip, sampleRecipe } from '../../support/samples'

const clip = sampleClip()

function stageOf() {
  const placeFrame = vi.fn(() =>
    Promise.resolve({ recipe: sampleRecipe(), filled: ['last'] as const, left: 0 }),
  )
  const tell = vi.fn()
  const extend = vi.fn()
  const player: Player = { frames: 96, run: vi.fn(), seek: vi.fn(), stop: vi.fn() }
  const store = createStageStore({ placeFrame, extend, tell })
  return { store, player, placeFrame, extend, tell, stage: () => store.getState() }
}

test('a clip starts on its first frame, and plays by itself only when asked', () => {
  const { stage, player } = stageOf()
  stage().show(clip, false)
  stage().attach(player)
  stage().ready()
  expect(stage()).toMatchObject({ clip, status: 'ready', frame: 0, rate: 0 })
  expect(player.run).not.toHaveBeenCalled()
  stage().show(sampleClip({ id: idOf(2) }), true)
  expect(stage().status).toBe('loading')
  stage().ready()
  expect(player.run).toHaveBeenCalledExactlyOnceWith(1)
})

test('news of the clip on the stage do not start it anew', () => {
  const { stage } = stageOf()
  stage().show(clip, false)
  stage().ready()
  stage().setFrame(40)
  const news = { ...clip, previews: 'ready' } as const
  stage().show(news, false)
  expect(stage()).toMatchObject({ clip: news, status: 'ready', frame: 40 })
})

test('a stage that was put away comes back on the frame it stood on', () => {
  const { stage, player } = stageOf()
  stage().show(clip, false)
  stage().attach(player)
  stage().ready()
  stage().setFrame(40)
  stage().detach(player)
  const next: Player = { ...player, seek: vi.fn() }
  stage().attach(next)
  expect(stage().status).toBe('loading')
  stage().ready()
  expect(next.seek).toHaveBeenCalledExactlyOnceWith(40)
})

test('nothing is sought before there is a picture', () => {
  const { stage, player } = stageOf()
  stage().show(clip, false)
  stage().attach(player)
  stage().seek(3)
  stage().step(1)
  stage().toggle()
  expect(player.seek).not.toHaveBeenCalled()
  expect(player.run).not.toHaveBeenCalled()
})

test('space plays and pauses, a step pauses first', () => {
  const { stage, player } = stageOf()
  stage().show(clip, false)
  stage().attach(player)
  stage().ready()
  stage().toggle()
  stage().setRate(1)
  stage().toggle()
  expect(vi.mocked(player.run).mock.calls).toEqual([[1], [0]])
  stage().setFrame(10)
  stage().step(-1)
  expect(player.seek).toHaveBeenCalledWith(9)
})

test('a grabbed frame is the one that is seen, at its middle, and its slot is told', async () => {
  const { stage, placeFrame, tell } = stageOf()
  stage().show(clip, false)
  stage().ready()
  stage().setFrame(95)
  await Promise.all([stage().grab('last'), stage().grab('last')])
  expect(placeFrame).toHaveBeenCalledExactlyOnceWith(clip.id, 95.5 / 24, 'last')
  expect(tell).toHaveBeenCalledWith('Grabbed as last frame.')
})

test('nothing is grabbed from an empty or broken stage', async () => {
  const { stage, placeFrame } = stageOf()
  await stage().grab()
  stage().show(clip, false)
  stage().broken('missing')
  await stage().grab()
  expect(placeFrame).not.toHaveBeenCalled()
})

test('a player that went away is not the one that came', () => {
  const { stage, player } = stageOf()
  const next: Player = { ...player, run: vi.fn() }
  stage().show(clip, false)
  stage().attach(player)
  stage().attach(next)
  stage().detach(player)
  stage().ready()
  stage().toggle()
  expect(next.run).toHaveBeenCalledOnce()
})

test('extending takes the clip that is seen, and nothing from an empty stage', () => {
  const { stage, extend } = stageOf()
  stage().extend()
  expect(extend).not.toHaveBeenCalled()
  stage().show(clip, false)
  stage().extend()
  expect(extend).toHaveBeenCalledExactlyOnceWith(clip)
})
