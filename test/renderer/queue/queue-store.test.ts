import { expect, test, vi } from 'vitest'
import type { Order } from '../../../renderer/composer/ask-store'
import { checkShownMs, createQueueStore, doneShownMs } from '../../../renderer/queue/queue-store'
import type { CreateResult } from '../../../shared/contract'
import type { Job } from '../../../shared/job-schema'
import type { QueueState } from '../../../shared/queue-schema'
import { idOf, noon } from '../../support/samples'
import { diskFull, jobOf, paidJobOf } from '../support/pieces'

const calm: QueueState = { paused: 'no', offline: false, lowDiskBytes: null, held: 0, away: null }

function queueOf(listed: readonly Job[] = []) {
  const answerWith = (change: Partial<Job>) =>
    vi.fn(({ id }: { id: string }) => Promise.resolve(paidJobOf({ id, updatedAt: noon + 10, ...change })))
  const timers: { readonly run: () => void; readonly ms: number }[] = []
  const deps = {
    client: {
      'jobs.list': () => Promise.resolve([...listed]),
      'jobs.cancel': answerWith({ state: 'cancelled' }),
      'jobs.rerun': vi.fn((_input: { id: string; yes: string[] }) =>
        Promise.resolve<CreateResult>({ kind: 'created', job: jobOf({ id: idOf(8) }) }),
      ),
      'jobs.dismiss': vi.fn((_input: { id: string }) => Promise.resolve()),
      'jobs.setPaused': vi.fn(({ id, paused }: { id: string; paused: boolean }) =>
        Promise.resolve(paidJobOf({ id, paused })),
      ),
      'jobs.move': vi.fn(({ id }: { id: string; before: string | null }) =>
        Promise.resolve(paidJobOf({ id })),
      ),
      'jobs.takeBack': answerWith({ state: 'cancelled' }),
      'jobs.allow': answerWith({}),
      'jobs.check': answerWith({ state: 'running' }),
      'jobs.resolve': answerWith({ state: 'given-up' }),
      'jobs.fetchAgain': answerWith({ state: 'downloading' }),
      'jobs.timeline': vi.fn((_input: { id: string }) => Promise.resolve({ entries: [], lastAnswer: '{}' })),
      'queue.state': () => Promise.resolve(calm),
      'queue.pause': () => Promise.resolve<QueueState>({ ...calm, paused: 'user' }),
      'queue.resume': () => Promise.resolve(calm),
      'queue.awayRead': () => Promise.resolve(calm),
    },
    onStarted: vi.fn(),
    onState: vi.fn(),
    onTakenBack: vi.fn(),
    order: vi.fn(async ({ send, onCreated }: Order) => {
      const result = await send([])
      if (result.kind === 'created') onCreated(result.job)
    }),
    later: (run: () => void, ms: number) => void timers.push({ run, ms }),
    fail: vi.fn(),
  }
  const store = createQueueStore(deps)
  const job = (id: string) => store.getState().jobs.get(id)
  return { store, deps, job, timers }
}

test('jobs of the last session are there, and are no news', async () => {
  const { store, deps } = queueOf([jobOf({ state: 'failed' })])
  await store.getState().load()
  expect(store.getState().jobs.size).toBe(1)
  expect(store.getState().queue).toEqual(calm)
  expect(deps.onState).not.toHaveBeenCalled()
})

test('what is told of the queue while it is asked for is newer than the answer', async () => {
  const { store } = queueOf()
  const loading = store.getState().load()
  store.getState().queueChanged({ ...calm, offline: true })
  await loading
  expect(store.getState().queue?.offline).toBe(true)
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

test('a job that is done just now is recent, for a moment', async () => {
  const { store, timers } = queueOf([jobOf({ id: idOf(1), state: 'done' })])
  await store.getState().load()
  store.getState().changed(jobOf({ state: 'done', clipId: idOf(7) }))
  expect([...store.getState().recent]).toEqual([idOf(7)])
  expect(timers.map(({ ms }) => ms)).toEqual([doneShownMs])
  timers[0]?.run()
  expect(store.getState().recent.size).toBe(0)
})

test('cancel shows at once what the answer says', async () => {
  const { store, job } = queueOf()
  store.getState().changed(jobOf({ state: 'running' }))
  await store.getState().cancel(idOf(7))
  expect(job(idOf(7))?.state).toBe('cancelled')
})

test('removing cancels first: a card that could not be cancelled stays', async () => {
  const { store, deps, job } = queueOf()
  store.getState().changed(paidJobOf())
  deps.client['jobs.cancel'].mockRejectedValueOnce(diskFull)
  await store.getState().remove(idOf(7))
  expect(job(idOf(7))?.state).toBe('waiting')
  expect(deps.client['jobs.dismiss']).not.toHaveBeenCalled()
  await store.getState().remove(idOf(7))
  expect(job(idOf(7))).toBeUndefined()
})

test('running again puts the new job in the place of the old one', async () => {
  const { store, deps } = queueOf()
  store.getState().changed(jobOf({ state: 'failed' }))
  await store.getState().rerun(idOf(7))
  expect([...store.getState().jobs.keys()]).toEqual([idOf(8)])
  expect(deps.onStarted).toHaveBeenCalledWith(expect.objectContaining({ id: idOf(8) }))
})

test('running again keeps the old job while there is a question, and hands the answer on', async () => {
  const { store, deps, job } = queueOf()
  store.getState().changed(paidJobOf({ state: 'refused' }))
  deps.client['jobs.rerun'].mockResolvedValueOnce({ kind: 'ask', questions: [{ kind: 'price-unknown' }] })
  await store.getState().rerun(idOf(7))
  expect(job(idOf(7))?.state).toBe('refused')
  await deps.order.mock.lastCall?.[0].send(['price-unknown'])
  expect(deps.client['jobs.rerun']).toHaveBeenLastCalledWith({ id: idOf(7), yes: ['price-unknown'] })
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

test('a job taken back leaves the strip and goes to the composer; one that was sent meanwhile stays', async () => {
  const { store, deps, job } = queueOf()
  store.getState().changed(paidJobOf())
  deps.client['jobs.takeBack'].mockRejectedValueOnce(diskFull)
  await store.getState().takeBack(idOf(7))
  expect(job(idOf(7))).toBeDefined()
  expect(deps.onTakenBack).not.toHaveBeenCalled()
  await store.getState().takeBack(idOf(7))
  expect(job(idOf(7))).toBeUndefined()
  expect(deps.onTakenBack).toHaveBeenCalledOnce()
})

test('a step in line names the job to stand before; nothing is asked at the ends', async () => {
  const { store, deps } = queueOf()
  for (const number of [1, 2, 3]) store.getState().changed(paidJobOf({ id: idOf(number), position: number }))
  await store.getState().step(idOf(1), 'earlier')
  expect(deps.client['jobs.move']).not.toHaveBeenCalled()
  await store.getState().step(idOf(1), 'later')
  await store.getState().step(idOf(2), 'later')
  expect(deps.client['jobs.move'].mock.calls).toEqual([
    [{ id: idOf(1), before: idOf(3) }],
    [{ id: idOf(2), before: null }],
  ])
})

test('a yes names the price on the card', async () => {
  const quote = { certainty: 'listed', amount: { unit: 'usd', micros: 3e6 } } as const
  const { store, deps } = queueOf([
    paidJobOf({
      id: idOf(1),
      state: 'waiting',
      wait: { kind: 'dearer', until: null, overMicros: null, cap: null },
      quote,
    }),
  ])
  await store.getState().load()
  await store.getState().allow(idOf(1))
  expect(deps.client['jobs.allow']).toHaveBeenCalledExactlyOnceWith({
    id: idOf(1),
    to: 'dearer',
    seen: quote,
  })
})

test('the whole queue is paused and resumed', async () => {
  const { store } = queueOf()
  await store.getState().setAllPaused(true)
  expect(store.getState().queue?.paused).toBe('user')
  await store.getState().setAllPaused(false)
  expect(store.getState().queue?.paused).toBe('no')
})

test('a card can be sought twice', () => {
  const { store } = queueOf()
  store.getState().seek(idOf(7))
  const first = store.getState().sought
  store.getState().seek(idOf(7))
  expect(store.getState().sought).not.toEqual(first)
})

test('a timeline that cannot be read is told and is null', async () => {
  const { store, deps } = queueOf()
  expect(await store.getState().timeline(idOf(7))).toEqual({ entries: [], lastAnswer: '{}' })
  deps.client['jobs.timeline'].mockRejectedValueOnce(diskFull)
  expect(await store.getState().timeline(idOf(7))).toBeNull()
  expect(deps.fail).toHaveBeenCalledWith(diskFull)
})

test('a clip that is not delivered can be given up; its record stays', async () => {
  const { store, deps, job } = queueOf()
  await store.getState().giveUp(idOf(1))
  expect(deps.client['jobs.resolve']).toHaveBeenCalledWith({ id: idOf(1), resolution: { kind: 'give-up' } })
  expect(job(idOf(1))?.state).toBe('given-up')
})

test('“Check again” is asked once at a time, and says what it found for a moment', async () => {
  const { store, deps, timers } = queueOf()
  const state = () => store.getState()
  const check = () => state().checks.get(idOf(7))
  state().changed(paidJobOf({ state: 'unknown', lookUps: 2 }))
  deps.client['jobs.check'].mockResolvedValue(paidJobOf({ state: 'unknown', lookUps: 3 }))
  const asked = [state().check(idOf(7)), state().check(idOf(7))]
  expect(check()).toBe('asking')
  await Promise.all(asked)
  expect(deps.client['jobs.check']).toHaveBeenCalledOnce()
  expect(check()).toBe('not-there')
  const shown = timers.find(({ ms }) => ms === checkShownMs)
  shown?.run()
  expect(check()).toBeUndefined()
  // A search that the platform did not answer is not counted.
  await state().check(idOf(7))
  expect(check()).toBe('uncertain')
  deps.client['jobs.check'].mockRejectedValueOnce(diskFull)
  await state().check(idOf(7))
  expect(check()).toBeUndefined()
  expect(deps.fail).toHaveBeenCalledWith(diskFull)
})
