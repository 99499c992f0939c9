import type { Bill } from '../bill'
import type { BytespikeDialect } from './bytespike-schema'
import type { Clock } from '../clock'

/** Shortest window of the spending caps, ms (§4.4: 5 h, 1 d, 7 d). */
const capWindowMs = 5 * 60 * 60 * 1000
/** Below this the account counts as low, micro-dollars; the field is documented, the figure [ASSUMED]. */
const lowBalanceMicros = 5_000_000

/** Micro-dollars as the dollar figures that the answers are full of (§4.7). */
export function dollars(micros: number): number {
  return micros / 1_000_000
}

/** What a job costs, micro-dollars: the page's sample, 0.18 for 4 s; on the models page $0.20 a second (§4.7). */
export function bytespikePrice(dialect: BytespikeDialect, durationS: number): number {
  return durationS * (dialect === 'C' ? 200_000 : 45_000)
}

export interface Purse {
  /** Micro-dollars that the key may still spend in this window; Infinity without a cap. */
  readonly capLeft: () => number
  /** The rate headers of every answer: money, not requests (§4.4). */
  readonly headers: () => Readonly<Record<string, string>>
  /** `balance` of `GET /api/v1/me/account` (§4.6). */
  readonly balance: () => Readonly<Record<string, unknown>>
}

export interface PurseDeps {
  readonly bill: Bill
  readonly clock: Clock
  /** Money at the start, micro-dollars. */
  readonly balance: number
  /** Micro-dollars a key may spend in five hours; null for no cap. */
  readonly spendCap: number | null
  readonly left: () => number
}

/** What the platform tells of the account's money. */
export function createPurse({ bill, clock, balance, spendCap, left }: PurseDeps): Purse {
  const windowStart = () => Math.floor(clock.now() / capWindowMs) * capWindowMs
  const spent = () => {
    const amounts = bill.lines().map(({ event, at, amount }) => {
      if (at < windowStart() || event === 'post') return 0
      return event === 'accepted' ? amount : -amount
    })
    return amounts.reduce((sum, amount) => sum + amount, 0)
  }
  const capLeft = () => (spendCap === null ? Infinity : Math.max(0, spendCap - spent()))
  return {
    capLeft,
    headers: () => ({
      'x-ratelimit-limit': String(dollars(spendCap ?? balance)),
      'x-ratelimit-remaining': String(dollars(Math.min(capLeft(), left()))),
      'x-ratelimit-reset': String((windowStart() + capWindowMs) / 1000),
      'x-quota-remaining-credits': String(dollars(left())),
      'x-org-quota-remaining-credits': String(dollars(left())),
    }),
    balance: () => ({
      available_usd: dollars(left()),
      lifetime_topup_usd: dollars(balance),
      lifetime_spent_usd: dollars(bill.owed()),
      low_balance_threshold_usd: dollars(lowBalanceMicros),
      low_balance_flagged: left() < lowBalanceMicros,
    }),
  }
}
