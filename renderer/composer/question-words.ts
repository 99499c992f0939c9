import type { Question } from '../../shared/job-schema'
import { providers } from '../../shared/providers'
import type { JobFacts } from '../queue/job-facts'
import { isOwnJobCap } from '../queue/wait-words'
import { amountInWords, priceInWords } from '../spend/money-words'
import { strings } from '../strings'
import type { Asked, Order } from './ask-store'

const words = strings.ask

/** What a question is called. */
export function titleInWords({ kind }: Question, order: Order): string {
  return words.titles[kind === 'price-unknown' && isInCredits(order) ? 'creditsOnly' : kind]
}

/** Why it is asked, and what a yes means. */
export function questionInWords(
  question: Question,
  order: Order,
  facts: Pick<JobFacts, 'spend' | 'status'>,
): { readonly happened: readonly string[]; readonly means: string } {
  const { name } = providers[order.provider]
  switch (question.kind) {
    case 'again':
      return { happened: [words.again(name, question.secondsAgo)], means: words.againMeans }
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
      const over = amountInWords({ unit: 'usd', micros: question.overMicros })
      const cap = question.cap === 'job' && isOwnJobCap(facts) ? 'providerJob' : question.cap
      return { happened: [words.overCap[cap](over, name)], means: words.waits[question.cap] }
    }
  }
}

/** The words of a yes, with the price as it was shown. */
export function yesInWords({ order: { quote }, questions }: Asked): string {
  const kinds = new Set(questions.map(({ kind }) => kind))
  const price = quote && quote.amount !== null ? priceInWords(quote) : null
  if (kinds.has('doubtful')) return price === null ? words.sendAnyway : words.sendAnywayFor(price)
  if (kinds.has('again')) return price === null ? words.generateAgain : words.againFor(price)
  return price === null ? words.generateAnyway : words.generateFor(price)
}

/** The price is known in credits, whose worth is not: the platform's own unit tells it where no price was shown. */
function isInCredits({ quote, provider }: Order): boolean {
  return quote ? quote.amount?.unit === 'credit' : providers[provider].billedIn === 'credit'
}

function creditsInWords({ quote, provider }: Order): string {
  const { name } = providers[provider]
  return quote ? words.creditsOnlyFor(name, priceInWords(quote)) : words.creditsOnly(name)
}
