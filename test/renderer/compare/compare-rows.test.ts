import { expect, test } from 'vitest'
import {
  compareRows,
  mended,
  overCaps,
  sharedFixes,
  totalOf,
  type CompareFacts,
  type Variant,
} from '../../../renderer/compare/compare-rows'
import { compareTotal } from '../../../renderer/compare/compare-words'
import { credits, usd, type Quote } from '../../../shared/money'
import { remoteProviderIds, type RemoteProviderId } from '../../../shared/provider'
import type { ProviderStatus } from '../../../shared/provider-status-schema'
import { providers } from '../../../shared/providers'
import { nothingKnown } from '../../../shared/validate/objection'
import { sampleRecipe } from '../../support/samples'
import { statusOf } from '../support/pieces'

const known = { ...nothingKnown, hasBucket: true }
const recipe = sampleRecipe({ slots: { first: 'a', last: 'b' } })
const listed = (dollars: number): Quote => ({ certainty: 'listed', amount: usd(dollars) })
const prices: Readonly<Record<RemoteProviderId, Quote>> = {
  uniall: listed(1.224),
  apiframe: { certainty: 'listed', amount: credits(8) },
  krea: listed(1.008),
  bytespike: { certainty: 'unknown', amount: null },
  inferencesh: { certainty: 'approximate', amount: usd(2) },
}

function rowsOf(
  change: Partial<CompareFacts> = {},
  statuses: Partial<Record<RemoteProviderId, Partial<ProviderStatus>>> = {},
) {
  return compareRows({
    recipe,
    variants: new Map(),
    known,
    statuses: new Map(remoteProviderIds.map((id) => [id, statusOf({ id, ...statuses[id] })])),
    quote: (id) => prices[id],
    ...change,
  })
}
const ids = (rows: ReturnType<typeof rowsOf>) => rows.map(({ id }) => id)

test('a row for each provider with a key: by price, what cannot take it last', () => {
  expect(ids(rowsOf())).toEqual(['krea', 'uniall', 'inferencesh', 'apiframe', 'bytespike'])
  expect(ids(rowsOf({}, { krea: { key: { kind: 'none' } } }))).not.toContain('krea')
  expect(rowsOf().map(({ verdict }) => verdict)).toEqual(['can', 'can', 'can', 'can', 'cannot'])
})

test('who asks first says why, and is no reason to send less', () => {
  const row = rowsOf({ recipe: sampleRecipe({ slots: { last: 'b' }, durationS: 8 }) }).find(
    ({ id }) => id === 'krea',
  )
  expect(row).toMatchObject({ verdict: 'asks', objections: [{ weight: 'asks', field: 'slots' }] })
})

test('a fix is for one provider only: ByteSpike offers a clip from the first frame', () => {
  const bytespike = rowsOf().at(-1)
  const fix = bytespike?.objections[0]?.fix
  expect(fix?.label).toBe('Remove last frame')
  const variant: Variant = { recipe: fix?.recipe ?? recipe, changes: ['Remove last frame'] }
  const rows = rowsOf({ variants: new Map([['bytespike', variant]]) })
  expect(rows.at(-1)).toMatchObject({
    id: 'bytespike',
    verdict: 'can',
    recipe: { slots: { first: 'a' } },
    changes: ['Remove last frame'],
  })
  expect(rows[0]?.recipe).toBe(recipe)
})

test('all changes at once leave nothing that blocks, and say what was done', () => {
  const much = { ...recipe, resolution: '1080p', durationS: 8, audio: true, negativePrompt: 'rain' } as const
  const { changes, recipe: simple } = mended({ recipe: much, changes: [] }, providers.bytespike, known)
  expect(changes).toEqual(['Remove last frame', 'Remove it', 'Use 5 s', 'Use 720p', 'Turn audio off'])
  expect(mended({ recipe: simple, changes }, providers.bytespike, known)).toEqual({ recipe: simple, changes })
})

test('what no fix mends stays as it is', () => {
  const empty = { recipe: sampleRecipe({ prompt: '' }), changes: [] }
  expect(mended(empty, providers.krea, known)).toEqual(empty)
})

const worth = (creditMicros: number | null) => statusOf({ limits: { ...statusOf().limits, creditMicros } })
const priced = (id: RemoteProviderId, status = statusOf(), quote: Quote | undefined = prices[id]) => ({
  provider: providers[id],
  quote,
  status,
})

test('the total of what is chosen; what has no price is counted beside it', () => {
  const words = (...rows: Parameters<typeof totalOf>[0]) => compareTotal(totalOf(rows))
  expect(words(priced('krea'), priced('uniall'))).toBe('$2.24')
  expect(words(priced('krea'), priced('inferencesh'))).toBe('≈$3.01')
  expect(words(priced('krea'), priced('bytespike'))).toBe('$1.01 + 1 unknown')
  const asked = { ...priced('uniall'), quote: undefined }
  expect(words(priced('krea'), asked, priced('bytespike'))).toBe('$1.01 + 2 unknown')
  expect(words(priced('krea'), priced('apiframe'))).toBe('$1.01 + 8 credits')
  expect(words(priced('krea'), priced('apiframe', worth(105_000)))).toBe('$1.85')
  const most = { certainty: 'approximate', amount: credits(8) } as const
  expect(words(priced('krea'), priced('apiframe', statusOf(), most), priced('bytespike'))).toBe(
    '$1.01 + up to 8 credits + 1 unknown',
  )
  expect(words(priced('krea'), priced('apiframe', worth(105_000), most))).toBe('≈$1.85')
  expect(words(priced('bytespike'))).toBeNull()
  expect(words()).toBeNull()
})

test('the whole is held against what the caps leave', () => {
  const caps = { jobMicros: null, dayMicros: 10e6, monthMicros: 12e6 }
  const spend = { caps, todayMicros: 9e6, monthMicros: 11.5e6 }
  expect(overCaps({ usdMicros: 0.4e6 }, spend)).toBeNull()
  expect(overCaps({ usdMicros: 0.6e6 }, spend)).toEqual({ cap: 'month', overMicros: 0.1e6 })
  expect(overCaps({ usdMicros: 1.5e6 }, spend)).toEqual({ cap: 'day', overMicros: 0.5e6 })
  const none = { jobMicros: null, dayMicros: null, monthMicros: null }
  expect(overCaps({ usdMicros: 1e9 }, { ...spend, caps: none })).toBeNull()
})

test('the total is that of the rows as they are shown; the caps are held against the true sum', () => {
  const rows = [priced('krea', statusOf(), listed(0.331)), priced('uniall', statusOf(), listed(0.331))]
  expect(compareTotal(totalOf(rows))).toBe('$0.68')
  expect(totalOf(rows).usdMicros).toBe(662_000)
})

test('whose price is not known is named', () => {
  expect(totalOf([priced('krea'), priced('bytespike')]).unknown.map(({ name }) => name)).toEqual([
    'ByteSpike',
  ])
})

test('a change that several offer alike is offered once for all of them', () => {
  const rows = rowsOf({ recipe: sampleRecipe({ slots: { ref1: 'a', ref2: 'b' }, durationS: 4 }) })
  expect(sharedFixes(rows)).toContainEqual({ label: 'Use 8 s', number: 4 })
  expect(sharedFixes(rowsOf())).toEqual([])
})
