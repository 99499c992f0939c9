import { AppError, toErrorShape, type ErrorCode, type ErrorShape } from '../../../shared/error'
import type { Money, Quote } from '../../../shared/money'
import { remoteProviderIds, type Provider, type RemoteProviderId } from '../../../shared/provider'
import type { Limits, ProviderStatus } from '../../../shared/provider-status-schema'
import type { Recipe } from '../../../shared/recipe-schema'
import { blockers, validate } from '../../../shared/validate/validate'
import type { Vault } from '../../keys/vault'
import { checkedOrigin } from '../../providers/http/http-origin'
import { freshPriceMs } from '../../providers/price-memory'
import { Unreachable, type RemoteProvider } from '../../providers/provider'
import type { Engine } from '../engine'
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
  /** At Generate: as the platform tells it now. Unknown rather than an error when it does not tell. */
  readonly quote: (recipe: Recipe, id: RemoteProviderId) => Promise<Quote>
  /** The same of all of them, and soon: a platform that lets us wait is a `problem` and holds up no other. */
  readonly quotes: (recipe: Recipe) => Promise<(Priced & { readonly provider: RemoteProviderId })[]>
}

/** A price, or why there is none. */
export interface Priced {
  readonly quote: Quote
  readonly problem?: ErrorShape
}

/** A test's answers by which the platform does not take the key: 401 and 403. */
const refusals: ReadonlySet<ErrorCode> = new Set(['key-refused', 'forbidden'])

const stillUsed = 'This key was refused; the one before is still used.'

const unknownPrice: Quote = { certainty: 'unknown', amount: null }

/** How long the list of prices, and Generate, wait for a platform, milliseconds: who looks wants to go on. */
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
  /** A new key that no test has accepted yet, and the one before it: fingerprints. */
  const replaced = new Map<RemoteProviderId, { readonly old: string; readonly by: string }>()

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

  async function priced(recipe: Recipe, id: RemoteProviderId, maxAgeMs?: number): Promise<Priced> {
    try {
      // With the key where there is one: some tell prices only then.
      const send = connections.current(id)?.send ?? connections.anonymous(id)
      return { quote: await remote[id].quote(recipe, send, maxAgeMs) }
    } catch (error) {
      if (error instanceof AppError) return { quote: unknownPrice, problem: toErrorShape(error) }
      if (!(error instanceof Unreachable)) throw error
      return unanswered(`${remote[id].name} does not answer.`, error.message)
    }
  }

  async function pricedSoon(recipe: Recipe, id: RemoteProviderId): Promise<Priced> {
    // A price for what cannot be made would only mislead.
    if (!isPriced(recipe, remote[id])) return { quote: unknownPrice }
    return (await inTime(priced(recipe, id))) ?? unanswered(`${remote[id].name} has not answered yet.`)
  }

  /** A new key that was refused gives way to the one before: jobs that wait go on with that. */
  function wentBack(id: RemoteProviderId, print: string): boolean {
    const known = replaced.get(id)
    // Another one may have been saved while this one was tested, or the platform's address been changed.
    if (known?.by !== print || connections.current(id)?.print !== print) return false
    replaced.delete(id)
    if (connections.byPrint(id, known.old) === undefined) return false
    vault.takeBack(id)
    balances.delete(id)
    changed(id)
    return connections.current(id)?.print === known.old
  }

  return {
    status,
    list: () => remoteProviderIds.map(status),
    saveKey(id, key, forSession) {
      const old = connections.current(id)?.print
      vault.save(id, key, { forSession, origin: remote[id].origin })
      const by = connections.current(id)?.print
      // A key that works stays in the place of one that does not.
      if (old !== undefined && by !== undefined && by !== old && !connections.isRefused(old)) {
        replaced.set(id, { old, by })
      } else replaced.delete(id)
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
        replaced.delete(id)
        if (test.balance) balances.set(id, test.balance)
        changed(id)
        return { provider: id, balance: test.balance }
      } catch (error) {
        if (error instanceof AppError && error.code === 'key-refused') {
          connections.refused(connection.print)
          changed(id)
        }
        if (error instanceof AppError && refusals.has(error.code) && wentBack(id, connection.print)) {
          throw new AppError('bad-request', stillUsed, error.details)
        }
        if (!(error instanceof Unreachable)) throw error
        const message = `${name} cannot be reached, so the key was not tested. Check the connection and test again.`
        throw new AppError('provider-down', message, error.message)
      }
    },
    removeKey(id) {
      replaced.delete(id)
      const needed = engine.table.keyPrints(id)
      vault.remove(id, (print) => needed.has(print))
      balances.delete(id)
      return changed(id)
    },
    setLimits(id, limits) {
      engine.setLimits(id, limits)
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
    async quote(recipe, id) {
      // Late: what is remembered counts, and only without it is the answer waited for.
      const { quote } = (await inTime(priced(recipe, id, freshPriceMs))) ?? (await priced(recipe, id))
      return quote
    },
    quotes: (recipe) =>
      Promise.all(remoteProviderIds.map(async (id) => ({ provider: id, ...(await pricedSoon(recipe, id)) }))),
  }
}

/** Undefined when it takes longer than {@link patienceMs}. */
async function inTime(answer: Promise<Priced>): Promise<Priced | undefined> {
  const late = Promise.withResolvers<undefined>()
  const timer = setTimeout(() => late.resolve(undefined), patienceMs)
  try {
    return await Promise.race([answer, late.promise])
  } finally {
    clearTimeout(timer)
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
