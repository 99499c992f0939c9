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
import { cost, creditWorth, waitOf, type ProviderRow } from '../composer/provider-rows'
import { lookOf } from '../settings/provider-words'
import { dollarsOf, upToCent } from '../spend/money-words'
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
  /** The sum of the dollars as the rows show them, each rounded up to the cent. */
  readonly shownMicros: number
  /** Some of the dollars are an estimate. */
  readonly isAbout: boolean
  /** Some of the credits are the most that it costs. */
  readonly isUpTo: boolean
  /** Whose price is not known: it is in neither sum. */
  readonly unknown: readonly Provider[]
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
export function totalOf(rows: readonly Pick<CompareRow, 'provider' | 'quote' | 'status'>[]): Total {
  const priced = rows.flatMap(({ quote, status }) =>
    quote?.amount
      ? [
          {
            isSure: quote.certainty !== 'approximate',
            micros: quote.amount.micros,
            dollars: dollarsOf(quote.amount, creditWorth(status)),
          },
        ]
      : [],
  )
  const inDollars = priced.flatMap(({ isSure, dollars }) => (dollars === null ? [] : [{ isSure, dollars }]))
  const inCredits = priced.filter(({ dollars }) => dollars === null)
  return {
    usdMicros: sum(inDollars.map(({ dollars }) => dollars)),
    shownMicros: sum(inDollars.map(({ dollars }) => upToCent(dollars))),
    creditMicros: sum(inCredits.map(({ micros }) => micros)),
    isAbout: inDollars.some(({ isSure }) => !isSure),
    isUpTo: inCredits.some(({ isSure }) => !isSure),
    unknown: rows.flatMap(({ provider, quote }) => (quote?.amount ? [] : [provider])),
  }
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}

/** The changes that more than one provider offers alike, and how many do. */
export function sharedFixes(
  rows: readonly Pick<CompareRow, 'objections'>[],
): readonly { readonly label: string; readonly number: number }[] {
  const numbers = new Map<string, number>()
  for (const { objections } of rows) {
    const labels = objections.flatMap(({ fix }) => (fix ? [fix.label] : []))
    for (const label of new Set(labels)) numbers.set(label, (numbers.get(label) ?? 0) + 1)
  }
  return [...numbers].flatMap(([label, number]) => (number > 1 ? [{ label, number }] : []))
}
