import { isDeepStrictEqual } from 'node:util'
import type { Billing } from '../../shared/job'
import type { Question } from '../../shared/job-schema'
import { isNoDearer, type Quote } from '../../shared/money'
import type { ProviderId } from '../../shared/provider'
import type { Recipe } from '../../shared/recipe-schema'
import { isCountable, type Ledger } from './money/ledger'
import type { LimitStore } from './money/limits'
import type { JobRow } from './job-row'

/** The same content within this time asks before paying twice, milliseconds (design/reliability.md, rule 9). */
const againMs = 20_000

/** Where the money of a job stands that was not taken, or was given back. */
const unpaid: ReadonlySet<Billing> = new Set<Billing>(['released', 'refunded'])

/** What must be asked before a paid job is made: at Generate, never in a queue that nobody is watching. */
export function questionsBefore(
  wanted: {
    readonly recipe: Recipe
    readonly provider: ProviderId
    readonly quote: Quote
    /** The price on the screen when it was ordered; none where none was shown. */
    readonly shown?: Quote | undefined
    /** Why it may be refused, or paid for in vain. */
    readonly doubts: readonly string[]
  },
  deps: {
    readonly recent: readonly JobRow[]
    readonly ledger: Pick<Ledger, 'over' | 'of'>
    readonly limits: LimitStore
    readonly now: () => number
  },
): readonly Question[] {
  const { recipe, provider, quote } = wanted
  const questions: Question[] = []
  const same = deps.recent.find(
    (job) =>
      job.provider === provider &&
      deps.now() - job.createdAt < againMs &&
      // What cost nothing may be tried again at once.
      !unpaid.has(deps.ledger.of(job.id).state) &&
      job.state !== 'cancelled' &&
      isDeepStrictEqual(job.recipe, recipe),
  )
  if (same)
    questions.push({
      kind: 'again',
      secondsAgo: Math.max(0, Math.round((deps.now() - same.createdAt) / 1000)),
    })
  if (wanted.shown?.amount && quote.amount && !isNoDearer(quote, wanted.shown))
    questions.push({ kind: 'dearer', quote })
  if (wanted.doubts.length > 0) questions.push({ kind: 'doubtful', reasons: [...wanted.doubts] })
  if (!isCountable(quote, deps.limits.of(provider).creditMicros)) questions.push({ kind: 'price-unknown' })
  const over = deps.ledger.over({ id: '', provider, quote })
  if (over) questions.push({ kind: 'over-cap', ...over })
  return questions
}
