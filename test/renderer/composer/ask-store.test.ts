import { expect, test, vi } from 'vitest'
import { createAskStore, type QuestionKind } from '../../../renderer/composer/ask-store'
import type { CreateResult } from '../../../shared/contract'
import type { Job, Question } from '../../../shared/job-schema'
import { usd, type Quote } from '../../../shared/money'
import type { ProviderId } from '../../../shared/provider'
import { diskFull, jobOf, settled } from '../support/pieces'

const again: Question = { kind: 'again', secondsAgo: 6 }
const overDay: Question = { kind: 'over-cap', cap: 'day', overMicros: 410_000 }

/** A main process that makes the job once every question is answered with yes. */
function asking(...questions: readonly Question[]) {
  const send = vi.fn((yes: readonly QuestionKind[], _shown?: Quote): Promise<CreateResult> => {
    const open = questions.filter(({ kind }) => !yes.includes(kind))
    return Promise.resolve(
      open.length > 0 ? { kind: 'ask', questions: open } : { kind: 'created', job: jobOf() },
    )
  })
  const allow = vi.fn((_input: { id: string }): Promise<Job> => Promise.resolve(jobOf()))
  const fail = vi.fn()
  const onCreated = vi.fn()
  const onDropped = vi.fn()
  const store = createAskStore({ client: { 'jobs.allow': allow }, fail })
  const start = () => store.getState().start({ provider: 'krea', quote: null, send, onCreated, onDropped })
  return { store, start, send, allow, fail, onCreated, onDropped }
}

test('what needs no question becomes a job at once', async () => {
  const { store, start, send, onCreated } = asking()
  await start()
  expect(send).toHaveBeenCalledExactlyOnceWith([], undefined)
  expect(onCreated).toHaveBeenCalledExactlyOnceWith(jobOf())
  expect(store.getState().asked).toBeNull()
})

test('a question waits for its answer; no makes no job', async () => {
  const { store, start, send, onCreated } = asking(again)
  await start()
  expect(store.getState().asked?.questions).toEqual([again])
  store.getState().dismiss()
  expect(store.getState().asked).toBeNull()
  expect(send).toHaveBeenCalledOnce()
  expect(onCreated).not.toHaveBeenCalled()
})

test('yes sends once with the kinds that were answered, however often it is pressed', async () => {
  const { store, start, send, allow, onCreated } = asking(again, { kind: 'price-unknown' })
  await start()
  await Promise.all([store.getState().answer(false), store.getState().answer(false)])
  expect(send.mock.calls).toEqual([
    [[], undefined],
    [['again', 'price-unknown'], undefined],
  ])
  expect(onCreated).toHaveBeenCalledOnce()
  expect(allow).not.toHaveBeenCalled()
  expect(store.getState()).toMatchObject({ asked: null, sending: false })
})

test('a question that comes up meanwhile is asked too, and the first is not asked again', async () => {
  const { store, start, send } = asking(again)
  await start()
  send.mockResolvedValueOnce({ kind: 'ask', questions: [overDay] })
  await store.getState().answer(false)
  expect(store.getState().asked?.questions).toEqual([overDay])
  await store.getState().answer(false)
  expect(send).toHaveBeenLastCalledWith(['again', 'over-cap'], undefined)
})

test('the price on the screen goes with the order; a yes to a higher one is a yes to that', async () => {
  const { store, send, allow, onCreated } = asking()
  const dearer: Question = { kind: 'dearer', quote: { certainty: 'listed', amount: usd(9) } }
  send.mockResolvedValueOnce({ kind: 'ask', questions: [dearer, overDay] })
  const shown: Quote = { certainty: 'listed', amount: usd(1) }
  await store.getState().start({ provider: 'krea', quote: shown, send, onCreated })
  expect(send).toHaveBeenLastCalledWith([], shown)
  expect(store.getState().asked?.order.quote).toEqual(dearer.quote)
  await store.getState().answer(true)
  expect(send).toHaveBeenLastCalledWith(['dearer', 'over-cap'], dearer.quote)
  expect([onCreated.mock.calls.length, allow.mock.calls.length]).toEqual([1, 1])
})

test('letting it wait never lifts the cap; allowing this one does, after the job is written down', async () => {
  const waiting = asking(overDay)
  await waiting.start()
  await waiting.store.getState().answer(false)
  expect(waiting.onCreated).toHaveBeenCalledOnce()
  expect(waiting.allow).not.toHaveBeenCalled()

  const allowed = asking(overDay)
  await allowed.start()
  await allowed.store.getState().answer(true)
  expect(allowed.allow).toHaveBeenCalledExactlyOnceWith({ id: jobOf().id, to: 'budget', seen: jobOf().quote })
})

test('an answer that fails keeps the question, says why, and can be given again', async () => {
  const { store, start, send, onCreated } = asking(again)
  await start()
  send.mockRejectedValueOnce(diskFull)
  await store.getState().answer(false)
  expect(store.getState()).toMatchObject({ error: { code: 'disk-full' }, sending: false })
  expect(store.getState().asked?.questions).toEqual([again])
  await store.getState().answer(false)
  expect(onCreated).toHaveBeenCalledOnce()
})

test('a cap that could not be lifted is told; the job stays in the queue', async () => {
  const { store, start, allow, fail, onCreated } = asking(overDay)
  await start()
  allow.mockRejectedValueOnce(diskFull)
  await store.getState().answer(true)
  expect(fail).toHaveBeenCalledWith(diskFull)
  expect(onCreated).toHaveBeenCalledOnce()
  expect(store.getState().asked).toBeNull()
})

test('who waits for the end of an order hears of a no, once, and of a yes not at all', async () => {
  const { store, start, onDropped } = asking(again)
  await start()
  store.getState().dismiss()
  store.getState().dismiss()
  expect(onDropped).toHaveBeenCalledOnce()
  await start()
  await store.getState().answer(false)
  store.getState().dismiss()
  expect(onDropped).toHaveBeenCalledOnce()
})

/** An order for `provider` of which this much can be told. */
function orderOf(provider: ProviderId, ...answers: readonly CreateResult[]) {
  const left = [...answers]
  const send = vi.fn((_yes: readonly QuestionKind[]): Promise<CreateResult> =>
    Promise.resolve(left.shift() ?? { kind: 'created', job: jobOf({ provider }) }),
  )
  return { provider, quote: null, send, onCreated: vi.fn(), onDropped: vi.fn() }
}
const asks: CreateResult = { kind: 'ask', questions: [again] }

test('an order waits until the one before it is created, and its question is never the one that is answered', async () => {
  const { store } = asking()
  const [first, second] = [orderOf('krea', asks), orderOf('apiframe', asks)]
  await store.getState().start(first)
  const behind = store.getState().start(second)
  await settled()
  expect(second.send).not.toHaveBeenCalled()
  expect(store.getState().asked?.order).toBe(first)
  await store.getState().answer(false)
  await behind
  expect(first.onCreated).toHaveBeenCalledOnce()
  expect(first.onDropped).not.toHaveBeenCalled()
  expect(store.getState().asked?.order).toBe(second)
  expect(second.send.mock.calls).toEqual([[[], undefined]])
})

test('an order goes on after the one before it is dropped, or thrown, or made without a question', async () => {
  const { store } = asking()
  const [asked, thrown, made, last] = [
    orderOf('krea', asks),
    orderOf('uniall'),
    orderOf('apiframe'),
    orderOf('bytespike', asks),
  ]
  thrown.send.mockRejectedValueOnce(diskFull)
  const all = [asked, thrown, made, last].map((order) => store.getState().start(order))
  const ends = Promise.allSettled(all)
  await settled()
  store.getState().dismiss()
  expect((await ends).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ])
  expect(made.onCreated).toHaveBeenCalledOnce()
  expect(store.getState().asked?.order).toBe(last)
})

test('what is created while an answer is on its way was never dropped', async () => {
  const { store } = asking()
  const [first, second] = [orderOf('krea', asks), orderOf('apiframe', asks)]
  await store.getState().start(first)
  const late = Promise.withResolvers<CreateResult>()
  first.send.mockReturnValueOnce(late.promise)
  const answering = store.getState().answer(false)
  void store.getState().start(second)
  store.getState().dismiss()
  await settled()
  expect(store.getState().asked?.order).toBe(first)
  late.resolve({ kind: 'created', job: jobOf() })
  await answering
  await settled()
  expect(first.onCreated).toHaveBeenCalledOnce()
  expect(first.onDropped).not.toHaveBeenCalled()
  expect(store.getState().asked?.order).toBe(second)
})

test('stopping drops the order at hand and tells those behind it of the same press; another press goes on', async () => {
  const { store } = asking()
  const onStopped = vi.fn()
  const first = { ...orderOf('krea', asks), series: { number: 1, of: 3, onStopped } }
  const other = orderOf('apiframe')
  await store.getState().start(first)
  const behind = store.getState().start(other)
  store.getState().stop()
  await behind
  expect(onStopped).toHaveBeenCalledOnce()
  expect(first.onDropped).toHaveBeenCalledOnce()
  expect(onStopped.mock.invocationCallOrder[0]).toBeLessThan(first.onDropped.mock.invocationCallOrder[0] ?? 0)
  expect(first.onCreated).not.toHaveBeenCalled()
  expect(other.onCreated).toHaveBeenCalledOnce()
})

test('what is being sent can be stopped no more', async () => {
  const { store } = asking()
  const onStopped = vi.fn()
  const order = { ...orderOf('krea', asks), series: { number: 1, of: 3, onStopped } }
  await store.getState().start(order)
  const answering = store.getState().answer(false)
  store.getState().stop()
  await answering
  expect(onStopped).not.toHaveBeenCalled()
  expect(order.onCreated).toHaveBeenCalledOnce()
})
