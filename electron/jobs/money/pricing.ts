import { AppError } from '../../../shared/error'
import type { Quote } from '../../../shared/money'
import { isRemote, type ProviderId, type RemoteProviderId } from '../../../shared/provider'
import type { Recipe } from '../../../shared/recipe-schema'
import { freshPriceMs } from '../../providers/price-memory'
import { Unreachable, type RemoteProvider } from '../../providers/provider'
import type { Book } from '../book'
import type { Connections } from '../platforms/connections'
import type { HealthBoard } from '../platforms/health'
import { dollarsOf, isCountable } from './ledger'
import type { LimitStore } from './limits'
import { has, type Agreed, type JobRow, type Quoted } from '../job-row'
import type { JobTable } from '../store/table'

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

/** Why there is no price: nobody answers, the answer holds none, or the adapter failed. */
type Untold = 'unreachable' | 'untold' | 'broken'

/** Questions in vain; times in milliseconds. */
interface InVain {
  readonly since: number
  readonly at: number
  readonly tries: number
}

/** Keeps the quotes of waiting jobs true: nothing is sent at a price that nobody agreed to, or that nobody asks any more. */
export interface Pricing {
  /** How a price that is asked for now is asked for. */
  readonly asking: (provider: RemoteProviderId) => Quoted
  /** What a yes to the quote is a yes to. */
  readonly yesTo: (provider: ProviderId, quote: Quote) => Agreed
  /** Whether the quote may be gone by: of this address and dialect, and not too old. */
  readonly isCurrent: (job: JobRow) => boolean
  /** Whether a current quote is also so young that it is not asked for once more before the job is sent. */
  readonly isFresh: (job: JobRow) => boolean
  /** Until when there is no use in asking for the job's price, as it has just been in vain; null when it may be asked. */
  readonly untoldUntil: (job: JobRow) => number | null
  readonly standing: (job: JobRow) => Standing
  /** Asks for the price of a waiting job anew and writes it down. Never rejects; without an answer nothing changes. */
  readonly renew: (job: JobRow) => Promise<void>
  /** All of the provider's waiting jobs whose quote is not current, as far as the platform can be asked now. */
  readonly renewAll: (provider: RemoteProviderId) => Promise<void>
}

const unknownPrice: Quote = { certainty: 'unknown', amount: null }

/** A quote may be gone by for a day, milliseconds: prices change by the month, and a queue may wait for days. */
const goodForMs = 24 * 3_600_000
/**
 * Before sending, a quote older than ten minutes, milliseconds, is asked for anew: one free request at most, and a price
 * that has risen waits for a yes. For as long again the old one counts when the platform did not tell.
 */
const freshForMs = 10 * 60_000
/** A platform that told no price is asked again after an hour, milliseconds: it may have been a bad moment. */
const unknownForMs = 3_600_000

/** First and longest pause after a question in vain for a price that must be known, milliseconds; doubled each time. */
const firstPauseMs = 5_000
const longestPauseMs = 60_000
/** For so long such questions are put to a platform that answers otherwise, milliseconds; then the user is asked. */
const patienceMs = 10 * 60_000

/** Makes the pricing. */
export function createPricing(deps: PricingDeps): Pricing {
  const { book, remote, connections, limits, health, now } = deps
  /** The dispatcher and a change of settings may want the same at once. */
  const renewing = new Map<string, Promise<void>>()
  /** Platforms that tell no price, until they tell one again. */
  const untold = new Map<ProviderId, InVain>()

  function asking(provider: RemoteProviderId): Quoted {
    const { origin, dialect } = remote[provider]
    return { at: now(), origin, dialect }
  }

  function isCurrent({ provider, quote, quoted }: JobRow): boolean {
    if (!isRemote(provider)) return true
    if (!quoted) return false
    const { origin, dialect } = remote[provider]
    const isYoung = isWithin(quoted.at, quote.amount ? goodForMs : unknownForMs)
    return isYoung && quoted.origin === origin && quoted.dialect === dialect
  }

  function isWithin(since: number, ms: number): boolean {
    const age = now() - since
    return age >= 0 && age < ms
  }

  async function ask(recipe: Recipe, provider: RemoteProviderId): Promise<Quote | Untold> {
    try {
      // With the key where there is one: some tell prices only then.
      const send = connections.current(provider)?.send ?? connections.anonymous(provider)
      return await remote[provider].quote(recipe, send, freshPriceMs)
    } catch (error) {
      if (error instanceof Unreachable) return 'unreachable'
      if (error instanceof AppError) return 'untold'
      deps.logError('asking for a price', error)
      return 'broken'
    }
  }

  async function renewOnce(job: JobRow): Promise<void> {
    const { id, recipe, provider } = job
    if (!isRemote(provider)) return
    // Before the question: what is changed meanwhile makes the answer an old one.
    const quoted = asking(provider)
    const isStillGood = isCurrent(job)
    try {
      const told = await ask(recipe, provider)
      if (deps.isStopped()) return
      if (told === 'unreachable') health.failed(provider)
      if (typeof told !== 'string') {
        untold.delete(provider)
        book.apply(id, { kind: 'quoted', quote: told, quoted })
        return
      }
      const { since, tries } = untold.get(provider) ?? { since: now(), tries: 0 }
      untold.set(provider, { since, at: now(), tries: tries + 1 })
      const isHopeless = told === 'broken' || (told === 'untold' && !isWithin(since, patienceMs))
      // What is not a day old counts on: a price list that is down must not stop the queue.
      if (isHopeless && !isStillGood) book.apply(id, { kind: 'quoted', quote: unknownPrice, quoted })
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
    isFresh: (job) =>
      isCurrent(job) &&
      [job.quoted?.at, untold.get(job.provider)?.at].some(
        (at) => at !== undefined && isWithin(at, freshForMs),
      ),
    untoldUntil(job) {
      const known = untold.get(job.provider)
      if (!known || isCurrent(job)) return null
      const until = known.at + Math.min(longestPauseMs, firstPauseMs * 2 ** (known.tries - 1))
      return now() < until && now() >= known.at ? until : null
    },
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
  // A yes to so many credits is none to a price that nobody tells.
  if (!quote.amount) return agreed?.amount ? 'unknown' : 'agreed'
  if (!agreed) return 'agreed'
  // A yes to any price is one to this.
  if (!agreed.amount) return has(job, 'priced') ? 'agreed' : 'dearer'
  const dollars = dollarsOf(quote.amount, creditMicros)
  if (dollars !== null && agreed.usdMicros !== null) return dollars > agreed.usdMicros ? 'dearer' : 'agreed'
  const { unit, micros } = quote.amount
  return unit !== agreed.amount.unit || micros > agreed.amount.micros ? 'dearer' : 'agreed'
}
