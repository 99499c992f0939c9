import type { RemoteProviderId } from '../../../shared/provider'
import type { PollReading, Problem, RemoteProvider } from '../../providers/provider'
import { isModelGone } from '../../providers/problem'
import type { Book } from '../book'
import type { HealthBoard } from '../platforms/health'
import { has, type JobRow } from '../job-row'
import type { JobEvent } from '../machine'
import type { SubmitLog } from '../store/submit-log'

/** What taking in a platform's word needs of the outside. */
export interface TakeDeps {
  readonly book: Book
  readonly log: Pick<SubmitLog, 'append'>
  readonly health: HealthBoard
  readonly onProgress: (job: JobRow, fraction: number | null) => void
  readonly onKeyRefused: (provider: RemoteProviderId, print: string) => void
  /** Whether its library is open. */
  readonly isHere: (job: JobRow) => boolean
  /** Whether its clip is in the library already: a row made again from submits.log may be of a saved one. */
  readonly hasClip: (job: JobRow) => boolean
  readonly logError: (what: string, error: unknown) => void
  readonly now: () => number
}

/** Writes down where a job stands at the platform. */
export type TakeReading = (job: JobRow, reading: PollReading, provider: RemoteProvider) => void

/** Makes the one function that turns a platform's word into an event. `missing` is the caller's. */
export function createTakeReading(deps: TakeDeps): TakeReading {
  const { book, log, now } = deps

  /** Written only when it is so; without the line a restored database asks once more. */
  function end(job: JobRow, event: JobEvent): void {
    if (!book.apply(job.id, event) || !job.intent) return
    try {
      log.append({ kind: 'closed', at: now(), intent: job.intent.id, how: 'ended' })
    } catch (error) {
      deps.logError('submits.log', error)
    }
  }

  return (job, reading, provider) => {
    const { name } = provider
    switch (reading.kind) {
      case 'running':
        deps.onProgress(job, reading.progress)
        book.apply(job.id, { kind: 'polled', word: reading.word })
        return
      case 'completed': {
        const { url, charged, expired } = reading
        if (expired && deps.hasClip(job)) {
          book.apply(job.id, { kind: 'completed', url: '', charged })
        } else if (expired && !deps.isHere(job)) {
          // Only with its library open is it known whether the clip was saved before.
          const message = `${name} has thrown the clip away. Open its library to see whether it is there.`
          book.apply(job.id, { kind: 'undelivered', charged, error: { code: 'purged', message } })
        } else if (expired) {
          const message = `${name} finished it, but has thrown the clip away. It cannot be fetched any more.`
          end(job, { kind: 'expired', charged, error: { code: 'purged', message } })
        } else if (url === null) {
          const message = `${name} says it is finished, but gave no link to the clip. It is asked again.`
          book.apply(job.id, { kind: 'undelivered', charged, error: { code: 'link-failed', message } })
        } else {
          book.apply(job.id, { kind: 'completed', url, charged })
        }
        return
      }
      case 'failed': {
        const { message: said, blocked, billed } = reading
        const what = blocked ? `${name}’s content filter said no.` : `${name} could not make it.`
        const message = said === '' ? what : `${what} ${name}: “${said}”`
        const code = blocked ? 'refused' : isModelGone(said) ? 'model-unavailable' : 'provider-failed'
        const state = blocked ? 'refused' : 'failed'
        end(job, { kind: 'ended', state, error: { code, message }, billed })
        return
      }
      case 'cancelled': {
        const error = has(job, 'cancel')
          ? null
          : { code: 'cancelled' as const, message: `${name} cancelled it.` }
        const { billed, charged = null } = reading
        end(job, { kind: 'ended', state: 'cancelled', error, billed, charged })
        return
      }
      case 'problem':
        problem(deps, job.intent?.keyPrint ?? '', reading.problem, provider)
        return
      case 'missing':
        return
    }
  }
}

/** What a problem with a question (not with a submit) says about the platform and the key. */
export function problem(
  deps: Pick<TakeDeps, 'health' | 'onKeyRefused'>,
  print: string,
  { kind, retryAfterMs }: Problem,
  { id }: Pick<RemoteProvider, 'id'>,
): void {
  if (kind === 'key-refused') deps.onKeyRefused(id, print)
  else if (kind === 'rate-limited') deps.health.limited(id, retryAfterMs)
  else if (kind === 'upstream' || kind === 'unreadable') deps.health.failed(id)
}
