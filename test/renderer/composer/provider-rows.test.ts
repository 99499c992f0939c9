import { expect, test } from 'vitest'
import { cannotInWords, noteOf, priceTip } from '../../../renderer/composer/provider-row-words'
import { providerRows } from '../../../renderer/composer/provider-rows'
import type { Price } from '../../../renderer/spend/price'
import { credits, free, usd, type Quote } from '../../../shared/money'
import { providerIds, remoteProviderIds, type ProviderId } from '../../../shared/provider'
import type { ProviderStatus } from '../../../shared/provider-status-schema'
import type { Recipe } from '../../../shared/recipe-schema'
import { nothingKnown } from '../../../shared/validate/objection'
import { noon, sampleRecipe } from '../../support/samples'
import { statusOf } from '../support/pieces'

const listed = (amount: Quote['amount']): Quote =>
  amount ? { certainty: 'listed', amount } : { certainty: 'unknown', amount: null }

function rowsOf(
  options: {
    readonly recipe?: Partial<Recipe>
    readonly statuses?: Partial<Record<ProviderId, Partial<ProviderStatus>>>
    readonly quotes?: Partial<Record<ProviderId, Price>>
    readonly hasBucket?: boolean
  } = {},
) {
  const recipe = sampleRecipe(options.recipe)
  const quotes: Partial<Record<ProviderId, Price>> = {
    animatic: free,
    uniall: listed(usd(1.224)),
    krea: listed(usd(1.008)),
    apiframe: listed(credits(8)),
    bytespike: listed(null),
    inferencesh: listed(usd(2)),
    ...options.quotes,
  }
  const rows = providerRows({
    recipe,
    known: { ...nothingKnown, hasBucket: options.hasBucket ?? true },
    statuses: new Map(remoteProviderIds.map((id) => [id, statusOf({ id, ...options.statuses?.[id] })])),
    quote: (id) => quotes[id],
  })
  const row = (id: ProviderId) => {
    const found = rows.find(({ provider }) => provider.id === id)
    if (!found) throw new Error(`No row of ${id}`)
    return found
  }
  return {
    recipe,
    row,
    order: rows.map(({ provider }) => provider.id),
    cannot: (id: ProviderId) => cannotInWords(recipe, row(id)),
  }
}
const limits = (creditMicros: number | null) => ({ ...statusOf().limits, creditMicros })

test('the list goes by price: free, dollars, credits of unknown worth, no price', () => {
  expect(rowsOf().order).toEqual(['animatic', 'krea', 'uniall', 'inferencesh', 'apiframe', 'bytespike'])
  expect(rowsOf({ quotes: { krea: listed(null) } }).order).toEqual([
    'animatic',
    'uniall',
    'inferencesh',
    'apiframe',
    'krea',
    'bytespike',
  ])
})

test('credits are compared by what the user says one is worth', () => {
  const order = (micros: number) => rowsOf({ statuses: { apiframe: { limits: limits(micros) } } }).order
  expect(order(100_000).indexOf('apiframe')).toBe(1)
  expect(order(150_000).indexOf('apiframe')).toBe(2)
})

test('what lacks a key or a bucket stands below, what cannot make the recipe at the bottom, cheap or not', () => {
  const { order, row } = rowsOf({
    recipe: { resolution: '4k', slots: { first: 'a', last: 'b' } },
    statuses: { apiframe: { limits: limits(1) }, krea: { key: { kind: 'none' } } },
    hasBucket: false,
  })
  expect(order).toEqual(['animatic', 'inferencesh', 'krea', 'uniall', 'apiframe', 'bytespike'])
  expect(row('krea').obstacle).toEqual({ kind: 'no-key' })
  expect(row('uniall').obstacle).toEqual({ kind: 'no-bucket' })
  expect(row('apiframe').obstacle).toMatchObject({ kind: 'cannot', objections: [{ field: 'resolution' }] })
})

test('the key comes before the bucket, and a pasted link needs none', () => {
  const slots = { first: 'a' }
  const none = rowsOf({
    recipe: { slots },
    statuses: { uniall: { key: { kind: 'none' } } },
    hasBucket: false,
  })
  expect(none.row('uniall').obstacle).toEqual({ kind: 'no-key' })
  const linked = rowsOf({ recipe: { slots, links: { first: 'https://a.example' } }, hasBucket: false })
  expect(linked.row('uniall').obstacle).toBeNull()
})

test('what every provider lacks alike is no fault of one', () => {
  const { row } = rowsOf({ recipe: { prompt: '' } })
  expect(providerIds.map((id) => row(id).obstacle)).toEqual(providerIds.map(() => null))
  const both = rowsOf({ recipe: { slots: { first: 'a' }, source: { clip: 'c', use: 'extend' } } })
  expect(both.row('uniall').obstacle).toBeNull()
  expect(both.cannot('krea')).toBe('no extending')
})

test('what is only not documented stays usable, with a word and its reasons', () => {
  const { row, order } = rowsOf({ recipe: { slots: { last: 'a' }, durationS: 8 } })
  expect(row('krea')).toMatchObject({ obstacle: null, doubts: [{ field: 'slots', weight: 'asks' }] })
  expect(order.slice(0, 2)).toEqual(['krea', 'apiframe'])
  expect(noteOf(row('krea'), noon)).toMatchObject({ text: 'uncertain', tone: 'text-ink-3' })
  expect(noteOf(row('krea'), noon)?.tip).toMatch(/last frame without a first.*You can send it anyway\.$/)
})

test('a dialect has its own capabilities', () => {
  const recipe = { seed: 7 }
  expect(rowsOf({ recipe }).cannot('uniall')).toBe('no seed')
  expect(rowsOf({ recipe, statuses: { uniall: { dialect: 'docs' } } }).row('uniall').obstacle).toBeNull()
})

test('the wait is the own one, else that of the page, and it is known which', () => {
  const { row } = rowsOf({ statuses: { krea: { usualWaitMs: 50_000 } } })
  expect(row('krea').wait).toEqual({ ms: 50_000, by: 'history' })
  expect(row('apiframe').wait).toEqual({ ms: 45_000, by: 'page' })
  expect(row('animatic').wait).toBeNull()
})

test('why a provider cannot make it is said in a few words, all of them', () => {
  const { cannot } = rowsOf({ recipe: { resolution: '4k', durationS: 5, aspectRatio: '1:1', seed: 1 } })
  expect(cannot('apiframe')).toBe('no 5 s, no 4K')
  expect(cannot('krea')).toBe('no 5 s, no 1:1, no seed')
  expect(cannot('animatic')).toBe('')
  expect(rowsOf({ recipe: { slots: { first: 'a', last: 'b' }, audio: true } }).cannot('bytespike')).toBe(
    'no last frame, no sound',
  )
  expect(rowsOf({ recipe: { noPeople: true } }).cannot('krea')).toBe('cannot keep people out')
  expect(rowsOf({ recipe: { noPeople: true } }).row('inferencesh').obstacle).toBeNull()
  expect(rowsOf({ recipe: { slots: { first: 'a', ref1: 'b' } } }).cannot('inferencesh')).toBe(
    'no references beside frames',
  )
  expect(rowsOf({ recipe: { slots: { ref1: 'a', ref2: 'b' }, durationS: 8 } }).cannot('uniall')).toBe(
    'only 1 reference',
  )
})

test('a provider that is in trouble says so beside its name', () => {
  const words = (change: Partial<ProviderStatus>) =>
    noteOf(rowsOf({ statuses: { krea: change } }).row('krea'), noon)?.text
  expect(words({})).toBeUndefined()
  expect(words({ key: { kind: 'none' } })).toBe('no key')
  expect(words({ key: { kind: 'stored', last4: '4f2a', backend: 'x', refused: true } })).toBe('■ key refused')
  expect(words({ health: { kind: 'out-of-credit' } })).toBe('▲ no credit')
  expect(words({ health: { kind: 'down', since: 0, until: 0 } })).toBe('▲ no answer')
  const until = new Date(2026, 10, 21, 14, 6).getTime()
  const limited = rowsOf({ statuses: { krea: { health: { kind: 'limited', until } } } }).row('krea')
  expect(noteOf(limited, noon)).toMatchObject({
    text: '▲ limited',
    tip: 'Asked to slow down until 14:06',
  })
})

test('failures and refusals are said only when there were some, the whole in the tooltip', () => {
  const note = (done: number, failed: number, refused: number) =>
    noteOf(rowsOf({ statuses: { krea: { outcomes: { done, failed, refused } } } }).row('krea'), noon)
  expect(note(40, 0, 0)).toBeNull()
  expect(note(38, 2, 0)).toEqual({
    text: '2 of 40 failed',
    tip: 'Your jobs of the last ninety days: 38 done, 2 failed, 0 refused.',
    tone: 'text-ink-3',
  })
  expect(note(37, 0, 3)?.text).toBe('3 of 40 refused')
  expect(note(35, 2, 3)?.text).toBe('5 of 40 went wrong')
})

test.each([
  ['provider-down', '▲ no answer'],
  ['offline', '▲ no answer'],
  ['unknown-answer', '▲ not readable'],
  ['key-refused', '▲ wants another key'],
  ['internal', '▲ could not be asked'],
] as const)('a price that could not be had (%s) is said beside the name: %s', (code, text) => {
  const problem = { code, message: 'Krea does not answer.' }
  const { row } = rowsOf({ quotes: { krea: { certainty: 'unknown', amount: null, problem } } })
  expect(noteOf(row('krea'), noon)).toMatchObject({
    text,
    tone: 'text-warn',
    tip: 'No price: Krea does not answer. It is asked again by itself. Generate asks you first.',
  })
})

test('a price in credits tells in its tooltip what its dollars are made of', () => {
  const price = { certainty: 'approximate', amount: credits(8) } as const
  expect(priceTip(price, 'Apiframe', 105_000)).toBe(
    '8 credits, at $0.105 each as you set it. The most it costs by Apiframe’s price list; the bill may be less.',
  )
  expect(priceTip(price, 'Apiframe', null)).toBe(
    'The most it costs by Apiframe’s price list; the bill may be less.',
  )
  expect(priceTip({ certainty: 'approximate', amount: usd(1) }, 'ByteSpike', null)).toBe(
    'An estimate; the bill may differ.',
  )
})
