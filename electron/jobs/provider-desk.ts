import { AppError } from '../../shared/error'
import { formatMoney, type Money, type Quote } from '../../shared/money'
import { remoteProviderIds, type RemoteProviderId } from '../../shared/provider'
import { providers } from '../../shared/providers'
import type { Limits, ProviderStatus } from '../../shared/provider-status-schema'
import type { Recipe } from '../../shared/recipe-schema'
import { validate } from '../../shared/validate'
import type { Vault } from '../keys/vault'
import { Unreachable, type Problem, type RemoteProvider } from '../providers/provider'
import type { Connections } from './connections'
import type { Engine } from './engine'
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
  /** Unknown rather than an error when the platform does not tell. */
  readonly quote: (recipe: Recipe, id: RemoteProviderId) => Promise<Quote>
  readonly quotes: (
    recipe: Recipe,
  ) => Promise<{ readonly provider: RemoteProviderId; readonly quote: Quote }[]>
}

/** Makes the desk. */
export function createProviderDesk(deps: {
  readonly engine: Engine
  readonly vault: Vault
  readonly connections: Connections
  readonly remote: Readonly<Record<RemoteProviderId, RemoteProvider>>
  readonly onStatus: (status: ProviderStatus) => void
}): ProviderDesk {
  const { engine, vault, connections, remote } = deps
  const balances = new Map<RemoteProviderId, Money>()

  function status(id: RemoteProviderId): ProviderStatus {
    const { clips, recentMs } = engine.table.waits(id)
    return {
      id,
      key: vault.states()[id],
      health: engine.health.of(id),
      balance: balances.get(id) ?? null,
      limits: engine.limits.of(id),
      monthSpend: [...engine.ledger.monthOf(id)],
      clips,
      usualWaitMs: median(recentMs),
    }
  }

  /** Keys and limits decide about waiting jobs. */
  function changed(id: RemoteProviderId): ProviderStatus {
    engine.health.reset(id)
    engine.wake()
    const now = status(id)
    deps.onStatus(now)
    return now
  }

  async function quote(recipe: Recipe, id: RemoteProviderId): Promise<Quote> {
    try {
      return await remote[id].quote(recipe, connections.anonymous(id))
    } catch (error) {
      if (error instanceof Unreachable) return { certainty: 'unknown', amount: null }
      throw error
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
      const { name } = providers[id]
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
    quote,
    quotes: (recipe) =>
      Promise.all(
        remoteProviderIds.map(async (id) => ({
          provider: id,
          // A price for what cannot be made would only mislead.
          quote: isPriced(recipe, id)
            ? await quote(recipe, id)
            : ({ certainty: 'unknown', amount: null } as const),
        })),
      ),
  }
}

/** Whether the values that a price depends on are ones that the provider has. */
function isPriced(recipe: Recipe, id: RemoteProviderId): boolean {
  const decisive = ['durationS', 'resolution', 'audio']
  return !validate(recipe, providers[id]).some(({ field }) => decisive.includes(field))
}

function testFailure(name: string, problem: Problem): AppError {
  const details = problem.message
  switch (problem.kind) {
    case 'key-refused':
      return new AppError(
        'key-refused',
        `${name} refused this key. Nothing was charged. Copy it again from the console.`,
        details,
      )
    case 'forbidden':
      return new AppError(
        'forbidden',
        `${name} knows this key, but it may not be used for this. Check its permissions.`,
        details,
      )
    case 'out-of-credit': {
      const left = problem.available ? ` (${formatMoney(problem.available)} left)` : ''
      return new AppError(
        'out-of-credit',
        `${name} takes the key, but the account has no credit${left}.`,
        details,
      )
    }
    case 'blocked':
    case 'conflict':
    case 'invalid':
    case 'model-unavailable':
    case 'not-found':
    case 'rate-limited':
    case 'too-large':
    case 'unreadable':
    case 'upstream':
      return new AppError(
        'provider-failed',
        `${name} answered with an error, so the key was not tested.`,
        details,
      )
  }
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)
}
