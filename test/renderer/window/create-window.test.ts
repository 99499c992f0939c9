import { expect, test, vi } from 'vitest'
import { connect } from '../../../renderer/connect'
import { createAppWindow } from '../../../renderer/window/create-window'
import { AppError } from '../../../shared/error'
import type { Reply } from '../../../shared/ipc'
import { emptyRecipe } from '../../../shared/recipe'
import { idOf, noon, sampleClip } from '../../support/samples'
import { jobOf, memoryOf, settled } from '../support/pieces'

const info = {
  version: '0.1.0',
  platform: 'linux',
  electron: '42',
  trustedRuntime: true,
  libraryName: 'Winter',
  libraryFolder: '/w',
  notices: ['The index was made anew.'],
}

/** The window over a main process that answers from a table. */
function windowOf(answers: Readonly<Record<string, (input: never) => unknown>> = {}) {
  const listeners = new Set<(event: string, data: unknown) => void>()
  const table: Readonly<Record<string, (input: never) => unknown>> = {
    'app.info': () => info,
    'draft.get': () => ({
      recipe: { ...emptyRecipe, prompt: 'a fox' },
      provider: 'animatic',
      isSample: true,
    }),
    'draft.set': () => undefined,
    'jobs.list': () => [],
    'jobs.create': () => jobOf(),
    'clips.page': () => ({ total: 0, clips: [] }),
    'clips.get': ({ id }: { id: string }) => sampleClip({ id }),
    ...answers,
  }
  const call = (name: string, input: unknown): Promise<Reply> => {
    const answer = table[name]
    if (!answer)
      return Promise.resolve({ ok: false, error: new AppError('internal', `No answer to ${name}`) })
    // The table's functions take what the contract says their call takes.
    return Promise.resolve({ ok: true, value: answer(input as never) })
  }
  const connection = connect({
    call,
    on: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    pathForFile: () => '',
  })
  const app = createAppWindow({
    connection,
    memory: memoryOf(),
    send: vi.fn(),
    later: () => undefined,
    mayAutoplay: () => true,
  })
  return {
    app,
    emit: (event: string, data: unknown) => listeners.forEach((listener) => listener(event, data)),
  }
}

const done = jobOf({ state: 'done', clipId: idOf(7), updatedAt: noon + 9 })

test('the first picture of the window has everything, and what happened at start is said', async () => {
  const { app } = windowOf()
  await app.load()
  await settled()
  expect(app.composer.getState()).toMatchObject({ loaded: true, isSample: true })
  expect(app.gallery.getState().list.total).toBe(0)
  expect(app.notices.getState().notices).toMatchObject([
    { tone: 'warn', message: 'The index was made anew.' },
  ])
})

test('a clip the user has just made is shown and starts to play', async () => {
  const { app, emit } = windowOf()
  await app.load()
  await app.composer.getState().generate()
  expect(app.composer.getState().isSample).toBe(false)
  emit('job.changed', done)
  await settled()
  expect(app.stage.getState().clip?.id).toBe(idOf(7))
  expect(app.gallery.getState().selected?.id).toBe(idOf(7))
  expect(app.notices.getState().said).toContain('is ready')
})

test('it is not shown when the user has picked another clip since', async () => {
  const { app, emit } = windowOf()
  await app.load()
  await app.composer.getState().generate()
  app.gallery.getState().pick(sampleClip({ id: idOf(3) }))
  emit('job.changed', done)
  await settled()
  expect(app.stage.getState().clip?.id).toBe(idOf(3))
})

test('a job of another session does not take the stage', async () => {
  const { app, emit } = windowOf()
  await app.load()
  emit('job.changed', done)
  await settled()
  expect(app.stage.getState().clip).toBeNull()
})

test('the recipe of a clip comes into the composer, and typed text can be had back', async () => {
  const { app } = windowOf()
  await app.load()
  app.composer.getState().setPrompt('an hour of work')
  app.loadRecipe({ ...emptyRecipe, prompt: 'of the clip' })
  await settled()
  expect(app.composer.getState().recipe.prompt).toBe('of the clip')
  app.notices
    .getState()
    .notices.find(({ action }) => action)
    ?.action?.run()
  expect(app.composer.getState().recipe.prompt).toBe('an hour of work')
})

test('a call that fails is told, and nothing is lost', async () => {
  const { app } = windowOf()
  await app.load()
  app.composer.getState().setPrompt('mine')
  app.revealClip(sampleClip())
  await settled()
  expect(app.notices.getState().notices.at(-1)).toMatchObject({
    tone: 'bad',
    message: 'No answer to clips.reveal',
  })
  expect(app.composer.getState().recipe.prompt).toBe('mine')
})
