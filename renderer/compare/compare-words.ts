import { amountInWords } from '../spend/money-words'
import { strings } from '../strings'
import type { Total } from './compare-rows'

const words = strings.compare

/**
 * A total as one press would cost it: `$4.20`, `≈$0.92 + up to 8 credits + 1 unknown`; null while nothing is known of
 * it. The dollars are those of the rows, added up.
 */
export function compareTotal({
  shownMicros,
  creditMicros,
  isAbout,
  isUpTo,
  unknown,
}: Omit<Total, 'usdMicros'>): string | null {
  const dollars = amountInWords({ unit: 'usd', micros: shownMicros })
  const credits = amountInWords({ unit: 'credit', micros: creditMicros })
  const parts = [
    ...(shownMicros > 0 ? [isAbout ? strings.route.about(dollars) : dollars] : []),
    ...(creditMicros > 0 ? [isUpTo ? words.upTo(credits) : credits] : []),
  ]
  if (parts.length === 0) return null
  return words.plus(unknown.length === 0 ? parts : [...parts, words.unknown(unknown.length)])
}
