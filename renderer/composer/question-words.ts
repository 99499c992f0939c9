import type { Question } from '../../shared/job-schema'
import { providers } from '../../shared/providers'
import type { JobFacts } from '../queue/job-facts'
import { isOwnJobCap } from '../queue/wait-words'
import { amountInWords, priceInShort, priceInWords } from '../spend/money-words'
import { strings } from '../strings'
import type { Asked, Order } from './ask-store'

const words = strings.ask

/** Whose order is asked about, for how much, and what the question is: `Krea · $0.34 · Over your cap`. */
export function titleInWords({ kind }: Question, order: Order, creditMicros: number | null): string {
  const { name } = providers[order.provider]
  // A price in credits is no answer to this one, and stands below.
  if (kind === 'price-unknown') return `${name} · ${words.titles[isInCredits(order) ? 'creditsOnly' : kind]}`
  const price = priceOf(order, creditMicros)
  return [name, ...(price === null ? [] : [price]), words.titles[kind]].join(' · ')
}

/** Why it is asked, and what a yes means. */
export function questionInWords(
  question: Question,
  { order, questions, yes }: Asked,
  facts: Pick<JobFacts, 'spend' | 'status'>,
): { readonly happened: readonly string[]; readonly means: string } {
  const { name } = providers[order.provider]
  switch (question.kind) {
    case 'again':
      return { happened: [words.again(name, question.secondsAgo)], means: words.againMeans }
    case 'dearer':
      return { happened: [words.dearer(name, priceInWords(question.quote))], means: words.dearerMeans }
    case 'price-unknown':
      return isInCredits(order)
        ? { happened: [creditsInWords(order)], means: words.creditsOnlyMeans(name) }
        : {
            happened: [order.quote?.problem ? words.priceUntold(name) : words.priceUnknown(name)],
            means: words.priceUnknownMeans,
          }
    case 'doubtful':
      return { happened: question.reasons, means: words.doubtfulMeans }
    case 'over-cap': {
      const isPriced =
        !questions.some(({ kind }) => kind === 'price-unknown') && !yes.includes('price-unknown')
      const happened = isPriced ? overInWords(question, name, facts) : usedUpInWords(question, name)
      return { happened: [happened], means: words.waits[question.cap] }
    }
  }
}

type OverCap = Extract<Question, { kind: 'over-cap' }>

function overInWords(
  { cap, overMicros }: OverCap,
  name: string,
  facts: Pick<JobFacts, 'spend' | 'status'>,
): string {
  const over = amountInWords({ unit: 'usd', micros: overMicros })
  return words.overCap[cap === 'job' && isOwnJobCap(facts) ? 'providerJob' : cap](over, name)
}

/** Of a job without a known price nobody can say by how much it passes a cap, only that nothing is left of it. */
function usedUpInWords({ cap }: OverCap, name: string): string {
  switch (cap) {
    case 'day':
    case 'month':
      return words.usedUp[cap]
    case 'provider':
    case 'job':
      return words.usedUp.provider(name)
  }
}

/** The words of a yes, with the price as it was shown. */
export function yesInWords({ order, questions }: Asked, creditMicros: number | null): string {
  const kinds = new Set(questions.map(({ kind }) => kind))
  const price = priceOf(order, creditMicros)
  if (kinds.has('doubtful')) return price === null ? words.sendAnyway : words.sendAnywayFor(price)
  if (kinds.has('again')) return price === null ? words.generateAgain : words.againFor(price)
  return price === null ? words.generateAnyway : words.generateFor(price)
}

/** The price as it was shown; null where none was. */
function priceOf({ quote }: Order, creditMicros: number | null): string | null {
  return quote && quote.amount !== null ? priceInShort(quote, creditMicros) : null
}

/** The price is known in credits, whose worth is not: the platform's own unit tells it where no price was shown. */
function isInCredits({ quote, provider }: Order): boolean {
  return quote ? quote.amount?.unit === 'credit' : providers[provider].billedIn === 'credit'
}

function creditsInWords({ quote, provider }: Order): string {
  const { name } = providers[provider]
  return quote ? words.creditsOnlyFor(name, priceInWords(quote)) : words.creditsOnly(name)
}
