import { usd, type Money } from '../../../shared/money'
import { clipUrl } from '../clip-url'
import { amountOf, fieldsOf, idOf, textOf, timeOf, type Fields } from '../json'
import type { ListedJob, PollReading } from '../provider'
import { isBlocked, wordsOf } from '../words'

/** A job as submit, poll and list tell it (reference/providers.md §3.3); null without a status. */
export function readKreaJob(job: Fields): PollReading | null {
  const word = textOf(job['status'])
  if (word === null) return null
  const result = job['result']
  switch (word) {
    case 'completed':
      return { kind: 'completed', word, url: clipUrl(result), expired: false, charged: charged(job) }
    case 'failed': {
      const told = [job['error'], fieldsOf(result)['error']].filter((error) => wordsOf(error) !== '')
      const message = wordsOf(told)
      const code = wordsOf(told.map((error) => fieldsOf(error)['code']))
      // §3.4: "Failed and cancelled jobs are not billed".
      return { kind: 'failed', word, message, blocked: isBlocked(`${code} ${message}`), billed: 'no' }
    }
    case 'cancelled':
      return { kind: 'cancelled', word, billed: 'no' }
    default:
      // Also words nobody documented, and `intermediate-complete`, whose URLs are previews (§3.3).
      return { kind: 'running', word, progress: null }
  }
}

/** A job of the list; null when it has no id or cannot be read. */
export function readKreaListed(job: Fields): ListedJob | null {
  const remoteId = idOf(job['job_id'])
  const reading = readKreaJob(job)
  if (remoteId === null || reading === null) return null
  return { remoteId, createdAt: timeOf(job['created_at']), reading, input: undefined, prompt: '' }
}

/** Not documented; an integrator's code reads one of these where it is there [3P, §3.6]. */
function charged(job: Fields): Money | null {
  const micros = amountOf(job['cost_microdollars'])
  if (micros !== null) return { unit: 'usd', micros: Math.round(micros) }
  const dollars = amountOf(job['cost_usd'])
  return dollars === null ? null : usd(dollars)
}
