import { formatMoney, type Money } from '../../shared/money'
import { strings } from '../strings'
import type { Price } from './price'

/** Micro-dollars of a cent: prices and totals are shown to the cent. */
const centMicros = 10_000

/** An amount to the cent, rounded: `$2.40`; credits as they are. For totals. */
export function totalInWords(money: Money): string {
  if (money.unit === 'credit') return formatMoney(money)
  return formatMoney({ unit: 'usd', micros: Math.round(money.micros / centMicros) * centMicros })
}

/** A limit in micro-dollars, without cents where there are none: `$10`, `$2.50`. */
export function capInWords(micros: number): string {
  return totalInWords({ unit: 'usd', micros }).replace(/\.00$/, '')
}

/** A price before it is paid, to the cent and never below what is asked: `$1.01`, `≈8 credits`, `free`. */
export function priceInWords(price: Price): string {
  if (price.amount === null) return price.problem ? strings.route.noPrice : strings.route.unknown
  if (price.certainty === 'free') return strings.route.free
  const amount = amountInWords(price.amount)
  return price.certainty === 'approximate' ? strings.route.about(amount) : amount
}

/**
 * A price where there is room for both units: `≈8 credits · $0.40`. `creditMicros` is what a credit is worth in
 * micro-dollars, null when nobody has said.
 */
export function priceInFull(price: Price, creditMicros: number | null): string {
  const dollars = worthOf(price, creditMicros)
  return dollars === null
    ? priceInWords(price)
    : strings.route.both(priceInWords(price), amountInWords({ unit: 'usd', micros: dollars }))
}

/** A price where there is room for one unit, in dollars wherever they are known: `≈$0.40`, else `≈8 credits`. */
export function priceInShort(price: Price, creditMicros: number | null): string {
  const dollars = worthOf(price, creditMicros)
  if (dollars === null || price.amount === null) return priceInWords(price)
  return priceInWords({ ...price, amount: { unit: 'usd', micros: dollars } })
}

/** The worth of a price in credits, micro-dollars; null for one in dollars, and where nobody knows it. */
function worthOf({ amount }: Price, creditMicros: number | null): number | null {
  return amount?.unit === 'credit' ? dollarsOf(amount, creditMicros) : null
}

/** An amount in micro-dollars, rounded up as the caps count it; null where nobody said what a credit is worth. */
export function dollarsOf({ unit, micros }: Money, creditMicros: number | null): number | null {
  if (unit === 'usd') return micros
  return creditMicros === null ? null : Math.ceil((micros / 1e6) * creditMicros)
}

/** Micro-dollars up to the next cent: as a price is shown. */
export function upToCent(micros: number): number {
  return Math.ceil(micros / centMicros) * centMicros
}

/** An amount to the cent, never below what it is: cards and questions say it as the price did. */
export function amountInWords(money: Money): string {
  if (money.unit === 'credit') return formatMoney(money)
  return formatMoney({ unit: 'usd', micros: upToCent(money.micros) })
}

/** Highest amount a limit takes, micro-dollars (`capSchema`): a million dollars. */
const mostMicros = 1e12

/**
 * Reads dollars as they are typed: `10`, `$2.50`, `2,50`. Null for an empty text, which is no limit; undefined for a
 * text that is no amount.
 */
export function parseDollars(text: string): number | null | undefined {
  const typed = text.trim().replace(/^\$\s*/, '')
  if (typed === '') return null
  if (!/^\d+(?:[.,]\d{1,6})?$/.test(typed)) return undefined
  const micros = Math.round(Number(typed.replace(',', '.')) * 1e6)
  return micros <= mostMicros ? micros : undefined
}

/** A limit as its field shows it: `10`, `2.5`; empty for none. */
export function dollarsTyped(micros: number | null): string {
  return micros === null ? '' : String(micros / 1e6)
}
