import { expect, onTestFinished, test, vi } from 'vitest'
import { connect } from '../../../renderer/connect'
import { createAppWindow } from '../../../renderer/window/create-window'
import { AppError } from '../../../shared/error'
import type { Reply } from '../../../shared/ipc'
import { emptyRecipe } from '../../../shared/recipe'
import { idOf, noon, sampleClip } from '../../support/samples'
import { jobOf, memoryOf, paidJobOf, settled, statusOf } from '../support/pieces'

const info = {
  version: '0.1.0',
  platform: 'linux',
  electron: '42',
  trustedRuntime: true,
  practice: false,
  libraryName: 'Winter',
  libraryFolder: '/w',
  notices: ['The index was made anew.'],
}

const calm = { paused: 'no', offline: false, lowDiskBytes: null, held: 0, away: null }

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
    'jobs.create': () => ({ kind: 'created', job: jobOf() }),
    'queue.state': () => calm,
    'providers.list': () => [],
    'bucket.get': () => ({ settings: null, key: { kind: 'none' } }),
    'money.spend': () => ({
      caps: { jobMicros: null, dayMicros: null, monthMicros: null },
      todayMicros: 0,
      monthMicros: 0,
      maybeMicros: 0,
      monthCreditMicros: 0,
      monthUntold: 0,
    }),
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

test('a notification shows the clip, or the card of the job in a queue that was put away', async () => {
  const { app, emit } = windowOf({ 'jobs.list': () => [paidJobOf({ state: 'unknown' })] })
  await app.load()
  app.panels.getState().toggle('queue')
  emit('app.show', { job: idOf(7), clip: null })
  expect(app.panels.getState().open.queue).toBe(true)
  expect(app.queue.getState().sought?.id).toBe(idOf(7))
  emit('app.show', { job: idOf(7), clip: idOf(7) })
  await settled()
  expect(app.stage.getState().clip?.id).toBe(idOf(7))
})

test('a refused job comes into the composer with its provider and what the platform said of its fields', async () => {
  const { app } = windowOf()
  await app.load()
  const error = { code: 'refused', message: 'Krea said no.', fields: { prompt: 'too bold' } } as const
  const refused = paidJobOf({ state: 'refused', error })
  app.editJob(refused, 'krea')
  await settled()
  expect(app.composer.getState()).toMatchObject({
    recipe: refused.recipe,
    provider: { id: 'krea' },
    marks: [{ field: 'prompt', words: 'too bold' }],
  })
  // What Krea says of a field is not what Apiframe says.
  app.editJob(refused, 'apiframe')
  await settled()
  expect(app.composer.getState()).toMatchObject({ provider: { id: 'apiframe' }, marks: [] })
})

test('what a job taken back replaces can be had back, and then the job again', async () => {
  const job = paidJobOf({ recipe: { ...emptyRecipe, prompt: 'of the job' } })
  const { app } = windowOf({ 'jobs.list': () => [job], 'jobs.takeBack': () => job })
  await app.load()
  app.composer.getState().setPrompt('mine')
  await app.queue.getState().takeBack(job.id)
  await settled()
  const pressLast = () => app.notices.getState().notices.at(-1)?.action?.run()
  const prompt = () => app.composer.getState().recipe.prompt
  expect(prompt()).toBe('of the job')
  pressLast()
  expect(prompt()).toBe('mine')
  expect(app.composer.getState().provider.id).toBe('animatic')
  pressLast()
  await settled()
  expect(prompt()).toBe('of the job')
})

test('a job whose recipe runs again asks with the same questions as Generate', async () => {
  const { app } = windowOf({
    'jobs.list': () => [paidJobOf({ state: 'refused' })],
    'jobs.rerun': () => ({ kind: 'ask', questions: [{ kind: 'price-unknown' }] }),
  })
  await app.load()
  await app.queue.getState().rerun(idOf(7))
  expect(app.ask.getState().asked?.questions).toEqual([{ kind: 'price-unknown' }])
})

test('a job that must be asked about is made after the yes, and is in the queue then', async () => {
  const asked: (readonly string[])[] = []
  const { app } = windowOf({
    'jobs.create': ({ yes }: { yes: readonly string[] }) => {
      asked.push(yes)
      return yes.length === 0
        ? { kind: 'ask', questions: [{ kind: 'again', secondsAgo: 3 }] }
        : { kind: 'created', job: jobOf() }
    },
  })
  await app.load()
  await app.composer.getState().generate()
  expect(app.queue.getState().jobs.size).toBe(0)
  await app.ask.getState().answer(false)
  expect(asked).toEqual([[], ['again']])
  expect(app.queue.getState().jobs.has(jobOf().id)).toBe(true)
})

test('spending and providers follow the news', async () => {
  const { app, emit } = windowOf()
  await app.load()
  emit('provider.changed', statusOf())
  emit('money.changed', {
    caps: { jobMicros: null, dayMicros: null, monthMicros: null },
    todayMicros: 840_000,
    monthMicros: 840_000,
    maybeMicros: 0,
    monthCreditMicros: 0,
    monthUntold: 0,
  })
  expect(app.providers.getState().statuses.get('krea')).toEqual(statusOf())
  expect(app.spend.getState().spend?.todayMicros).toBe(840_000)
})

test('news of a provider change what the composer takes it for, and not what a lost job of before can be asked', async () => {
  const lost = paidJobOf({ provider: 'bytespike', state: 'unknown', canLookUp: false })
  const inB = paidJobOf({ id: idOf(8), provider: 'bytespike', state: 'unknown', canLookUp: true })
  const { app, emit } = windowOf({ 'jobs.list': () => [lost, inB], 'jobs.candidates': () => [] })
  await app.load()
  app.composer.getState().setProvider('bytespike')
  expect(app.composer.getState().provider.capabilities.canLookUp).toBe(false)
  await app.resolve.getState().open(lost.id)
  expect(app.resolve.getState().search.kind).toBe('impossible')
  emit('provider.changed', statusOf({ id: 'bytespike', dialect: 'B' }))
  expect(app.composer.getState().provider.capabilities.canLookUp).toBe(true)
  await app.resolve.getState().open(lost.id)
  expect(app.resolve.getState().search.kind).toBe('impossible')
  await app.resolve.getState().open(inB.id)
  expect(app.resolve.getState().search.kind).toBe('found')
})

test('the bucket follows the news', async () => {
  const { app, emit } = windowOf()
  await app.load()
  const settings = { endpoint: 'https://s3.example.com', region: 'auto', bucket: 'clips', pathStyle: true }
  emit('bucket.changed', { settings, key: { kind: 'none' } })
  expect(app.bucket.getState().status?.settings).toEqual(settings)
})

test('the clip on the stage is extended in a composer that was put away', async () => {
  const { app } = windowOf()
  await app.load()
  app.panels.getState().toggle('composer')
  app.stage.getState().show(sampleClip({ id: idOf(3) }), false)
  app.stage.getState().extend()
  expect(app.composer.getState().recipe.source).toEqual({ clip: idOf(3), use: 'extend' })
  expect(app.panels.getState().open.composer).toBe(true)
})

test('one recipe goes to every chosen provider, and each job is in the queue', async () => {
  let made = 0
  const { app, emit } = windowOf({
    'jobs.create': ({ provider }: { provider: 'krea' }) => {
      made += 1
      return { kind: 'created', job: paidJobOf({ id: idOf(made), provider }) }
    },
  })
  await app.load()
  for (const id of ['krea', 'apiframe'] as const) emit('provider.changed', statusOf({ id }))
  app.compare.getState().show()
  await app.compare.getState().send()
  expect([...app.queue.getState().jobs.values()].map(({ provider }) => provider).toSorted()).toEqual([
    'apiframe',
    'krea',
  ])
  expect(app.composer.getState().isSample).toBe(false)
})

test('prices are asked for again when a provider or the network changes, and when the computer is online again', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const asked = vi.fn(() => [])
  const network = { proxy: 'auto', caFile: null, needsRestart: false, now: 'no proxy' }
  const { app, emit } = windowOf({
    'quotes.get': asked,
    'network.get': () => network,
    'network.set': () => ({ ...network, proxy: 'none' }),
  })
  const asks = async (news: () => unknown) => {
    const before = asked.mock.calls.length
    await news()
    await vi.advanceTimersByTimeAsync(1000)
    return asked.mock.calls.length - before
  }
  expect(await asks(app.load)).toBe(1)
  expect(await asks(() => emit('provider.changed', statusOf({ health: { kind: 'ok' } })))).toBe(1)
  expect(await asks(app.network.getState().load)).toBe(0)
  expect(await asks(() => app.network.getState().change({ proxy: 'none' }))).toBe(1)
  expect(await asks(() => emit('queue.changed', { ...calm, offline: true }))).toBe(0)
  expect(await asks(() => emit('queue.changed', calm))).toBe(1)
})
