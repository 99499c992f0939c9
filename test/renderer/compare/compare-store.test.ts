import { expect, test, vi } from 'vitest'
import { createCompareStore, factsOf } from '../../../renderer/compare/compare-store'
import { createAskStore } from '../../../renderer/composer/ask-store'
import type { AppClient } from '../../../renderer/connect'
import type { Price } from '../../../renderer/spend/price'
import type { CreateResult } from '../../../shared/contract'
import type { Job, Question } from '../../../shared/job-schema'
import { usd, type Quote } from '../../../shared/money'
import { remoteProviderIds, type ProviderId } from '../../../shared/provider'
import type { ProviderStatus } from '../../../shared/provider-status-schema'
import { nothingKnown } from '../../../shared/validate/objection'
import { sampleRecipe } from '../../support/samples'
import { diskFull, jobOf, settled, statusOf } from '../support/pieces'

const recipe = sampleRecipe({ slots: { first: 'a', last: 'b' } })
const price: Quote = { certainty: 'listed', amount: usd(1) }
const cheaper: Quote = { certainty: 'listed', amount: usd(0.25) }
const question: Question = { kind: 'price-unknown' }

/** The comparison over the real questions, and a main process that asks about UniAll. */
function comparison(composed = recipe) {
  const create = vi.fn(({ provider, yes }: Parameters<AppClient['jobs.create']>[0]): Promise<CreateResult> =>
    Promise.resolve(
      provider === 'uniall' && yes.length === 0
        ? { kind: 'ask', questions: [question] }
        : { kind: 'created', job: jobOf({ provider }) },
    ),
  )
  const ask = createAskStore({ client: { 'jobs.allow': () => Promise.resolve(jobOf()) }, fail: vi.fn() })
  const statuses = new Map<ProviderId, ProviderStatus>(remoteProviderIds.map((id) => [id, statusOf({ id })]))
  const prices = new Map<ProviderId, Price>()
  const deps = {
    client: {
      'quotes.get': vi.fn((_input: Parameters<AppClient['quotes.get']>[0]) =>
        Promise.resolve([{ provider: 'bytespike' as const, quote: cheaper }]),
      ),
      'jobs.create': create,
    },
    context: () => ({
      recipe: composed,
      known: { ...nothingKnown, hasBucket: true },
      statuses,
      quote: (id: ProviderId) => prices.get(id) ?? price,
    }),
    order: vi.fn(ask.getState().start),
    onCreated: vi.fn((_job: Job) => undefined),
    tell: vi.fn(),
    fail: vi.fn(),
  }
  const store = createCompareStore(deps)
  const sentTo = () => create.mock.calls.map(([{ provider }]) => provider)
  return { deps, create, ask, statuses, prices, sentTo, state: () => store.getState() }
}

test('it opens with those chosen that take the recipe as it is', () => {
  const { state } = comparison()
  state().show()
  expect([...state().chosen].toSorted()).toEqual(['apiframe', 'inferencesh', 'krea', 'uniall'])
})

test('one that did not tell its price is left to the user to choose', () => {
  const { state, prices } = comparison()
  const problem = { code: 'provider-down', message: 'Apiframe does not answer.' } as const
  prices.set('apiframe', { certainty: 'unknown', amount: null, problem })
  state().show()
  expect([...state().chosen].toSorted()).toEqual(['inferencesh', 'krea', 'uniall'])
})

test('what is changed for one provider is priced, chosen and sent so; the others get the recipe as it was', async () => {
  const { state, deps, create } = comparison()
  state().show()
  for (const id of ['apiframe', 'inferencesh', 'uniall'] as const) state().toggle(id)
  state().fix('bytespike', { label: 'Remove last frame', recipe: { ...recipe, slots: { first: 'a' } } })
  await settled()
  const changed = state().variants.get('bytespike')?.recipe
  expect(changed?.slots).toEqual({ first: 'a' })
  expect(changed && state().quotes.get(changed)?.get('bytespike')).toEqual(cheaper)
  expect(state().chosen.has('bytespike')).toBe(true)
  await state().send()
  expect(
    create.mock.calls.map(([{ provider, recipe: sent }]) => [provider, Object.keys(sent.slots)]),
  ).toEqual([
    ['krea', ['first', 'last']],
    ['bytespike', ['first']],
  ])
  expect(deps.order.mock.calls.map(([{ quote }]) => quote)).toEqual([price, cheaper])
  expect(deps.onCreated).toHaveBeenCalledTimes(2)
  expect(state()).toMatchObject({ recipe: null, sending: false })
  expect(deps.tell).not.toHaveBeenCalled()
})

test('while the price of a change is asked for, that of the recipe as it was is not shown for it', async () => {
  const { state, deps } = comparison()
  deps.client['quotes.get'].mockReturnValueOnce(new Promise(() => undefined))
  state().show()
  state().toggle('uniall')
  state().fix('bytespike', { label: 'Remove last frame', recipe: { ...recipe, slots: { first: 'a' } } })
  await state().send()
  const order = deps.order.mock.calls.find(([{ provider }]) => provider === 'bytespike')
  expect(order?.[0].quote).toBeNull()
})

test('a change that is put back is sent no more', () => {
  const { state } = comparison()
  state().show()
  state().fix('bytespike', { label: 'Remove last frame', recipe: { ...recipe, slots: { first: 'a' } } })
  state().putBack('bytespike')
  expect(state().variants.size).toBe(0)
  expect(state().chosen.has('bytespike')).toBe(false)
})

test('each question is asked in its turn, and the next order waits for the answer', async () => {
  const { state, ask, sentTo } = comparison()
  state().show()
  const sending = state().send()
  await settled()
  const before = sentTo().length
  expect(sentTo()).toContain('uniall')
  expect(ask.getState().asked?.order.provider).toBe('uniall')
  await settled()
  expect(sentTo()).toHaveLength(before)
  await ask.getState().answer(false)
  await sending
  expect(sentTo()).toHaveLength(5)
  expect(new Set(sentTo()).size).toBe(4)
})

test('a no skips one provider; what was made stays made, and the rest is sent', async () => {
  const { state, ask, deps } = comparison()
  state().show()
  const sending = state().send()
  await settled()
  ask.getState().dismiss()
  await sending
  expect(deps.onCreated.mock.calls.map(([{ provider }]) => provider).toSorted()).toEqual([
    'apiframe',
    'inferencesh',
    'krea',
  ])
  expect(deps.tell).toHaveBeenCalledExactlyOnceWith('3 jobs are in the queue. Nothing was sent to UniAll.')
})

test('stopping at a question sends to none of the rest; what was made stays made', async () => {
  const { state, ask, deps, sentTo } = comparison()
  state().show()
  const sending = state().send()
  await settled()
  const before = sentTo()
  expect(ask.getState().asked?.order.series).toMatchObject({ number: before.length, of: 4 })
  expect(before.length).toBeLessThan(4)
  ask.getState().stop()
  await sending
  expect(sentTo()).toEqual(before)
  expect(deps.onCreated).toHaveBeenCalledTimes(before.length - 1)
  expect(deps.tell).toHaveBeenCalledOnce()
  expect(state().sending).toBe(false)
})

test('one press makes the same change at each provider that offers it', async () => {
  const { state } = comparison({ ...recipe, slots: { ref1: 'a' }, durationS: 4 })
  state().show()
  state().fixEverywhere('Use 8 s')
  await settled()
  expect([...state().variants.keys()].toSorted()).toContain('krea')
  expect(state().variants.size).toBeGreaterThan(1)
  for (const { recipe: changed } of state().variants.values()) expect(changed.durationS).toBe(8)
})

test('a call that fails is told, and the others are sent', async () => {
  const { state, deps, create } = comparison()
  state().show()
  state().toggle('uniall')
  create.mockRejectedValueOnce(diskFull)
  await state().send()
  expect(deps.fail).toHaveBeenCalledExactlyOnceWith(diskFull)
  expect(deps.onCreated).toHaveBeenCalledTimes(2)
})

test('Generate pressed meanwhile waits for its turn: no question is lost, and nothing hangs', async () => {
  const { state, ask, create, sentTo, deps } = comparison()
  state().show()
  for (const id of ['apiframe', 'inferencesh', 'krea'] as const) state().toggle(id)
  const sending = state().send()
  await settled()
  const generated = vi.fn()
  const generate = ask.getState().start({
    provider: 'bytespike',
    quote: price,
    send: (yes) => create({ recipe, provider: 'bytespike', yes: [...yes] }),
    onCreated: generated,
  })
  await settled()
  expect(ask.getState().asked?.order.provider).toBe('uniall')
  expect(sentTo()).toEqual(['uniall'])
  await ask.getState().answer(false)
  await Promise.all([sending, generate])
  expect(sentTo()).toEqual(['uniall', 'uniall', 'bytespike'])
  expect(generated).toHaveBeenCalledOnce()
  expect(ask.getState().asked).toBeNull()
  expect(state().sending).toBe(false)
  expect(deps.tell).not.toHaveBeenCalled()
})

test('a refused key and an account without credit are chosen by the user alone', () => {
  const { state, statuses } = comparison()
  const key = { kind: 'stored', last4: '4f2a', backend: 'GNOME Keyring', refused: true } as const
  statuses.set('krea', statusOf({ id: 'krea', key }))
  statuses.set('uniall', statusOf({ id: 'uniall', health: { kind: 'out-of-credit' } }))
  state().show()
  expect([...state().chosen].toSorted()).toEqual(['apiframe', 'inferencesh'])
  state().fix('krea', { label: 'Use 4 s', recipe: { ...recipe, durationS: 4 } })
  expect(state().chosen.has('krea')).toBe(false)
  state().toggle('krea')
  expect(state().chosen.has('krea')).toBe(true)
})

test('a change whose price could not be had says why: it is not asked for for ever', async () => {
  const { state, deps } = comparison()
  deps.client['quotes.get'].mockRejectedValueOnce(diskFull)
  state().show()
  const changed = { ...recipe, slots: { first: 'a' } }
  state().fix('bytespike', { label: 'Remove last frame', recipe: changed })
  const quote = () => factsOf(state(), deps.context()).quote('bytespike', changed)
  expect(quote()).toBeUndefined()
  await settled()
  expect(quote()).toMatchObject({ certainty: 'unknown', amount: null, problem: { code: diskFull.code } })
})

test('two presses send once', async () => {
  const { state, sentTo } = comparison()
  state().show()
  state().toggle('uniall')
  await Promise.all([state().send(), state().send()])
  expect(sentTo()).toHaveLength(3)
})
