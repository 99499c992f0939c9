import { credits } from '../../../shared/money'
import { clipUrl } from '../clip-url'
import { amountOf, fieldsOf, idOf, textOf, timeOf, type Fields } from '../json'
import type { ListedJob, PollReading } from '../provider'
import { isBlocked, wordsOf } from '../words'

/** A job as poll and list tell it (reference/providers.md §2.3); null without a status. */
export function readApiframeJob(job: Fields): PollReading | null {
  const word = textOf(job['status'])
  if (word === null) return null
  const cost = amountOf(job['creditCost'])
  // Failed jobs are refunded (§2.4); a cost all the same contradicts that, and nobody documents what it means then.
  const billed = cost === null || cost === 0 ? 'no' : 'unknown'
  switch (word) {
    case 'COMPLETED':
      return {
        kind: 'completed',
        word,
        url: clipUrl(job['result']),
        expired: job['expired'] === true,
        charged: cost === null ? null : credits(cost),
      }
    case 'FAILED': {
      const message = wordsOf(job['error'])
      return { kind: 'failed', word, message, blocked: isBlocked(message), billed }
    }
    case 'CANCELLED':
      return { kind: 'cancelled', word, billed }
    default:
      return { kind: 'running', word, progress: progressOf(job['progress']) }
  }
}

/** A job of the list; null when it has no id or cannot be read. */
export function readApiframeListed(job: Fields): ListedJob | null {
  const remoteId = idOf(job['id'])
  const reading = readApiframeJob(job)
  if (remoteId === null || reading === null) return null
  const input = job['input']
  const prompt = textOf(fieldsOf(input)['prompt']) ?? ''
  return { remoteId, createdAt: timeOf(job['createdAt']), reading, input, prompt }
}

/** 0 to 100 by the documents; anything else is no progress. */
function progressOf(value: unknown): number | null {
  const percent = amountOf(value)
  return percent === null || percent > 100 ? null : percent / 100
}
