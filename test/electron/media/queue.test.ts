import { getEventListeners } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newId } from '../../../electron/files/ids'
import type { MediaTask } from '../../../shared/media-schema'
import { queueScene, resultOf, settled, taskOf } from '../../support/media-window'
import { until } from '../../support/until'

const kinds = Object.keys(taskOf) as MediaTask['kind'][]

test.each(kinds)('a %s task goes out, tells its progress, and comes back with its result', async (kind) => {
  const { run, current, finish, queue, windows, timers } = queueScene()
  const progress: number[] = []
  const task = run(kind, { onProgress: (fraction) => progress.push(fraction) })
  await settled()
  expect(current().told).toEqual([`start ${kind}`])
  await queue.handlers['media.progress']({ id: current().idOf(kind), fraction: 0.25 })
  await finish(kind)
  expect(task).toMatchObject({ state: 'done', value: resultOf[kind] })
  expect(progress).toEqual([0.25])
  expect(task.hasOutput()).toBe(true)
  expect(windows).toHaveLength(1)
  expect(timers.waiting()).toEqual([])
})

test('looking does not wait for rendering; each lane takes one at a time, in one window', async () => {
  const { run, current, finish, windows } = queueScene()
  for (const kind of ['animatic', 'animatic', 'still', 'still'] as const) run(kind)
  await settled()
  expect(current().told).toEqual(['start animatic', 'start still'])
  await finish('still')
  expect(current().told).toEqual(['start animatic', 'start still', 'start still'])
  await finish('animatic')
  expect(current().told.at(-1)).toBe('start animatic')
  expect(windows).toHaveLength(1)
})

test('what somebody waits for goes before what fills the gallery; equals in their order', async () => {
  const { run, current, finish } = queueScene()
  for (const kind of ['still', 'previews', 'clip', 'still', 'frame'] as const) run(kind)
  await settled()
  for (const kind of ['still', 'frame', 'clip', 'still', 'previews'] as const) await finish(kind)
  expect(current().told).toEqual([
    'start still',
    'start frame',
    'start clip',
    'start still',
    'start previews',
  ])
})

test('cancelled while it waits, it never reaches the window', async () => {
  const { run, current, finish } = queueScene()
  const abort = new AbortController()
  run('still')
  const waiting = run('clip', { signal: abort.signal })
  abort.abort()
  await waiting.ended
  expect(waiting).toMatchObject({ state: 'failed', value: { code: 'cancelled' } })
  await settled()
  await finish('still')
  expect(current().told).toEqual(['start still'])
})

test('cancelled before it is asked for, it does not even open a window', async () => {
  const { run, windows } = queueScene()
  const task = run('still', { signal: AbortSignal.abort() })
  await task.ended
  expect(task).toMatchObject({ state: 'failed', value: { code: 'cancelled' } })
  expect(windows).toEqual([])
})

const stops = [
  ['says that it stopped', 'fail'],
  ['was done all the same', 'finish'],
] as const

test.each(stops)(
  'cancelled while it runs, it is over at once; its lane is free when the window %s',
  async (_w, how) => {
    const scene = queueScene()
    const abort = new AbortController()
    const progress: number[] = []
    const task = scene.run('still', {
      signal: abort.signal,
      onProgress: (fraction) => progress.push(fraction),
    })
    const next = scene.run('clip')
    await settled()
    const id = scene.current().idOf('still')
    abort.abort()
    await task.ended
    expect(task).toMatchObject({ state: 'failed', value: { code: 'cancelled' } })
    await scene.queue.handlers['media.progress']({ id, fraction: 0.9 })
    expect(scene.current().told).toEqual(['start still', 'cancel'])
    await scene[how]('still')
    expect(task.state).toBe('failed')
    expect(task.hasOutput()).toBe(false)
    expect(scene.current().told.at(-1)).toBe('start clip')
    await scene.finish('clip')
    expect(next.state).toBe('done')
    expect(progress).toEqual([])
  },
)

test('a task that does not stop within 2 s costs the window, and leaves no output', async () => {
  const { run, current, windows, timers, finish } = queueScene()
  const abort = new AbortController()
  const task = run('animatic', { signal: abort.signal })
  const other = run('still')
  await settled()
  abort.abort()
  await settled()
  expect(timers.waiting().toSorted((a, b) => a - b)).toEqual([2000, 60_000])
  timers.elapse(2000)
  await settled()
  expect(windows).toHaveLength(2)
  expect(windows[0]?.isClosed).toBe(true)
  await until(() => expect(task.hasOutput()).toBe(false))
  expect(current().told).toEqual(['start still'])
  await finish('still')
  expect(other.state).toBe('done')
})

test('a failure is told as the window tells it, and its output is removed', async () => {
  const { run, fail, current } = queueScene()
  const task = run('still')
  const next = run('clip')
  await settled()
  await fail('still')
  await task.ended
  expect(task).toMatchObject({ state: 'failed', value: { code: 'damaged', message: 'It said so.' } })
  expect(task.hasOutput()).toBe(false)
  expect(next.hasOutput()).toBe(true)
  expect(current().told.at(-1)).toBe('start clip')
})

test('an answer of another kind is no answer', async () => {
  const { run, queue, current, finish } = queueScene()
  const task = run('still')
  const next = run('clip')
  await settled()
  await queue.handlers['media.done']({ id: current().idOf('still'), result: resultOf.clip })
  await task.ended
  expect(task).toMatchObject({ state: 'failed', value: { code: 'media-failed', details: 'clip' } })
  expect(task.hasOutput()).toBe(false)
  await settled()
  await finish('clip')
  expect(next.state).toBe('done')
})

test('unknown ids, and ids of tasks that are over, are ignored', async () => {
  const { run, queue, current, finish } = queueScene()
  const task = run('still')
  await settled()
  const unknown = newId()
  const error = { code: 'damaged', message: '' } as const
  await queue.handlers['media.progress']({ id: unknown, fraction: 1 })
  await queue.handlers['media.done']({ id: unknown, result: resultOf.still })
  await queue.handlers['media.failed']({ id: unknown, error })
  expect(task.state).toBe('open')
  const id = current().idOf('still')
  await finish('still')
  await queue.handlers['media.failed']({ id, error })
  await queue.handlers['media.done']({ id, result: resultOf.still })
  await queue.handlers['media.progress']({ id, fraction: 1 })
  expect(task).toMatchObject({ state: 'done', value: resultOf.still })
  expect(task.hasOutput()).toBe(true)
})

test('the files of a task can be reached while it runs, and not before or after', async () => {
  const { run, transfers, current, finish } = queueScene()
  const put = async (id: string) =>
    (await transfers.handle(new Request(`app://inbetween/task/${id}/out?at=0`, { method: 'PUT', body: 'x' })))
      .status
  run('still')
  await settled()
  const id = current().idOf('still')
  expect(await put(id)).toBe(204)
  await finish('still')
  expect(await put(id)).toBe(404)
})

test('an output that cannot be removed does not keep a failure from being told', async () => {
  const { run, fail, folder, logged } = queueScene()
  const task = run('still')
  await settled()
  rmSync(join(folder, 'still output'))
  mkdirSync(join(folder, 'still output', 'in the way'), { recursive: true })
  await fail('still').catch(() => undefined)
  await settled()
  expect(task).toMatchObject({ state: 'failed', value: { code: 'damaged' } })
  expect(logged.join()).toMatch(/still output/)
})

test('a signal that lives long holds on to no task that is over', async () => {
  const { run, finish } = queueScene()
  const { signal } = new AbortController()
  for (let times = 0; times < 3; times += 1) {
    run('still', { signal })
    await settled()
    await finish('still')
  }
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

test('closed, it closes its window, waits for nothing and starts nothing', async () => {
  const { run, queue, current, timers, windows } = queueScene()
  run('still')
  run('clip')
  await settled()
  queue.close()
  run('animatic')
  await settled()
  expect(current().isClosed).toBe(true)
  expect(current().told).toEqual(['start still'])
  expect(timers.waiting()).toEqual([])
  expect(windows).toHaveLength(1)
})
