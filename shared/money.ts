/** What platforms bill in: US dollars, or credits of their own whose worth they do not say. */
export const moneyUnits = ['usd', 'credit'] as const
export type MoneyUnit = (typeof moneyUnits)[number]

/** An amount as whole millionths of its unit: $0.84 is `{ unit: 'usd', micros: 840_000 }`. */
export interface Money {
  readonly unit: MoneyUnit
  readonly micros: number
}

/**
 * What a recipe will cost before it is sent, and how sure that is: no charge, the platform's own list, a figure that may
 * differ from the bill, or none at all.
 */
export type Quote =
  | { readonly certainty: 'free' | 'listed' | 'approximate'; readonly amount: Money }
  | { readonly certainty: 'unknown'; readonly amount: null }

/** Dollars as an amount; rounded to whole micro-dollars. */
export function usd(dollars: number): Money {
  return { unit: 'usd', micros: Math.round(dollars * 1e6) }
}

/** Credits as an amount; rounded to whole millionths. */
export function credits(count: number): Money {
  return { unit: 'credit', micros: Math.round(count * 1e6) }
}

/** The price of what costs nothing. */
export const free: Quote = { certainty: 'free', amount: { unit: 'usd', micros: 0 } }

/** Whether the price is surely not above the other: both unknown, or both known in one unit. */
export function isNoDearer({ amount }: Quote, { amount: than }: Quote): boolean {
  if (!amount || !than) return amount === than
  return amount.unit === than.unit && amount.micros <= than.micros
}

/** `$0.84`, `$1.008`, `1,200 credits`: two digits of cents at least, more only where they are not zero. */
export function formatMoney({ unit, micros }: Money): string {
  const amount = Math.abs(micros) / 1e6
  if (unit === 'credit') return amount === 1 ? '1 credit' : `${digits(amount, 0)} credits`
  return `${micros < 0 ? '-' : ''}$${digits(amount, 2)}`
}

function digits(amount: number, least: number): string {
  return amount.toLocaleString('en-US', { minimumFractionDigits: least, maximumFractionDigits: 6 })
}
