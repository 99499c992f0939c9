import { isRemote, providerIds, type Provider, type ProviderId } from '../../shared/provider'
import type { ProviderStatus } from '../../shared/provider-status-schema'
import { providerIn } from '../../shared/providers'
import type { Recipe } from '../../shared/recipe-schema'
import type { Known, Objection } from '../../shared/validate/objection'
import { blockers, validate } from '../../shared/validate/validate'
import { dollarsOf } from '../spend/money-words'
import type { Price } from '../spend/price'

/** The usual wait in milliseconds: the user's own clips tell it, else the platform's page. */
export interface Wait {
  readonly ms: number
  readonly by: 'history' | 'page'
}

/** Why a provider cannot be used as it stands. */
export type Obstacle =
  | { readonly kind: 'no-key' }
  | { readonly kind: 'key-refused' }
  /** Its pictures go through a bucket, and none is connected. */
  | { readonly kind: 'no-bucket' }
  | { readonly kind: 'cannot'; readonly objections: readonly Objection[] }

/** One line of the provider list. */
export interface ProviderRow {
  readonly provider: Provider
  readonly status: ProviderStatus | undefined
  /** Undefined while it is asked for. */
  readonly quote: Price | undefined
  readonly wait: Wait | null
  readonly obstacle: Obstacle | null
  /** What it may not take, or take otherwise: it can be sent anyway. */
  readonly doubts: readonly Objection[]
}

/** The provider list: usable ones first, cheapest first; equal ones stay in the providers' own order. */
export function providerRows(facts: {
  readonly recipe: Recipe
  readonly known: Known
  readonly statuses: ReadonlyMap<ProviderId, ProviderStatus>
  readonly quote: (provider: ProviderId) => Price | undefined
}): readonly ProviderRow[] {
  const rows = providerIds.map((id): ProviderRow => {
    const status = facts.statuses.get(id)
    const provider = providerIn(id, status?.dialect ?? null)
    const objections = incapabilities(facts.recipe, provider, facts.known)
    return {
      provider,
      status,
      quote: facts.quote(id),
      wait: waitOf(provider, status),
      obstacle: obstacleOf(provider, status, blockers(objections)),
      doubts: objections.filter(({ weight }) => weight === 'asks'),
    }
  })
  return rows.toSorted((a, b) => rank(a) - rank(b) || cost(a) - cost(b))
}

/** What a provider cannot do with a recipe; what is missing at every provider alike is none of its faults. */
function incapabilities(recipe: Recipe, provider: Provider, known: Known): readonly Objection[] {
  return validate(recipe, provider, known).filter(({ field, opens }) => {
    if (field === 'slots' && recipe.source) return opens !== undefined
    return field !== 'prompt' || recipe.prompt.trim() !== ''
  })
}

/** The usual wait at a provider; null where nothing is known. */
export function waitOf({ listedWaitMs }: Provider, status: ProviderStatus | undefined): Wait | null {
  if (status && status.usualWaitMs !== null) return { ms: status.usualWaitMs, by: 'history' }
  return listedWaitMs === null ? null : { ms: listedWaitMs, by: 'page' }
}

function obstacleOf(
  { id }: Provider,
  status: ProviderStatus | undefined,
  objections: readonly Objection[],
): Obstacle | null {
  if (objections.some(({ opens }) => opens === undefined)) return { kind: 'cannot', objections }
  if (isRemote(id) && status?.key.kind === 'none') return { kind: 'no-key' }
  if (status?.key.kind === 'stored' && status.key.refused) return { kind: 'key-refused' }
  return objections.length > 0 ? { kind: 'no-bucket' } : null
}

/** Usable, then those that a key or a bucket makes usable, then those that cannot make this recipe. */
function rank({ obstacle }: ProviderRow): number {
  if (obstacle === null) return 0
  return obstacle.kind === 'cannot' ? 2 : 1
}

/** What a credit is worth at a provider, micro-dollars; null when the user has not said. */
export function creditWorth(status: ProviderStatus | undefined): number | null {
  return status?.limits.creditMicros ?? null
}

/** A price in micro-dollars for sorting: credits of unknown worth after all dollars, no price at all last. */
export function cost({ quote, status }: Pick<ProviderRow, 'quote' | 'status'>): number {
  if (!quote?.amount) return Number.MAX_VALUE
  // 1e18: far above the largest price in micro-dollars, far below "no price".
  return dollarsOf(quote.amount, creditWorth(status)) ?? 1e18 + quote.amount.micros
}
