import { amountInWords } from '../spend/money-words'
import { strings } from '../strings'
import type { Total } from './compare-rows'

const words = strings.compare

/** A total as one press would cost it: `$4.20`, `at least $4.20 + 8 credits`; null while nothing is known of it. */
export function compareTotal({ usdMicros, creditMicros, isLeast, isAbout }: Total): string | null {
  const parts = [
    ...(usdMicros > 0 ? [amountInWords({ unit: 'usd', micros: usdMicros })] : []),
    ...(creditMicros > 0 ? [amountInWords({ unit: 'credit', micros: creditMicros })] : []),
  ]
  if (parts.length === 0) return null
  const sum = parts.join(' + ')
  if (isLeast) return words.least(sum)
  return isAbout ? words.about(sum) : sum
}
