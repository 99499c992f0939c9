import { expect, test } from 'vitest'
import type { Report } from '../../../renderer/media-worker/progress'
import { createRunner } from '../../../renderer/media-worker/runner'
import { AppError } from '../../../shared/error'
import type { MediaResult } from '../../../shared/media-schema'

const first = 'a'.repeat(20)
const second = 'b'.repeat(20)
const result: MediaResult = { kind: 'previews' }

/** A runner whose tasks end when the test says so, and everything that it told the main process. */
function observed() {
  const told: unknown[] = []
  const tasks = new Map<
    string,
    PromiseWithResolvers<MediaResult> & { readonly report: Report; readonly signal: AbortSignal }
  >()
  let tick = 0
  const runner = createRunner({
    client: {
      'media.progress': async ({ fraction }) => void told.push(fraction),
      'media.done': async ({ id }) => void told.push(['done', id]),
      'media.failed': async ({ id, error }) => void told.push(['failed', id, error.code, error.message]),
    },
    run: (id, _task, report, signal) => {
      const work = { ...Promise.withResolvers<MediaResult>(), report, signal }
      tasks.set(id, work)
      return work.promise
    },
    now: () => (tick += 1000),
  })
  const taskOf = (id: string) => {
    const found = tasks.get(id)
    if (!found) throw new Error(`${id} was not started`)
    return found
  }
  const settle = () => new Promise((resolve) => setTimeout(resolve))
  return { runner, told, taskOf, settle }
}

test('a task tells its progress and ends once', async () => {
  const { runner, told, taskOf, settle } = observed()
  runner.start(first, { kind: 'previews' })
  taskOf(first).report(0.5)
  taskOf(first).resolve(result)
  await settle()
  runner.cancel(first)
  await settle()
  expect(told).toEqual([0.5, ['done', first]])
})

test('a failure keeps its code; an unknown one is internal', async () => {
  const { runner, told, taskOf, settle } = observed()
  runner.start(first, { kind: 'previews' })
  runner.start(second, { kind: 'previews' })
  taskOf(first).reject(new AppError('damaged', 'It is damaged.'))
  taskOf(second).reject(new TypeError('x is undefined'))
  await settle()
  expect(told).toEqual([
    ['failed', first, 'damaged', 'It is damaged.'],
    ['failed', second, 'internal', expect.any(String)],
  ])
})

test('a cancelled task ends at once and says nothing more; others go on', async () => {
  const { runner, told, taskOf, settle } = observed()
  runner.start(first, { kind: 'previews' })
  runner.start(second, { kind: 'previews' })
  runner.cancel(first)
  await settle()
  expect(taskOf(first).signal.aborted).toBe(true)
  expect(told).toEqual([['failed', first, 'cancelled', 'Cancelled.']])
  taskOf(first).report(0.9)
  taskOf(first).resolve(result)
  taskOf(second).resolve(result)
  await settle()
  expect(told.slice(1)).toEqual([['done', second]])
})

test('cancelling what is not there does nothing', async () => {
  const { runner, told, settle } = observed()
  runner.cancel(first)
  await settle()
  expect(told).toEqual([])
})
