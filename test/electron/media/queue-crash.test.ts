import { expect, test } from 'vitest'
import { queueScene, settled } from '../../support/media-window'
import { until } from '../../support/until'

const sorted = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)

test('the window dies: the task is tried once more in a new one', async () => {
  const { run, current, windows, finish, logged } = queueScene()
  const task = run('still')
  await settled()
  const id = current().idOf('still')
  current().die('oom')
  await settled()
  expect(windows).toHaveLength(2)
  expect(current().told).toEqual(['start still'])
  expect(current().idOf('still')).toBe(id)
  await finish('still')
  expect(task.state).toBe('done')
  expect(logged.join()).toContain('oom')
})

test('it dies of the same task again: that one fails with the reason, its output is removed', async () => {
  const { run, current, windows } = queueScene()
  const task = run('still')
  await settled()
  current().die()
  await settled()
  current().die('killed')
  await task.ended
  expect(task).toMatchObject({ state: 'failed', value: { code: 'media-failed', details: 'killed' } })
  expect(task.hasOutput()).toBe(false)
  expect(windows).toHaveLength(2)
})

test('those that only waited lose nothing, and come after the one that is tried again', async () => {
  const { run, current, finish } = queueScene()
  const first = run('still', { name: 'first' })
  const others = Array.from({ length: 4 }, (_, index) => run('clip', { name: `clip ${index}` }))
  await settled()
  current().die()
  await settled()
  expect(current().told).toEqual(['start still'])
  await finish('still')
  for (let count = 0; count < others.length; count += 1) await finish('clip')
  expect([first, ...others].map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'done'])
})

test('after a task was given up, those that waited run as if nothing had been', async () => {
  const { run, current, windows, finish } = queueScene()
  const bad = run('still')
  const others = [run('clip', { name: 'a' }), run('clip', { name: 'b' })]
  await settled()
  current().die()
  await settled()
  current().die()
  await bad.ended
  await settled()
  await finish('clip')
  await finish('clip')
  expect(bad.state).toBe('failed')
  expect(others.map(({ state }) => state)).toEqual(['done', 'done'])
  expect(windows).toHaveLength(3)
})

test('both lanes are at work when it dies: each is tried again alone, in one new window', async () => {
  const { run, current, windows, finish } = queueScene()
  const tasks = [run('animatic'), run('still'), run('clip')]
  await settled()
  current().die()
  await settled()
  expect(windows).toHaveLength(2)
  expect(current().told).toEqual(['start animatic'])
  for (const kind of ['animatic', 'still', 'clip'] as const) await finish(kind)
  expect(tasks.map(({ state }) => state)).toEqual(['done', 'done', 'done'])
})

test('of two that ran when it died, only the one that kills it again is given up', async () => {
  const { run, current, finish } = queueScene()
  const guilty = run('animatic')
  const innocent = run('still')
  await settled()
  current().die()
  await settled()
  current().die()
  await guilty.ended
  await settled()
  expect(guilty).toMatchObject({ state: 'failed', value: { code: 'media-failed' } })
  await finish('still')
  expect(innocent.state).toBe('done')
})

test('it dies of a task that was just cancelled: that stays cancelled, without output', async () => {
  const { run, current, finish } = queueScene()
  const abort = new AbortController()
  const task = run('still', { signal: abort.signal })
  const next = run('clip')
  await settled()
  abort.abort()
  await task.ended
  current().die()
  await settled()
  expect(current().told).toEqual(['start clip'])
  await finish('clip')
  expect(next.state).toBe('done')
  await until(() => expect(task.hasOutput()).toBe(false))
})

test('silence for 60 s costs the window; the task is tried once more, then failed', async () => {
  const { run, timers, windows, current } = queueScene()
  const task = run('still')
  await settled()
  timers.elapse(60_000)
  await settled()
  expect(windows.map(({ isClosed }) => isClosed)).toEqual([true, false])
  expect(current().told).toEqual(['start still'])
  timers.elapse(60_000)
  await task.ended
  expect(task).toMatchObject({ state: 'failed', value: { code: 'media-failed' } })
  expect(task.value).toMatchObject({ details: expect.stringContaining('no sign of life') as string })
  expect(windows[1]?.isClosed).toBe(true)
  expect(timers.waiting()).toEqual([])
})

test('a sign of life begins the wait anew', async () => {
  const { run, timers, queue, current } = queueScene()
  run('still')
  run('animatic')
  await settled()
  expect(sorted(timers.waiting())).toEqual([60_000, 60_000])
  await queue.handlers['media.progress']({ id: current().idOf('still'), fraction: 0.1 })
  expect(sorted(timers.waiting())).toEqual([60_000, 60_000])
})

test('it dies while it opens: the task is tried once more, not failed', async () => {
  const { run, windows, current, finish } = queueScene({ opens: 'when told' })
  const task = run('still')
  await settled()
  current().die('launch-failed')
  await settled()
  expect(windows).toHaveLength(2)
  current().open()
  await settled()
  expect(current().told).toEqual(['start still'])
  await finish('still')
  expect(task.state).toBe('done')
})

test('silent while it opens, it is given up: opening at last, it gets no task and is closed', async () => {
  const { run, timers, windows, current, finish } = queueScene({ opens: 'when told' })
  const task = run('still')
  await settled()
  timers.elapse(60_000)
  await settled()
  expect(windows).toHaveLength(2)
  windows[0]?.open()
  await settled()
  expect(windows[0]).toMatchObject({ told: [], isClosed: true })
  current().open()
  await settled()
  await finish('still')
  expect(task.state).toBe('done')
  expect(current().told).toEqual(['start still'])
})

test('it cannot be opened: tried once more, then what asked for it fails, and the next asks for one of its own', async () => {
  const { run, windows, current, finish } = queueScene({ opens: 'when told' })
  const failed = [run('still', { name: 'a' }), run('animatic', { name: 'b' })]
  const later = [run('still', { name: 'c' }), run('animatic', { name: 'd' })]
  // Both at once, then each alone.
  for (let times = 0; times < 3; times += 1) {
    await settled()
    current().refuse()
  }
  await Promise.all(failed.map(({ ended }) => ended))
  await settled()
  expect(failed.map(({ state }) => state)).toEqual(['failed', 'failed'])
  expect(failed[0]).toMatchObject({
    value: { code: 'media-failed', details: expect.stringContaining('no window') as string },
  })
  expect(failed.map(({ hasOutput }) => hasOutput())).toEqual([false, false])
  expect(windows).toHaveLength(4)
  current().open()
  await settled()
  await finish('still')
  await finish('animatic')
  expect(later.map(({ state }) => state)).toEqual(['done', 'done'])
  expect(windows).toHaveLength(4)
})

test('cancelled while the window opens, the task is not sent; when the window never opens, nothing breaks', async () => {
  const { run, windows, current, finish } = queueScene({ opens: 'when told' })
  const abort = new AbortController()
  const task = run('still', { signal: abort.signal })
  await settled()
  abort.abort()
  await task.ended
  current().refuse()
  await settled()
  const again = new AbortController()
  const second = run('still', { signal: again.signal })
  await settled()
  again.abort()
  await second.ended
  current().open()
  await settled()
  expect(current().told).not.toContain('start still')
  const third = run('clip')
  await settled()
  await finish('clip')
  expect(third.state).toBe('done')
  expect(windows).toHaveLength(2)
})

test('the end of a window that was already given up touches nothing of the new one', async () => {
  const { run, timers, windows, current, finish } = queueScene()
  const task = run('still')
  await settled()
  timers.elapse(60_000)
  await settled()
  windows[0]?.die('closed at last')
  await settled()
  expect(windows).toHaveLength(2)
  expect(current().told).toEqual(['start still'])
  await finish('still')
  expect(task.state).toBe('done')
})
