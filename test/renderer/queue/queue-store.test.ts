import { expect, test, vi } from 'vitest'
import { createQueueStore } from '../../../renderer/queue/queue-store'
import type { Job } from '../../../shared/job-schema'
import { idOf, noon } from '../../support/samples'
import { diskFull, jobOf } from '../support/pieces'

function queueOf(listed: readonly Job[] = []) {
  const deps = {
    client: {
      'jobs.list': () => Promise.resolve([...listed]),
      'jobs.cancel': vi.fn(({ id }: { id: string }) =>
        Promise.resolve(jobOf({ id, state: 'cancelled', updatedAt: noon + 10 })),
      ),
      'jobs.rerun': vi.fn((_input: { id: string }) => Promise.resolve(jobOf({ id: idOf(8) }))),
      'jobs.dismiss': vi.fn((_input: { id: string }) => Promise.resolve()),
    },
    onStarted: vi.fn(),
    onState: vi.fn(),
    fail: vi.fn(),
  }
  const store = createQueueStore(deps)
  const job = (id: string) => store.getState().jobs.get(id)
  return { store, deps, job }
}

test('jobs of the last session are there, and are no news', async () => {
  const { store, deps } = queueOf([jobOf({ state: 'failed' })])
  await store.getState().load()
  expect(store.getState().jobs.size).toBe(1)
  expect(deps.onState).not.toHaveBeenCalled()
})

test('a state is told once, progress is not', () => {
  const { store, deps } = queueOf()
  const changes = [0, 0.2, 0.4].map((progress) =>
    jobOf({ state: 'running', progress, updatedAt: noon + progress * 10 }),
  )
  for (const job of changes) store.getState().changed(job)
  expect(deps.onState).toHaveBeenCalledOnce()
  expect(store.getState().jobs.get(idOf(7))?.progress).toBe(0.4)
})

test('an answer that is older than the news is dropped', () => {
  const { store, deps, job } = queueOf()
  store.getState().changed(jobOf({ state: 'done', clipId: idOf(7), updatedAt: noon + 5 }))
  store.getState().started(jobOf({ state: 'waiting', updatedAt: noon }))
  expect(job(idOf(7))?.state).toBe('done')
  // The job was done before the window knew that the user had started it: now it is told.
  expect(deps.onStarted).toHaveBeenCalledOnce()
  expect(deps.onState).toHaveBeenLastCalledWith(expect.objectContaining({ state: 'done' }))
})

test('cancel shows at once what the answer says', async () => {
  const { store, job } = queueOf()
  store.getState().changed(jobOf({ state: 'running' }))
  await store.getState().cancel(idOf(7))
  expect(job(idOf(7))?.state).toBe('cancelled')
})

test('running again puts the new job in the place of the old one', async () => {
  const { store, deps } = queueOf()
  store.getState().changed(jobOf({ state: 'failed' }))
  await store.getState().rerun(idOf(7))
  expect([...store.getState().jobs.keys()]).toEqual([idOf(8)])
  expect(deps.onStarted).toHaveBeenCalledWith(expect.objectContaining({ id: idOf(8) }))
})

test('a card stays when dismissing it failed', async () => {
  const { store, deps } = queueOf()
  store.getState().changed(jobOf({ state: 'failed' }))
  deps.client['jobs.dismiss'].mockRejectedValueOnce(diskFull)
  await store.getState().dismiss(idOf(7))
  expect(store.getState().jobs.size).toBe(1)
  expect(deps.fail).toHaveBeenCalledWith(diskFull)
  await store.getState().dismiss(idOf(7))
  expect(store.getState().jobs.size).toBe(0)
})
