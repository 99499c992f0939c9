import type { Job } from '../../shared/job-schema'
import { formatMoney, type Quote } from '../../shared/money'
import { amountInWords, priceInWords } from '../spend/money-words'
import { strings } from '../strings'

const words = strings.queue

/** The price of a job as its card shows it: what was charged once that is known, else what was quoted. */
export function priceWord({ billing, charged, quote, state }: Job): string {
  if (billing === 'maybe') return words.price.maybe
  if (billing === 'refunded') return words.price.refunded
  if (charged && charged.micros > 0) return amountInWords(charged)
  if (quote.certainty === 'free') return priceInWords(quote)
  // One that waits again will cost what was quoted, whatever became of its first try.
  const isGivenBack = billing === 'released' && state !== 'waiting'
  if (isGivenBack || (billing === 'none' && isOver(state))) return words.price.notCharged
  return priceInWords(quote)
}

/**
 * What a job's end means for money, as one sentence; empty for what is free. It says that nothing was charged only when
 * the ledger says so.
 */
export function moneySentence({ billing, charged, quote }: Job): string {
  if (quote.certainty === 'free') return ''
  switch (billing) {
    case 'none':
    case 'released':
      return words.money.notCharged
    case 'charged':
      return charged ? words.money.chargedAmount(amountInWords(charged)) : words.money.charged
    case 'refunded':
      return words.money.refunded
    case 'maybe':
      return words.money.maybe
    case 'reserved':
      return words.money.reserved
    case 'estimated':
      return ''
  }
}

function isOver(state: Job['state']): boolean {
  return state === 'failed' || state === 'refused' || state === 'cancelled'
}

/** A quoted price and where it comes from. */
export function quoteInFull(quote: Quote): string {
  const { details } = words
  switch (quote.certainty) {
    case 'free':
      return details.free
    case 'listed':
      return details.listed(formatMoney(quote.amount))
    case 'approximate':
      return details.approximate(formatMoney(quote.amount))
    case 'unknown':
      return details.unknown
  }
}

/** Where the money of a job stands, with the amount where it is known. */
export function billingWord({ billing, charged, quote }: Job): string {
  const { details } = words
  if (quote.certainty === 'free') return details.billings.none
  const amount = charged ?? quote.amount
  if (amount === null || billing === 'none' || billing === 'released') return details.billings[billing]
  return details.amount(formatMoney(amount), details.billings[billing])
}
