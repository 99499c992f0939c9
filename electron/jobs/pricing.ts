import { AppError } from '../../shared/error'
import type { Quote } from '../../shared/money'
import { isRemote, type ProviderId, type RemoteProviderId } from '../../shared/provider'
import type { Recipe } from '../../shared/recipe-schema'
import { Unreachable, type RemoteProvider } from '../providers/provider'
import type { Book } from './book'
import type { Connections } from './connections'
import type { HealthBoard } from './health'
import { dollarsOf, isCountable } from './ledger'
import type { LimitStore } from './limits'
import { has, type Agreed, type JobRow, type Quoted } from './job-row'
import type { JobTable } from './table'

/** What the user has said to the price of a job. */
export type Standing =
  | 'agreed'
  /** Nobody knows it, in dollars, and the user has not said yes to that. */
  | 'unknown'
  /** It is more than was agreed to. */
  | 'dearer'

/** What pricing needs of the outside. */
export interface PricingDeps {
  readonly book: Book
  readonly table: Pick<JobTable, 'unfinished'>
  readonly remote: Readonly<Record<RemoteProviderId, RemoteProvider>>
  readonly connections: Pick<Connections, 'current' | 'anonymous'>
  readonly limits: Pick<LimitStore, 'of'>
  readonly health: Pick<HealthBoard, 'failed' | 'askAgainInMs'>
  readonly isOffline: () => boolean
  readonly now: () => number
  readonly isStopped: () => boolean
  readonly logError: (what: string, error: unknown) => void
}

/** Keeps the quotes of waiting jobs true: nothing is sent at a price that nobody agreed to, or that nobody asks any more. */
export interface Pricing {
  /** How a price that is asked for now is asked for. */
  readonly asking: (provider: RemoteProviderId) => Quoted
  /** What a yes to the quote is a yes to. */
  readonly yesTo: (provider: ProviderId, quote: Quote) => Agreed
  /** Whether the quote may be gone by: of this address and dialect, and not too old. */
  readonly isCurrent: (job: JobRow) => boolean
  readonly standing: (job: JobRow) => Standing
  /** Asks for the price of a waiting job anew and writes it down. Never rejects; without an answer nothing changes. */
  readonly renew: (job: JobRow) => Promise<void>
  /** All of the provider's waiting jobs whose quote is not current, as far as the platform can be asked now. */
  readonly renewAll: (provider: RemoteProviderId) => Promise<void>
}

/** A quote is gone by for a day, milliseconds: prices change by the month, and a queue may wait for days. */
const goodForMs = 24 * 3_600_000
/** A platform that told no price is asked again after an hour, milliseconds: it may have been a bad moment. */
const unknownForMs = 3_600_000

/** Makes the pricing. */
export function createPricing(deps: PricingDeps): Pricing {
  const { book, remote, connections, limits, health, now } = deps
  /** The dispatcher and a change of settings may want the same at once. */
  const renewing = new Map<string, Promise<void>>()

  function asking(provider: RemoteProviderId): Quoted {
    const { origin, dialect } = remote[provider]
    return { at: now(), origin, dialect }
  }

  function isCurrent({ provider, quote, quoted }: JobRow): boolean {
    if (!isRemote(provider)) return true
    if (!quoted) return false
    const { origin, dialect } = remote[provider]
    const age = now() - quoted.at
    const isYoung = age >= 0 && age < (quote.amount ? goodForMs : unknownForMs)
    return isYoung && quoted.origin === origin && quoted.dialect === dialect
  }

  /** Undefined when nobody answers. */
  async function ask(recipe: Recipe, provider: RemoteProviderId): Promise<Quote | undefined> {
    try {
      // With the key where there is one: some tell prices only then.
      const send = connections.current(provider)?.send ?? connections.anonymous(provider)
      return await remote[provider].quote(recipe, send)
    } catch (error) {
      if (error instanceof Unreachable) return undefined
      if (!(error instanceof AppError)) deps.logError('asking for a price', error)
      // As at Generate: a price that is not told is a question for the user.
      return { certainty: 'unknown', amount: null }
    }
  }

  async function renewOnce({ id, recipe, provider }: JobRow): Promise<void> {
    if (!isRemote(provider)) return
    // Before the question: what is changed meanwhile makes the answer an old one.
    const quoted = asking(provider)
    try {
      const quote = await ask(recipe, provider)
      if (deps.isStopped()) return
      if (quote) book.apply(id, { kind: 'quoted', quote, quoted })
      else health.failed(provider)
    } catch (error) {
      // Not tried again without a pause, either.
      health.failed(provider)
      deps.logError(`the price of ${id}`, error)
    }
  }

  function renew(job: JobRow): Promise<void> {
    const renewal = renewing.get(job.id) ?? renewOnce(job).finally(() => renewing.delete(job.id))
    renewing.set(job.id, renewal)
    return renewal
  }

  return {
    asking,
    yesTo: (provider, { amount }) => ({
      amount,
      usdMicros: dollarsOf(amount, limits.of(provider).creditMicros),
    }),
    isCurrent,
    standing: (job) => standingOf(job, limits.of(job.provider).creditMicros),
    renew,
    async renewAll(provider) {
      const old = deps.table
        .unfinished()
        .filter((job) => job.provider === provider && job.state === 'waiting' && !isCurrent(job))
      for (const job of old) {
        // Whoever is left is asked for before it is sent.
        if (deps.isStopped() || deps.isOffline() || health.askAgainInMs(provider) > 0) return
        await renew(job)
      }
    },
  }
}

function standingOf(job: JobRow, creditMicros: number | null): Standing {
  const { quote, agreed } = job
  if (!isCountable(quote, creditMicros) && !has(job, 'priced')) return 'unknown'
  if (!quote.amount || !agreed) return 'agreed'
  // A yes to any price is one to this.
  if (!agreed.amount) return has(job, 'priced') ? 'agreed' : 'dearer'
  const dollars = dollarsOf(quote.amount, creditMicros)
  if (dollars !== null && agreed.usdMicros !== null) return dollars > agreed.usdMicros ? 'dearer' : 'agreed'
  const { unit, micros } = quote.amount
  return unit !== agreed.amount.unit || micros > agreed.amount.micros ? 'dearer' : 'agreed'
}
