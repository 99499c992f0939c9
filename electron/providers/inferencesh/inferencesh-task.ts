import { clipUrl } from '../clip-url'
import { fieldsOf, idOf, textOf, timeOf, type Fields } from '../json'
import { shownInput } from './inferencesh-body'
import type { ListedJob, PollReading } from '../provider'
import { isBlocked, wordsOf } from '../words'

/** The words of the SDK's integers, from 0 (reference/providers.md §5.5). */
const names = [
  'unknown',
  'received',
  'queued',
  'dispatched',
  'preparing',
  'serving',
  'setting_up',
  'running',
  'cancelling',
  'uploading',
  'completed',
  'failed',
  'cancelled',
] as const

/** An upload that has an output and does not move for so long is over, milliseconds (§5.5). */
const stillMs = 60_000

interface Status {
  /** As the platform says it, or the SDK's word for its integer. */
  readonly word: string
  /** Whether the platform said a word: an integer alone decides nothing. */
  readonly isWord: boolean
}

/** A task as submit, poll and list tell it; null without a status. `now` by the platform's clock. */
export function readInferenceshTask(task: Fields, now: number): PollReading | null {
  const status = readInferenceshStatus(task)
  if (status === null) return null
  const { word } = status
  const url = clipUrl(task['output'])
  const message = wordsOf(task['error'])
  // Neither page nor documents say whether failed and cancelled tasks are billed (§5.7).
  switch (
    endOf(status, { hasVideo: url !== null, hasError: message !== '', isStill: standsStill(task, now) })
  ) {
    case 'completed':
      return { kind: 'completed', word, url, expired: false, charged: null }
    case 'failed':
      return { kind: 'failed', word, message, blocked: isBlocked(message), billed: 'unknown' }
    case 'cancelled':
      return { kind: 'cancelled', word, billed: 'unknown' }
    case null:
      return { kind: 'running', word, progress: null }
  }
}

/** A task of the list; null when it has no id or cannot be read. */
export function readInferenceshListed(task: Fields, now: number): ListedJob | null {
  const remoteId = idOf(task['id'])
  const reading = readInferenceshTask(task, now)
  if (remoteId === null || reading === null) return null
  const prompt = textOf(fieldsOf(task['input'])['prompt']) ?? ''
  return { remoteId, createdAt: timeOf(task['created_at']), reading, input: shownInput(task), prompt }
}

/** Where a task stands: its word if there is one, else the SDK's for its integer; null without either. */
export function readInferenceshStatus({ status_text, status }: Fields): Status | null {
  const text = textOf(status_text) ?? textOf(status)
  if (text !== null && !/^\d+$/.test(text)) return { word: text, isWord: true }
  const number = text === null ? status : Number(text)
  if (typeof number !== 'number' || !Number.isInteger(number)) return null
  return { word: names[number] ?? `status ${number}`, isWord: false }
}

/**
 * Whether a task is over, and how (§5.5). Integers moved by one: 9, 10, 11 were completed, failed, cancelled and are
 * uploading, completed, failed. So what comes with an integer decides:
 *
 * | | with a video | with an error only | with neither |
 * |---|---|---|---|
 * | 9 | completed once it stands still | running | running |
 * | 10 | completed | failed | completed, without a link |
 * | 11 | completed, unless with an error | failed | cancelled: today's failures always say why |
 * | 12 | completed | cancelled | cancelled |
 *
 * A clip that is there is never thrown away for an integer's sake. A word is believed, but for "completed" with an error
 * and no video, which is a failure, and "uploading" that stands still with its video.
 */
function endOf(
  { word, isWord }: Status,
  { hasVideo, hasError, isStill }: Readonly<Record<'hasVideo' | 'hasError' | 'isStill', boolean>>,
): 'completed' | 'failed' | 'cancelled' | null {
  switch (word.toLowerCase()) {
    case 'uploading':
      return hasVideo && isStill ? 'completed' : null
    case 'completed':
      return hasError && !hasVideo ? 'failed' : 'completed'
    case 'failed':
      if (isWord || hasError) return 'failed'
      return hasVideo ? 'completed' : 'cancelled'
    case 'cancelled':
    case 'canceled':
      return hasVideo && !isWord ? 'completed' : 'cancelled'
    default:
      // Also words and integers nobody documented.
      return null
  }
}

/** Without a time of the last change, that of the start counts; without both it would run for ever. */
function standsStill({ updated_at, created_at }: Fields, now: number): boolean {
  const since = timeOf(updated_at) ?? timeOf(created_at)
  return since === null || now - since >= stillMs
}
