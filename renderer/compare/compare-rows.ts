import type { Spend } from '../../shared/money-schema'
import {
  remoteProviderIds,
  type Provider,
  type ProviderId,
  type RemoteProviderId,
} from '../../shared/provider'
import type { ProviderStatus } from '../../shared/provider-status-schema'
import { providerIn } from '../../shared/providers'
import type { Recipe } from '../../shared/recipe-schema'
import type { Known, Objection } from '../../shared/validate/objection'
import { blockers, validate } from '../../shared/validate/validate'
import { cost, waitOf, type ProviderRow } from '../composer/provider-rows'
import { lookOf } from '../settings/provider-words'
import type { Price } from '../spend/price'

/** A recipe changed for one provider only, and by which clicks. */
export interface Variant {
  readonly recipe: Recipe
  readonly changes: readonly string[]
}

/** One provider of the comparison. */
export interface CompareRow extends Pick<ProviderRow, 'provider' | 'quote' | 'wait'>, Variant {
  readonly id: RemoteProviderId
  readonly status: ProviderStatus
  readonly verdict: 'can' | 'asks' | 'cannot'
  readonly objections: readonly Objection[]
}

/** Whether a row is chosen unasked: nothing is asked or wrong there, with its key and its account neither. */
export function isReady({
  verdict,
  status,
  quote,
}: Pick<CompareRow, 'verdict' | 'status' | 'quote'>): boolean {
  return verdict === 'can' && lookOf(status) === 'ok' && quote?.problem === undefined
}

/** What the comparison is made of. */
export interface CompareFacts {
  readonly recipe: Recipe
  readonly variants: ReadonlyMap<RemoteProviderId, Variant>
  readonly known: Known
  readonly statuses: ReadonlyMap<ProviderId, ProviderStatus>
  /** The price of what would be sent; undefined while it is asked for. */
  readonly quote: (provider: RemoteProviderId, recipe: Recipe) => Price | undefined
}

/**
 * A row for each provider that has a key: those that take the recipe as it was, cheapest first, then the others. A row
 * that is changed stays where it is, under the pointer.
 */
export function compareRows(facts: CompareFacts): readonly CompareRow[] {
  const rows = remoteProviderIds.flatMap((id) => {
    const status = facts.statuses.get(id)
    if (status?.key.kind !== 'stored') return []
    const provider = providerIn(id, status.dialect)
    const { recipe, changes } = facts.variants.get(id) ?? { recipe: facts.recipe, changes: [] }
    const objections = validate(recipe, provider, facts.known)
    const row: CompareRow = {
      id,
      provider,
      status,
      quote: facts.quote(id, recipe),
      wait: waitOf(provider, status),
      recipe,
      changes,
      verdict: verdictOf(objections),
      objections,
    }
    const asIs = verdictOf(validate(facts.recipe, provider, facts.known))
    return [
      { row, rank: asIs === 'cannot' ? 1 : 0, cost: cost({ quote: facts.quote(id, facts.recipe), status }) },
    ]
  })
  return rows.toSorted((a, b) => a.rank - b.rank || a.cost - b.cost).map(({ row }) => row)
}

function verdictOf(objections: readonly Objection[]): CompareRow['verdict'] {
  if (blockers(objections).length > 0) return 'cannot'
  return objections.length > 0 ? 'asks' : 'can'
}

/** One fix may bring up another reason, never so many of them. */
const mostFixes = 10

/** The recipe with every fix that the provider needs, one after another; what no fix mends is left. */
export function mended(from: Variant, provider: Provider, known: Known): Variant {
  let variant = from
  for (let round = 0; round < mostFixes; round += 1) {
    const fix = blockers(validate(variant.recipe, provider, known)).find((objection) => objection.fix)?.fix
    if (!fix) break
    variant = { recipe: fix.recipe, changes: [...variant.changes, fix.label] }
  }
  return variant
}

/** What the chosen providers ask for together. */
export interface Total {
  readonly usdMicros: number
  /** Millionths of credits whose worth in dollars nobody has said. */
  readonly creditMicros: number
  /** Some price is not known: it is this at the least. */
  readonly isLeast: boolean
  /** Some price is an estimate. */
  readonly isAbout: boolean
}

/** By how much the total passes what the caps of today or this month leave, micro-dollars; null when it fits. */
export function overCaps(
  { usdMicros }: Pick<Total, 'usdMicros'>,
  { caps, todayMicros, monthMicros }: Pick<Spend, 'caps' | 'todayMicros' | 'monthMicros'>,
): { readonly cap: 'day' | 'month'; readonly overMicros: number } | null {
  const left = [
    { cap: 'day', micros: caps.dayMicros === null ? null : caps.dayMicros - todayMicros },
    { cap: 'month', micros: caps.monthMicros === null ? null : caps.monthMicros - monthMicros },
  ] as const
  for (const { cap, micros } of left) {
    if (micros !== null && usdMicros > micros) return { cap, overMicros: usdMicros - micros }
  }
  return null
}

/** Adds up prices; credits count in dollars where the user said what one is worth. */
export function totalOf(rows: readonly Pick<CompareRow, 'quote' | 'status'>[]): Total {
  let usdMicros = 0
  let creditMicros = 0
  for (const { quote, status } of rows) {
    const amount = quote?.amount
    const worth = status.limits.creditMicros
    if (amount?.unit === 'usd') usdMicros += amount.micros
    else if (amount && worth !== null) usdMicros += Math.round((amount.micros / 1e6) * worth)
    else if (amount) creditMicros += amount.micros
  }
  return {
    usdMicros,
    creditMicros,
    isLeast: rows.some(({ quote }) => !quote?.amount),
    isAbout: rows.some(({ quote }) => quote?.certainty === 'approximate'),
  }
}
