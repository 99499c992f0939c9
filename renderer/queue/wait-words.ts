import type { Job, Wait } from '../../shared/job-schema'
import { providers } from '../../shared/providers'
import { amountInWords, capInWords } from '../spend/money-words'
import { strings } from '../strings'
import { clockOf, timeOfDay } from './clock-words'
import type { JobFacts } from './job-facts'

const words = strings.queue.wait

/** Why a job waits, and when it goes on. */
export function waitSentence(job: Job, facts: JobFacts): string {
  const { wait } = job
  if (!wait) return words.turn
  const { name } = providers[job.provider]
  switch (wait.kind) {
    case 'turn':
      return words.turn
    case 'paused':
      return job.paused ? words.pausedAlone : words.paused
    case 'provider-limit':
      return limitSentence(name, facts)
    case 'rate-limited':
      return wait.until === null
        ? words.rateLimited(name)
        : words.rateLimitedUntil(name, clockOf(wait.until - facts.now))
    case 'budget':
      return budgetSentence(job, wait, facts)
    case 'offline':
      return words.offline
    case 'no-key':
      return words.noKey(name)
    case 'key-refused':
      return words.keyRefused(name)
    case 'out-of-credit':
      // The platform's own figures, where it gave some.
      return job.error?.message ?? words.outOfCredit(name)
    case 'provider-down':
      return wait.until === null ? words.down(name) : words.downUntil(name, timeOfDay(wait.until))
    case 'bucket':
      return wait.until === null ? words.bucket : words.bucketUntil(timeOfDay(wait.until))
    case 'price':
      return job.quote.amount?.unit === 'credit' ? words.creditsOnly(name) : words.price(name)
    case 'dearer':
      return dearerSentence(job, facts)
    case 'disk':
      return words.disk
    case 'held':
      return words.held
    case 'library':
      return words.library
  }
}

/** An amount of credits may be the one of before, and only their worth another: then nobody is said to ask for more. */
function dearerSentence({ provider, quote: { amount } }: Job, { status }: JobFacts): string {
  const { name } = providers[provider]
  if (!amount) return words.dearer.untold(name)
  const worth = status?.limits.creditMicros ?? null
  if (amount.unit === 'usd' || worth === null) return words.dearer.asked(name, amountInWords(amount))
  const micros = Math.ceil((amount.micros / 1e6) * worth)
  return words.dearer.worth(amountInWords(amount), amountInWords({ unit: 'usd', micros }))
}

/** Counted only where the count agrees: jobs of other libraries run too, and are not listed here. */
function limitSentence(name: string, { busy, status }: JobFacts): string {
  const most = status?.limits.concurrency
  return most === undefined || busy < most ? words.limit(name) : words.limitOf(busy, most, name)
}

function budgetSentence({ provider }: Job, { overMicros, cap }: Wait, { spend, status }: JobFacts): string {
  if (overMicros === null) return words.budgetSome
  const over = amountInWords({ unit: 'usd', micros: overMicros })
  const { name } = providers[provider]
  const say = (limit: number | null | undefined, inWords: (limit: string) => string) =>
    typeof limit === 'number' ? words.budgetOf(inWords(capInWords(limit)), over) : words.budget(over)
  switch (cap) {
    case 'job': {
      return isOwnJobCap({ spend, status })
        ? say(status?.limits.jobMicros, (limit) => words.caps.providerJob(limit, name))
        : say(spend?.caps.jobMicros, words.caps.job)
    }
    case 'day':
      return say(spend?.caps.dayMicros, words.caps.day)
    case 'month':
      return say(spend?.caps.monthMicros, words.caps.month)
    case 'provider':
      return say(status?.limits.dayMicros, (limit) => words.caps.providerDay(limit, name))
    case null:
      return words.budget(over)
  }
}

/** Whether the cap on one clip that holds at a provider is its own, as the smaller one, and not that for all. */
export function isOwnJobCap({ spend, status }: Pick<JobFacts, 'spend' | 'status'>): boolean {
  const own = status?.limits.jobMicros
  const all = spend?.caps.jobMicros
  return typeof own === 'number' && (typeof all !== 'number' || own < all)
}
