import type { Clip } from '../../shared/clip-schema'
import type { ErrorShape } from '../../shared/error'
import { isTerminal } from '../../shared/job'
import { isNoDearer, type Money, type Quote } from '../../shared/money'
import {
  has,
  type Agreed,
  type Flag,
  type Intent,
  type JobRow,
  type Quoted,
  type RemoteResult,
} from './job-row'

/** What happens to a job. */
export type JobEvent =
  // A local provider.
  | { readonly kind: 'started' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'lost' }
  // A remote one, up to the answer to its submit.
  | { readonly kind: 'quoted'; readonly quote: Quote; readonly quoted: Quoted | null }
  | { readonly kind: 'agreed'; readonly agreed: Agreed }
  | { readonly kind: 'handing-over' }
  | { readonly kind: 'handed-back' }
  /** `isReplay`: it went out in an earlier session, by submits.log. */
  | { readonly kind: 'submitting'; readonly intent: Intent; readonly isReplay?: true }
  /** `error`: what the platform wants first, for example more credit. */
  | { readonly kind: 'not-accepted'; readonly error?: ErrorShape }
  /** `estimate`: what the platform now says it will cost. */
  | {
      readonly kind: 'accepted'
      readonly remoteId: string
      readonly word: string
      readonly estimate?: Money | null
    }
  | { readonly kind: 'unclear'; readonly error: ErrorShape }
  | { readonly kind: 'rejected'; readonly error: ErrorShape }
  // At the platform.
  | { readonly kind: 'polled'; readonly word: string }
  | { readonly kind: 'completed'; readonly url: string; readonly charged: Money | null }
  | { readonly kind: 'undelivered'; readonly error: ErrorShape; readonly charged: Money | null }
  | { readonly kind: 'expired'; readonly error: ErrorShape; readonly charged: Money | null }
  | {
      readonly kind: 'ended'
      readonly state: 'failed' | 'refused' | 'cancelled'
      readonly error: ErrorShape | null
      readonly billed: 'yes' | 'no' | 'unknown'
      readonly charged?: Money | null
    }
  // Here.
  | { readonly kind: 'result'; readonly result: RemoteResult }
  | { readonly kind: 'made'; readonly clip: Clip }
  | { readonly kind: 'planned'; readonly clip: Clip }
  | { readonly kind: 'saved' }
  | { readonly kind: 'failed'; readonly error: ErrorShape }
  // Looked for, or said by the user.
  | { readonly kind: 'looked' }
  | { readonly kind: 'gave-up'; readonly replacedBy: string | null }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'flag'; readonly flag: Flag; readonly on: boolean }
  | { readonly kind: 'moved'; readonly position: number }

/** Most runs of one local job: a picture that crashes the program must not do so at every start. */
export const maxAttempts = 3

/**
 * The job after the event; undefined when the event does not fit its state and nothing changes. Pure: the caller
 * writes the result down before acting on it.
 */
export function transition(job: JobRow, event: JobEvent, now: number): JobRow | undefined {
  const { state } = job
  const to = (change: Partial<JobRow>): JobRow => ({ ...job, ...change, updatedAt: now })
  switch (event.kind) {
    case 'started':
      return state === 'waiting' ? to({ state: 'running', attempts: job.attempts + 1 }) : undefined
    case 'stopped':
      // Quitting is no fault of the job's: the attempt does not count.
      return isLocalRun(job) ? to({ state: 'waiting', attempts: job.attempts - 1 }) : undefined
    case 'interrupted':
      return isLocalRun(job) ? again(job, to, 'Inbetween ended unexpectedly') : undefined
    case 'lost':
      if (state !== 'downloading') return undefined
      // A paid one is fetched again; a local one is made again.
      return job.result
        ? to({ clip: null, result: { ...job.result, resume: null, fetched: null } })
        : again(job, to, 'The finished file went missing')
    case 'quoted':
      return state === 'waiting' || state === 'handing-over'
        ? to({
            quote: event.quote,
            quoted: event.quoted,
            agreed: job.agreed ?? atFirst(job),
            // A yes to passing a cap was one at the price of before.
            flags: isNoDearer(event.quote, job.quote) ? job.flags : without(job.flags, 'allowed'),
          })
        : undefined
    case 'agreed':
      return state === 'waiting'
        ? to({ agreed: event.agreed, flags: without(job.flags, 'allowed') })
        : undefined
    case 'handing-over':
      return state === 'waiting' && !has(job, 'held') ? to({ state: 'handing-over', error: null }) : undefined
    case 'handed-back':
      return state === 'handing-over' ? to({ state: 'waiting' }) : undefined
    case 'submitting':
      return submitting(job, event.intent, to)
    case 'not-accepted':
      if (state !== 'submitting') return undefined
      return has(job, 'cancel')
        ? to({ state: 'cancelled' })
        : to({ state: 'waiting', submittedAt: null, error: event.error ?? null })
    case 'accepted':
      // Also out of given-up: a clip that was paid for is fetched, whatever was believed.
      return state === 'submitting' || state === 'unknown' || state === 'given-up'
        ? to({
            state: 'running',
            remoteId: event.remoteId,
            word: event.word,
            error: null,
            ...(event.estimate ? { quote: { certainty: 'approximate', amount: event.estimate } } : {}),
          })
        : undefined
    case 'unclear':
      return state === 'submitting' ? to({ state: 'unknown', error: event.error }) : undefined
    case 'rejected':
      if (state !== 'submitting' && state !== 'handing-over') return undefined
      return to({ state: event.error.code === 'refused' ? 'refused' : 'failed', error: event.error })
    case 'polled':
      return isRemoteRun(job) && job.word !== event.word ? to({ word: event.word }) : undefined
    case 'completed':
      if (!isRemoteRun(job) && state !== 'undelivered' && state !== 'downloading') return undefined
      return to({ state: 'downloading', error: null, result: linked(job, event.url, now) })
    case 'undelivered':
      if (!isRemoteRun(job) && state !== 'downloading' && state !== 'undelivered') return undefined
      return to({ state: 'undelivered', error: event.error, result: job.result ?? emptyResult(now) })
    case 'expired':
      if (!isRemoteRun(job) && state !== 'downloading' && state !== 'undelivered') return undefined
      return to({ state: 'expired', error: event.error })
    case 'ended':
      if (!isRemoteRun(job) && state !== 'undelivered') return undefined
      return to({ state: event.state, error: event.error })
    case 'result':
      return state === 'downloading' || state === 'undelivered' ? to({ result: event.result }) : undefined
    case 'made':
      return isLocalRun(job) || state === 'downloading'
        ? to({ state: 'downloading', clip: event.clip })
        : undefined
    case 'planned':
      return state === 'downloading' ? to({ clip: event.clip }) : undefined
    case 'saved':
      return state === 'downloading' ? to({ state: 'done', error: null }) : undefined
    case 'failed':
      // What was sent ends only by the platform's word.
      return isTerminal(state) || job.intent
        ? undefined
        : to({ state: 'failed', error: event.error, clip: null })
    case 'looked':
      return state === 'unknown' || state === 'given-up'
        ? to({ lookUps: job.lookUps + 1, lookUpsSince: job.lookUpsSince ?? now })
        : undefined
    case 'gave-up':
      return state === 'unknown' || state === 'undelivered'
        ? to({ state: 'given-up', replacedBy: event.replacedBy })
        : undefined
    case 'cancelled':
      return cancelled(job, to)
    case 'flag':
      return isTerminal(state) || has(job, event.flag) === event.on
        ? undefined
        : to({
            flags: event.on ? [...job.flags, event.flag] : without(job.flags, event.flag),
          })
    case 'moved':
      return state === 'waiting' ? to({ position: event.position }) : undefined
  }
}

type To = (change: Partial<JobRow>) => JobRow

function without(flags: readonly Flag[], flag: Flag): readonly Flag[] {
  return flags.filter((known) => known !== flag)
}

function isLocalRun({ state, intent }: JobRow): boolean {
  return state === 'running' && intent === null
}

function isRemoteRun({ state, intent }: JobRow): boolean {
  return state === 'running' && intent !== null
}

/** A submit leaves only from hand-over; the same one goes again only from a state in which its answer is missing. */
function submitting(job: JobRow, intent: Intent, to: To): JobRow | undefined {
  if (has(job, 'held')) return undefined
  if (job.state === 'handing-over') {
    return to({ state: 'submitting', intent, attempts: job.attempts + 1, submittedAt: intent.at })
  }
  const isSame = job.intent?.id === intent.id && job.intent.body === intent.body
  return job.state === 'unknown' && isSame
    ? to({ state: 'submitting', attempts: job.attempts + 1 })
    : undefined
}

/** Before the submit it is done at once; after it, it is a wish that the platform's own end decides. */
function cancelled(job: JobRow, to: To): JobRow | undefined {
  if (job.state === 'waiting' || job.state === 'handing-over' || isLocalRun(job))
    return to({ state: 'cancelled' })
  if (isTerminal(job.state) || !job.intent || has(job, 'cancel')) return undefined
  // Saving takes a moment, and throwing a paid clip away would surprise.
  if (job.state === 'downloading' || job.state === 'undelivered') return undefined
  return to({ flags: [...job.flags, 'cancel'] })
}

/** The quote that the job began with was agreed to. */
function atFirst({ quote: { amount } }: JobRow): Agreed {
  return { amount, usdMicros: amount?.unit === 'usd' ? amount.micros : null }
}

function emptyResult(now: number): RemoteResult {
  return { url: null, at: now, resume: null, fetched: null, tries: 0, doubtful: null }
}

/** A fresh link keeps the bytes that are here already; after a rest the tries count anew. */
function linked(job: JobRow, url: string, now: number): RemoteResult {
  const result = job.result ?? emptyResult(now)
  return { ...result, url, tries: job.state === 'undelivered' ? 0 : result.tries }
}

/** Back to the queue, or failed when that was tried often enough. A local provider's work is free to repeat. */
function again(job: JobRow, to: To, what: string): JobRow {
  if (job.attempts < maxAttempts) return to({ state: 'waiting', clip: null })
  return to({
    state: 'failed',
    clip: null,
    error: {
      code: 'media-failed',
      message: `${what} ${job.attempts} times while this clip was made. Nothing was charged. Run it again, or try other pictures.`,
    },
  })
}
