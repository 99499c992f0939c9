import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { createComposerStore } from '../../../renderer/composer/composer-store'
import { createQuotes, quoteOf } from '../../../renderer/composer/quotes'
import type { Draft } from '../../../shared/contract'
import { free, type Quote } from '../../../shared/money'
import { providers } from '../../../shared/providers'
import type { Recipe } from '../../../shared/recipe-schema'
import { sampleRecipe } from '../../support/samples'
import { diskFull, unexpected } from '../support/pieces'

beforeEach(() => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
})

const cents = (count: number): Quote => ({
  certainty: 'listed',
  amount: { unit: 'usd', micros: count * 10_000 },
})
const answerOf = (quote: Quote) => [{ provider: 'krea' as const, quote }]

/** A composer, and a main process that asks a cent for each second. */
async function quoted() {
  const fail = vi.fn()
  const get = vi.fn(({ recipe }: { recipe: Pick<Recipe, 'durationS'> }) =>
    Promise.resolve(answerOf(cents(recipe.durationS))),
  )
  const composer = createComposerStore({
    client: {
      'draft.get': () =>
        Promise.resolve<Draft>({ recipe: sampleRecipe(), provider: 'krea', isSample: false }),
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
    fail: unexpected,
    warn: unexpected,
  })
  const quotes = createQuotes({ client: { 'quotes.get': get }, composer, fail })
  const shown = () => quoteOf(quotes.store.getState(), composer.getState().recipe, 'krea')
  const setDuration = (durationS: number) => composer.getState().edit((recipe) => ({ ...recipe, durationS }))
  quotes.refresh()
  await rest()
  await composer.getState().load()
  return { composer, quotes, get, fail, shown, setDuration }
}
const rest = () => vi.advanceTimersByTimeAsync(150)

test('prices come with the draft, and not before it is there', async () => {
  const { get, shown } = await quoted()
  expect(get).not.toHaveBeenCalled()
  expect(shown()).toBeUndefined()
  await rest()
  expect(shown()).toEqual(cents(4))
  expect(get).toHaveBeenCalledOnce()
})

test('several changes in a row are asked for once', async () => {
  const { get, shown, setDuration } = await quoted()
  await rest()
  for (const seconds of [5, 6, 7, 8]) setDuration(seconds)
  await rest()
  expect(get).toHaveBeenCalledTimes(2)
  expect(shown()).toEqual(cents(8))
})

test('the price of another duration is never shown, the price under other words is', async () => {
  const { composer, shown, setDuration } = await quoted()
  await rest()
  composer.getState().setPrompt('other words')
  expect(shown()).toEqual(cents(4))
  setDuration(8)
  expect(shown()).toBeUndefined()
})

test('an answer that comes late does not replace a newer one', async () => {
  const { get, shown, setDuration } = await quoted()
  await rest()
  const slow = Promise.withResolvers<ReturnType<typeof answerOf>>()
  get.mockReturnValueOnce(slow.promise)
  setDuration(6)
  await rest()
  setDuration(8)
  await rest()
  slow.resolve(answerOf(cents(6)))
  await rest()
  expect(shown()).toEqual(cents(8))
})

test('what is made on this computer is free without asking', async () => {
  const { quotes, composer } = await quoted()
  expect(quoteOf(quotes.store.getState(), composer.getState().recipe, 'animatic')).toBe(free)
})

test('prices that cannot be had are told, and asked for again with the next change', async () => {
  const { get, fail, shown, setDuration } = await quoted()
  get.mockRejectedValueOnce(diskFull)
  await rest()
  expect(fail).toHaveBeenCalledExactlyOnceWith(diskFull)
  setDuration(6)
  await rest()
  expect(shown()).toEqual(cents(6))
})
