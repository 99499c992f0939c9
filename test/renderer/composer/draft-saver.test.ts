import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { createComposerStore } from '../../../renderer/composer/composer-store'
import { createDraftSaver } from '../../../renderer/composer/draft-saver'
import type { AppClient } from '../../../renderer/connect'
import type { Draft } from '../../../shared/contract'
import { providers } from '../../../shared/providers'
import { sampleRecipe } from '../../support/samples'
import { diskFull, unexpected } from '../support/pieces'

beforeEach(() => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
})

async function savedComposer() {
  const recipe = sampleRecipe({ slots: {} })
  const set = vi.fn((_draft: Parameters<AppClient['draft.set']>[0]): Promise<void> => Promise.resolve())
  const fail = vi.fn()
  const composer = createComposerStore({
    client: {
      'draft.get': () => Promise.resolve<Draft>({ recipe, provider: 'animatic', isSample: true }),
      'stills.get': unexpected,
      'clips.get': unexpected,
      'clips.grabFrame': unexpected,
      'jobs.create': unexpected,
    },
    providerOf: (id) => providers[id],
    hasBucket: () => false,
    order: unexpected,
    quote: unexpected,
    onCreated: unexpected,
    fail,
    warn: unexpected,
  })
  const saver = createDraftSaver({ composer, client: { 'draft.set': set }, fail })
  await composer.getState().load()
  return { composer, saver, set, fail, recipe }
}

test('reading the draft does not write it', async () => {
  const { set } = await savedComposer()
  vi.advanceTimersByTime(1000)
  expect(set).not.toHaveBeenCalled()
})

test('typing writes once, when it rests', async () => {
  const { composer, set, recipe } = await savedComposer()
  for (const prompt of ['a', 'a f', 'a fox']) {
    composer.getState().setPrompt(prompt)
    vi.advanceTimersByTime(200)
  }
  expect(set).not.toHaveBeenCalled()
  vi.advanceTimersByTime(100)
  expect(set).toHaveBeenCalledExactlyOnceWith({
    recipe: { ...recipe, prompt: 'a fox' },
    provider: 'animatic',
    isSample: false,
  })
})

test('a provider that was chosen is kept, with the recipe as it is', async () => {
  const { composer, set, recipe } = await savedComposer()
  composer.getState().setProvider('krea')
  vi.advanceTimersByTime(300)
  expect(set).toHaveBeenCalledExactlyOnceWith({ recipe, provider: 'krea', isSample: false })
  composer.getState().setProvider('apiframe')
  vi.advanceTimersByTime(300)
  expect(set).toHaveBeenLastCalledWith({ recipe, provider: 'apiframe', isSample: false })
})

test('a window that goes away writes at once, and only what is new', async () => {
  const { composer, saver, set } = await savedComposer()
  saver.flush()
  expect(set).not.toHaveBeenCalled()
  composer.getState().setPrompt('b')
  saver.flush()
  saver.flush()
  vi.advanceTimersByTime(1000)
  expect(set).toHaveBeenCalledOnce()
})

test('a draft that cannot be written is told', async () => {
  const { composer, saver, set, fail } = await savedComposer()
  set.mockRejectedValueOnce(diskFull)
  composer.getState().setPrompt('b')
  saver.flush()
  await vi.waitFor(() => expect(fail).toHaveBeenCalledWith(diskFull))
})
