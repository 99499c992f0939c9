import { AppError, toErrorShape, type ErrorShape } from '../../shared/error'
import type { Money, Quote } from '../../shared/money'
import { remoteProviderIds, type Provider, type RemoteProviderId } from '../../shared/provider'
import type { Limits, ProviderStatus } from '../../shared/provider-status-schema'
import type { Recipe } from '../../shared/recipe-schema'
import { blockers, validate } from '../../shared/validate/validate'
import type { Vault } from '../keys/vault'
import { checkedOrigin } from '../providers/http-origin'
import { Unreachable, type RemoteProvider } from '../providers/provider'
import type { Engine } from './engine'
import { askWithoutKey, testFailure } from './key-test'
import type { SettingsTable } from './platform-settings'
import { cleanProblem } from './problem-words'

/** The remote providers as the user deals with them: keys, limits, prices, how they stand. */
export interface ProviderDesk {
  readonly status: (id: RemoteProviderId) => ProviderStatus
  readonly list: () => ProviderStatus[]
  readonly saveKey: (id: RemoteProviderId, key: string, forSession: boolean) => ProviderStatus
  readonly testKey: (
    id: RemoteProviderId,
  ) => Promise<{ readonly provider: RemoteProviderId; readonly balance: Money | null }>
  readonly removeKey: (id: RemoteProviderId) => ProviderStatus
  readonly setLimits: (id: RemoteProviderId, limits: Limits) => ProviderStatus
  /** Null for the platform's own. @throws AppError when nothing there speaks like the platform. */
  readonly setAddress: (id: RemoteProviderId, origin: string | null) => Promise<ProviderStatus>
  /** @throws AppError when the provider has no such dialect. */
  readonly setDialect: (id: RemoteProviderId, dialect: string) => ProviderStatus
  /** Unknown rather than an error when the platform does not tell. */
  readonly quote: (recipe: Recipe, id: RemoteProviderId) => Promise<Quote>
  /** The same of all of them, and soon: a platform that lets us wait is a `problem` and holds up no other. */
  readonly quotes: (recipe: Recipe) => Promise<(Priced & { readonly provider: RemoteProviderId })[]>
}

/** A price, or why there is none. */
export interface Priced {
  readonly quote: Quote
  readonly problem?: ErrorShape
}

const unknownPrice: Quote = { certainty: 'unknown', amount: null }

/** How long the list of prices waits for a platform, milliseconds: who looks at it wants the others' prices. */
const patienceMs = 3_000

/** Makes the desk. */
export function createProviderDesk(deps: {
  readonly engine: Engine
  readonly vault: Vault
  readonly remote: Readonly<Record<RemoteProviderId, RemoteProvider>>
  readonly settings: Pick<SettingsTable, 'platform' | 'setPlatform'>
  /** Lets a platform be on this computer: practice and tests. */
  readonly allowLoopback: boolean
  readonly onStatus: (status: ProviderStatus) => void
}): ProviderDesk {
  const { engine, vault, remote, settings } = deps
  const { connections } = engine
  const balances = new Map<RemoteProviderId, Money>()

  function status(id: RemoteProviderId): ProviderStatus {
    const { clips, recentMs, outcomes } = engine.table.waits(id)
    const { origin, dialect } = remote[id]
    return {
      id,
      key: vault.state(id, origin),
      health: engine.health.of(id),
      balance: balances.get(id) ?? null,
      limits: engine.limits.of(id),
      address: { origin, isDefault: settings.platform(id).origin === null },
      dialect,
      monthSpend: [...engine.ledger.monthOf(id)],
      clips,
      usualWaitMs: median(recentMs),
      outcomes,
    }
  }

  /** Keys and limits decide about waiting jobs, addresses and dialects about their prices. */
  function changed(id: RemoteProviderId): ProviderStatus {
    engine.health.reset(id)
    void engine.pricing.renewAll(id)
    engine.wake()
    const now = status(id)
    deps.onStatus(now)
    return now
  }

  async function priced(recipe: Recipe, id: RemoteProviderId): Promise<Priced> {
    try {
      // With the key where there is one: some tell prices only then.
      const send = connections.current(id)?.send ?? connections.anonymous(id)
      return { quote: await remote[id].quote(recipe, send) }
    } catch (error) {
      if (error instanceof AppError) return { quote: unknownPrice, problem: toErrorShape(error) }
      if (!(error instanceof Unreachable)) throw error
      return unanswered(`${remote[id].name} does not answer.`, error.message)
    }
  }

  async function pricedSoon(recipe: Recipe, id: RemoteProviderId): Promise<Priced> {
    // A price for what cannot be made would only mislead.
    if (!isPriced(recipe, remote[id])) return { quote: unknownPrice }
    const late = Promise.withResolvers<Priced>()
    const message = `${remote[id].name} has not answered yet.`
    const timer = setTimeout(() => late.resolve(unanswered(message)), patienceMs)
    try {
      return await Promise.race([priced(recipe, id), late.promise])
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    status,
    list: () => remoteProviderIds.map(status),
    saveKey(id, key, forSession) {
      vault.save(id, key, { forSession, origin: remote[id].origin })
      balances.delete(id)
      return changed(id)
    },
    async testKey(id) {
      const { name } = remote[id]
      const connection = connections.current(id)
      if (!connection) throw new AppError('no-key', `There is no key for ${name} yet.`)
      try {
        const test = await remote[id].testKey(connection.send)
        if (test.kind === 'problem') throw testFailure(name, cleanProblem(test.problem, connection.clean))
        connections.accepted(connection.print)
        if (test.balance) balances.set(id, test.balance)
        changed(id)
        return { provider: id, balance: test.balance }
      } catch (error) {
        if (error instanceof AppError && error.code === 'key-refused') {
          connections.refused(connection.print)
          changed(id)
        }
        if (!(error instanceof Unreachable)) throw error
        const message = `${name} cannot be reached, so the key was not tested. Check the connection and test again.`
        throw new AppError('provider-down', message, error.message)
      }
    },
    removeKey(id) {
      const needed = engine.table.keyPrints(id)
      vault.remove(id, (print) => needed.has(print))
      balances.delete(id)
      return changed(id)
    },
    setLimits(id, limits) {
      engine.limits.set(id, limits)
      return changed(id)
    },
    async setAddress(id, wanted) {
      const origin = wanted === null ? null : checkedOrigin(wanted.trim(), deps.allowLoopback)
      if (origin !== null) await askWithoutKey(remote[id], connections.anonymous(id, origin), origin)
      settings.setPlatform(id, { origin })
      balances.delete(id)
      return changed(id)
    },
    setDialect(id, dialect) {
      if (!remote[id].dialects.some((known) => known.id === dialect)) {
        throw new AppError('bad-request', `${remote[id].name} has no dialect of that name.`, dialect)
      }
      settings.setPlatform(id, { dialect })
      return changed(id)
    },
    quote: async (recipe, id) => (await priced(recipe, id)).quote,
    quotes: (recipe) =>
      Promise.all(remoteProviderIds.map(async (id) => ({ provider: id, ...(await pricedSoon(recipe, id)) }))),
  }
}

function unanswered(message: string, details?: string): Priced {
  return { quote: unknownPrice, problem: toErrorShape(new AppError('provider-down', message, details)) }
}

/** Whether the values that a price depends on are ones that the provider has. */
function isPriced(recipe: Recipe, provider: Provider): boolean {
  const decisive = ['durationS', 'resolution', 'audio']
  return !blockers(validate(recipe, provider)).some(({ field }) => decisive.includes(field))
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)
}
