import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { createComposerStore } from '../../../renderer/composer/composer-store'
import { createQuotes, quoteOf } from '../../../renderer/composer/quotes'
import type { AppClient } from '../../../renderer/connect'
import type { Draft } from '../../../shared/contract'
import type { ErrorShape } from '../../../shared/error'
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
type Answers = Awaited<ReturnType<AppClient['quotes.get']>>
const answerOf = (quote: Quote): Answers => [{ provider: 'krea', quote }]
const unknown: Quote = { certainty: 'unknown', amount: null }
const silent: ErrorShape = { code: 'provider-down', message: 'Krea does not answer.' }
const noPrice: Answers = [{ provider: 'krea', quote: unknown, problem: silent }]

/** A composer, and a main process that asks a cent for each second. */
async function quoted() {
  const get = vi.fn(({ recipe }: { recipe: Pick<Recipe, 'durationS'> }): Promise<Answers> =>
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
  const quotes = createQuotes({ client: { 'quotes.get': get }, composer })
  onTestFinished(quotes.stop)
  const shown = () => quoteOf(quotes.store.getState(), composer.getState().recipe, 'krea')
  const setDuration = (durationS: number) => composer.getState().edit((recipe) => ({ ...recipe, durationS }))
  quotes.refresh()
  await rest()
  await composer.getState().load()
  return { composer, quotes, get, shown, setDuration }
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
  const slow = Promise.withResolvers<Answers>()
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

test('a price that could not be had says why, in the place of one that is asked for', async () => {
  const { get, shown } = await quoted()
  get.mockResolvedValueOnce(noPrice)
  await rest()
  expect(shown()).toEqual({ ...unknown, problem: silent })
})

test('prices that could not be asked for say so of every platform, and come with the next change', async () => {
  const { get, shown, setDuration } = await quoted()
  get.mockRejectedValueOnce(diskFull)
  await rest()
  expect(shown()).toMatchObject({ ...unknown, problem: { code: diskFull.code } })
  setDuration(6)
  await rest()
  expect(shown()).toEqual(cents(6))
})

test('a platform that an answer leaves out has no price: nothing is awaited', async () => {
  const { get, shown } = await quoted()
  get.mockResolvedValueOnce([])
  await rest()
  expect(shown()).toEqual(unknown)
})

test('what has no price is asked for again by itself until it has one, and what was said stands meanwhile', async () => {
  const { get, shown } = await quoted()
  get.mockResolvedValueOnce(noPrice).mockResolvedValueOnce(noPrice)
  await rest()
  const late = Promise.withResolvers<Answers>()
  await vi.advanceTimersByTimeAsync(15_000)
  expect(get).toHaveBeenCalledTimes(2)
  get.mockReturnValueOnce(late.promise)
  await vi.advanceTimersByTimeAsync(15_000)
  expect(shown()).toEqual({ ...unknown, problem: silent })
  late.resolve(answerOf(cents(4)))
  await vi.advanceTimersByTimeAsync(0)
  expect(shown()).toEqual(cents(4))
  await vi.advanceTimersByTimeAsync(300_000)
  expect(get).toHaveBeenCalledTimes(3)
})

test('a change is asked about at once, although a price is to be asked for again later', async () => {
  const { get, quotes, shown } = await quoted()
  get.mockResolvedValueOnce(noPrice)
  await rest()
  quotes.refresh()
  await rest()
  expect(shown()).toEqual(cents(4))
  await vi.advanceTimersByTimeAsync(15_000)
  expect(get).toHaveBeenCalledTimes(2)
})

test('a change that comes while prices are on their way is not put off by a price that fails', async () => {
  const { get, shown, setDuration } = await quoted()
  const late = Promise.withResolvers<Answers>()
  get.mockReturnValueOnce(late.promise)
  await rest()
  setDuration(6)
  late.resolve(noPrice)
  await rest()
  expect(shown()).toEqual(cents(6))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(get).toHaveBeenCalledTimes(2)
})

test('once stopped, nothing is asked for again', async () => {
  const { get, quotes } = await quoted()
  get.mockResolvedValueOnce(noPrice)
  await rest()
  quotes.stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(get).toHaveBeenCalledOnce()
})
