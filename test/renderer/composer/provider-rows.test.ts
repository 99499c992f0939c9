import { expect, test } from 'vitest'
import { cannotInWords, noteOf } from '../../../renderer/composer/provider-row-words'
import { providerRows } from '../../../renderer/composer/provider-rows'
import { credits, free, usd, type Quote } from '../../../shared/money'
import { providerIds, type ProviderId } from '../../../shared/provider'
import type { ProviderStatus } from '../../../shared/provider-status-schema'
import type { Recipe } from '../../../shared/recipe-schema'
import { sampleRecipe } from '../../support/samples'
import { statusOf } from '../support/pieces'

const listed = (amount: Quote['amount']): Quote =>
  amount ? { certainty: 'listed', amount } : { certainty: 'unknown', amount: null }

function rowsOf(
  options: {
    readonly recipe?: Partial<Recipe>
    readonly krea?: Partial<ProviderStatus>
    readonly apiframe?: Partial<ProviderStatus>
    readonly quotes?: Partial<Record<ProviderId, Quote>>
  } = {},
) {
  const recipe = sampleRecipe(options.recipe)
  const quotes: Partial<Record<ProviderId, Quote>> = {
    animatic: free,
    krea: listed(usd(1.008)),
    apiframe: listed(credits(8)),
    ...options.quotes,
  }
  const rows = providerRows({
    recipe,
    statuses: new Map([
      ['krea', statusOf({ id: 'krea', ...options.krea })],
      ['apiframe', statusOf({ id: 'apiframe', ...options.apiframe })],
    ]),
    quote: (id) => quotes[id],
  })
  const row = (id: ProviderId) => {
    const found = rows.find(({ provider }) => provider.id === id)
    if (!found) throw new Error(`No row of ${id}`)
    return found
  }
  return { recipe, row, order: rows.map(({ provider }) => provider.id) }
}
const limits = (creditMicros: number | null) => ({ ...statusOf().limits, creditMicros })

test('the list goes by price: free, dollars, credits of unknown worth, no price', () => {
  expect(rowsOf().order).toEqual(['animatic', 'krea', 'apiframe'])
  expect(rowsOf({ quotes: { krea: listed(null) } }).order).toEqual(['animatic', 'apiframe', 'krea'])
})

test('credits are compared by what the user says one is worth', () => {
  expect(rowsOf({ apiframe: { limits: limits(100_000) } }).order).toEqual(['animatic', 'apiframe', 'krea'])
  expect(rowsOf({ apiframe: { limits: limits(200_000) } }).order).toEqual(['animatic', 'krea', 'apiframe'])
})

test('what lacks a key stands below, what cannot make the recipe at the bottom, cheap or not', () => {
  const { order, row } = rowsOf({
    recipe: { resolution: '4k' },
    apiframe: { limits: limits(1) },
    krea: { key: { kind: 'none' } },
  })
  expect(order).toEqual(['animatic', 'krea', 'apiframe'])
  expect(row('krea').obstacle).toEqual({ kind: 'no-key' })
  expect(row('apiframe').obstacle).toMatchObject({ kind: 'cannot', objections: [{ field: 'resolution' }] })
  expect(rowsOf({ krea: { key: { kind: 'none' } } }).order).toEqual(['animatic', 'apiframe', 'krea'])
})

test('what every provider lacks alike is no fault of one', () => {
  for (const recipe of [{ prompt: '' }, { slots: { last: 'a' } }]) {
    const { row } = rowsOf({ recipe })
    expect(providerIds.map((id) => row(id).obstacle)).toEqual([null, null, null])
  }
})

test('the wait is the own one, else that of the page, and it is known which', () => {
  const { row } = rowsOf({ krea: { usualWaitMs: 50_000 } })
  expect(row('krea').wait).toEqual({ ms: 50_000, by: 'history' })
  expect(row('apiframe').wait).toEqual({ ms: 45_000, by: 'page' })
  expect(row('animatic').wait).toBeNull()
})

test('why a provider cannot make it is said in a few words, all of them', () => {
  const { recipe, row } = rowsOf({ recipe: { resolution: '4k', durationS: 5, aspectRatio: '1:1', seed: 1 } })
  expect(cannotInWords(recipe, row('apiframe'))).toBe('no 5 s, no 4K, no 1:1')
  expect(cannotInWords(recipe, row('krea'))).toBe('no 5 s, no 1:1, no seed')
  expect(cannotInWords(recipe, row('animatic'))).toBe('')
  const sequence = rowsOf({ recipe: { slots: { first: 'a', ref1: 'b' } } })
  expect(cannotInWords(sequence.recipe, sequence.row('krea'))).toBe('no references beside frames')
})

test('a provider that is in trouble says so beside its name', () => {
  const words = (change: Partial<ProviderStatus>) => noteOf(rowsOf({ krea: change }).row('krea'))?.text
  expect(words({})).toBeUndefined()
  expect(words({ key: { kind: 'none' } })).toBe('no key')
  expect(words({ key: { kind: 'stored', last4: '4f2a', backend: 'x', refused: true } })).toBe('■ key refused')
  expect(words({ health: { kind: 'out-of-credit' } })).toBe('▲ out of credit')
  expect(words({ health: { kind: 'down', since: 0, until: 0 } })).toBe('▲ not answering')
  const until = new Date(2026, 10, 21, 14, 6).getTime()
  expect(words({ health: { kind: 'limited', until } })).toBe('▲ limited until 14:06')
})
