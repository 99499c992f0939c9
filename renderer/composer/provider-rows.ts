import type { Money, Quote } from '../../shared/money'
import { isRemote, providerIds, type Provider, type ProviderId } from '../../shared/provider'
import type { ProviderStatus } from '../../shared/provider-status-schema'
import { providers } from '../../shared/providers'
import { recipeMode } from '../../shared/recipe'
import type { Recipe } from '../../shared/recipe-schema'
import { validate, type Objection } from '../../shared/validate'

/** The usual wait in milliseconds: the user's own clips tell it, else the platform's page. */
export interface Wait {
  readonly ms: number
  readonly by: 'history' | 'page'
}

/** Why a provider cannot be used as it stands. */
export type Obstacle =
  | { readonly kind: 'no-key' }
  | { readonly kind: 'key-refused' }
  | { readonly kind: 'cannot'; readonly objections: readonly Objection[] }

/** One line of the provider list. */
export interface ProviderRow {
  readonly provider: Provider
  readonly status: ProviderStatus | undefined
  /** Undefined while it is asked for. */
  readonly quote: Quote | undefined
  readonly wait: Wait | null
  readonly obstacle: Obstacle | null
}

/** The provider list: usable ones first, cheapest first; equal ones stay in the providers' own order. */
export function providerRows(facts: {
  readonly recipe: Recipe
  readonly statuses: ReadonlyMap<ProviderId, ProviderStatus>
  readonly quote: (provider: ProviderId) => Quote | undefined
}): readonly ProviderRow[] {
  const rows = providerIds.map((id): ProviderRow => {
    const provider = providers[id]
    const status = facts.statuses.get(id)
    return {
      provider,
      status,
      quote: facts.quote(id),
      wait: waitOf(provider, status),
      obstacle: obstacleOf(facts.recipe, provider, status),
    }
  })
  return rows.toSorted((a, b) => rank(a) - rank(b) || cost(a) - cost(b))
}

/** What a provider cannot do with a recipe; what is missing at every provider alike is none of its faults. */
export function incapabilities(recipe: Recipe, provider: Provider): readonly Objection[] {
  return validate(recipe, provider).filter(({ field }) => {
    if (field === 'slots') return recipeMode(recipe) !== 'last-only'
    return field !== 'prompt' || recipe.prompt.trim() !== ''
  })
}

function waitOf({ listedWaitMs }: Provider, status: ProviderStatus | undefined): Wait | null {
  if (status && status.usualWaitMs !== null) return { ms: status.usualWaitMs, by: 'history' }
  return listedWaitMs === null ? null : { ms: listedWaitMs, by: 'page' }
}

function obstacleOf(recipe: Recipe, provider: Provider, status: ProviderStatus | undefined): Obstacle | null {
  const objections = incapabilities(recipe, provider)
  if (objections.length > 0) return { kind: 'cannot', objections }
  if (!isRemote(provider.id) || !status) return null
  if (status.key.kind === 'none') return { kind: 'no-key' }
  return status.key.refused ? { kind: 'key-refused' } : null
}

/** Usable, then those that a key makes usable, then those that cannot make this recipe. */
function rank({ obstacle }: ProviderRow): number {
  if (obstacle === null) return 0
  return obstacle.kind === 'cannot' ? 2 : 1
}

/** A price in micro-dollars for sorting: credits of unknown worth after all dollars, no price at all last. */
function cost({ quote, status }: ProviderRow): number {
  if (!quote?.amount) return Number.MAX_VALUE
  const { unit, micros }: Money = quote.amount
  if (unit === 'usd') return micros
  const worth = status?.limits.creditMicros ?? null
  // 1e18: far above the largest price in micro-dollars, far below "no price".
  return worth === null ? 1e18 + micros : (micros / 1e6) * worth
}
