import { createHash } from 'node:crypto'
import { AppError, toErrorShape, type ErrorCode } from '../../../shared/error'
import type { RemoteProviderId } from '../../../shared/provider'
import type { Known } from '../../../shared/validate/objection'
import { blockers, validate } from '../../../shared/validate/validate'
import { newId } from '../../files/ids'
import {
  Unreachable,
  type ApiAnswer,
  type RemoteProvider,
  type SubmitReading,
} from '../../providers/provider'
import type { Book } from '../book'
import type { Connection } from '../platforms/connections'
import type { HandOver } from './hand-over'
import type { HealthBoard } from '../platforms/health'
import type { Ledger } from '../money/ledger'
import { has, type Intent, type JobRow } from '../job-row'
import type { Pricing } from '../money/pricing'
import { cleanError, cleanProblem, rejection } from '../platforms/problem-words'
import type { SubmitLog } from '../store/submit-log'
import type { JobTable } from '../store/table'

/** What submitting needs of the outside. */
export interface SubmitterDeps {
  readonly book: Book
  readonly table: Pick<JobTable, 'get' | 'saveAnswer'>
  readonly ledger: Pick<Ledger, 'over'>
  readonly pricing: Pick<Pricing, 'isCurrent' | 'standing'>
  readonly log: Pick<SubmitLog, 'append'>
  readonly handOver: HandOver
  readonly health: HealthBoard
  readonly onKeyRefused: (provider: RemoteProviderId, print: string) => void
  readonly onKeyAccepted: (print: string) => void
  readonly platformNow: (provider: RemoteProviderId) => number | null
  readonly now: () => number
  readonly after: (ms: number, run: () => void) => () => void
  readonly logError: (what: string, error: unknown) => void
  /** The whole queue; the user may press it while pictures are handed over. */
  readonly isPaused: () => boolean
  readonly isCurrent: (provider: RemoteProviderId, print: string) => boolean
  readonly isStopped: () => boolean
  readonly known: Known
}

/** How often a paid job's id is tried to be written down while the disk refuses, milliseconds. */
const insistMs = 3_000

/** What a hand-over may end with and waiting can mend. */
const waitableCodes: ReadonlySet<ErrorCode> = new Set([
  'key-refused',
  'out-of-credit',
  'rate-limited',
  'provider-down',
  'bucket-down',
  'library-unavailable',
])

/** How long a provider is left alone after the log could not be written, milliseconds. */
const logPauseMs = 30_000

/** Brings one job from waiting to the platform: at most one paid submit, each step written down before it is taken. */
export interface Submitter {
  /** From `waiting`: hands the pictures over and submits. Never rejects for what a platform or the network does. */
  readonly submit: (job: JobRow, provider: RemoteProvider, connection: Connection) => Promise<void>
  /** The same intent and bytes once more, for a platform on which that is harmless. */
  readonly repeat: (job: JobRow, provider: RemoteProvider, connection: Connection) => Promise<void>
}

/** Makes the submitter. */
export function createSubmitter(deps: SubmitterDeps): Submitter {
  const { book, table, ledger, pricing, log, handOver, health, now, isStopped } = deps

  /** Undefined when the job went back to the queue or to its end. */
  async function prepare(
    waiting: JobRow,
    provider: RemoteProvider,
    connection: Connection,
  ): Promise<JobRow | undefined> {
    const job = book.apply(waiting.id, { kind: 'handing-over' })
    if (!job) return undefined
    const id = `${job.id}-${newId()}`
    let body: string
    try {
      // Since Generate its dialect or the bucket may have changed: nothing of the recipe is dropped in silence.
      const [objection] = blockers(validate(job.recipe, provider, deps.known))
      if (objection) throw new AppError('invalid-recipe', `${objection.reason} Nothing was sent.`)
      body = provider.body(job.recipe, await handOver.urls(job.recipe, provider, connection), id)
    } catch (error) {
      if (isStopped()) return undefined
      handedBack(job, provider, connection, error)
      return undefined
    }
    const platformAt = await platformTime(provider, connection, body)
    if (isStopped()) return undefined
    const at = now()
    const intent: Intent = {
      id,
      body,
      keyPrint: connection.print,
      at,
      platformAt,
    }
    // In the transaction that reserves the money: two jobs must not both find the last dollar.
    const mayPass = (row: JobRow) =>
      !deps.isPaused() &&
      // A key that was taken away meanwhile is not used once more.
      deps.isCurrent(provider.id, connection.print) &&
      !has(row, 'paused') &&
      !has(row, 'cancel') &&
      // The dialect or the address may have been changed meanwhile, and the price with it.
      pricing.isCurrent(row) &&
      pricing.standing(row) === 'agreed' &&
      (has(row, 'allowed') || !ledger.over(row))
    const submitting = book.apply(job.id, { kind: 'submitting', intent }, '', mayPass)
    if (!submitting) book.apply(job.id, { kind: 'handed-back' })
    return submitting
  }

  /** The platform's clock, by which the age of an idempotent submit is counted: the user's may be wrong, or be set. */
  async function platformTime(
    provider: RemoteProvider,
    connection: Connection,
    body: string,
  ): Promise<number | null> {
    const known = deps.platformNow(provider.id)
    if (known !== null || provider.idempotentMs(body) === null) return known
    try {
      await provider.testKey(connection.send)
    } catch {
      // The submit itself will tell.
    }
    return deps.platformNow(provider.id)
  }

  /** Nothing was sent: the job goes back to the queue when waiting can help, and fails when it cannot. */
  function handedBack(job: JobRow, provider: RemoteProvider, connection: Connection, thrown: unknown): void {
    const error = cleanError(toErrorShape(thrown), connection.clean)
    const back = () => void book.apply(job.id, { kind: 'handed-back' }, error.message)
    if (thrown instanceof Unreachable) {
      health.failed(provider.id)
      return back()
    }
    if (!waitableCodes.has(error.code)) return void book.apply(job.id, { kind: 'rejected', error })
    if (error.code === 'key-refused') deps.onKeyRefused(provider.id, connection.print)
    else if (error.code === 'out-of-credit') health.outOfCredit(provider.id)
    else if (error.code !== 'library-unavailable' && error.code !== 'bucket-down') {
      health.limited(provider.id, undefined)
    }
    back()
  }

  /** `isRepeat`: an earlier request of the same intent may have arrived, so that only a yes proves anything. */
  async function send(
    job: JobRow,
    provider: RemoteProvider,
    connection: Connection,
    isRepeat: boolean,
  ): Promise<void> {
    const { intent } = job
    if (!intent) return
    const line = {
      kind: 'intent',
      at: now(),
      intent: intent.id,
      job: job.id,
      provider: provider.id,
      library: job.library,
      keyPrint: intent.keyPrint,
      bodyHash: createHash('sha256').update(intent.body).digest('hex'),
      recipe: job.recipe,
      quote: job.quote,
    } as const
    try {
      log.append(line)
    } catch (error) {
      // Nothing was sent. The disk needs a moment, and so does whoever mends it.
      deps.logError('submits.log', error)
      health.limited(provider.id, logPauseMs)
      if (isRepeat) return unclear(job, provider, 'This computer could not write down the request.', '')
      return insist(() => void book.apply(job.id, { kind: 'not-accepted' }, toErrorShape(error).message))
    }
    let answer: ApiAnswer
    try {
      answer = await connection.submit(provider.submitRequest(intent.body, intent.id))
    } catch (error) {
      if (error instanceof Unreachable && error.isUnsent && !isRepeat) {
        return notAccepted(job, provider, intent, error.message)
      }
      const why = error instanceof Error ? error.message : String(error)
      return unclear(job, provider, `${provider.name} did not answer after the request was sent.`, why)
    }
    keepAnswer(job, connection, answer)
    read(job, provider, connection, answer, isRepeat)
  }

  function read(
    job: JobRow,
    provider: RemoteProvider,
    connection: Connection,
    answer: ApiAnswer,
    isRepeat: boolean,
  ): void {
    const reading = cleaned(provider.readSubmit(answer), connection)
    if (reading.kind === 'accepted') return accepted(job, provider, connection, reading)
    if (isRepeat && reading.kind === 'rejected') {
      const { kind, message } = reading.problem
      if (kind === 'rate-limited') health.limited(provider.id, reading.problem.retryAfterMs)
      return unclear(job, provider, `${provider.name} did not say whether it has the job.`, message)
    }
    if (reading.kind === 'unclear') {
      return unclear(
        job,
        provider,
        `${provider.name}’s answer does not say whether it took the job.`,
        reading.why,
      )
    }
    health.answered(provider.id)
    const intent = job.intent?.id ?? ''
    const { problem } = reading
    if (problem.kind === 'rate-limited') health.limited(provider.id, problem.retryAfterMs)
    if (problem.kind === 'out-of-credit') health.outOfCredit(provider.id)
    if (problem.kind === 'key-refused') deps.onKeyRefused(provider.id, connection.print)
    insist(() => log.append({ kind: 'rejected', at: now(), intent }))
    const waits = ['rate-limited', 'out-of-credit', 'key-refused'].includes(problem.kind)
    const error = rejection(provider.name, problem)
    insist(() => {
      if (waits) book.apply(job.id, { kind: 'not-accepted', error }, error.message)
      else book.apply(job.id, { kind: 'rejected', error })
    })
  }

  /** The id first, in both places; nothing else may keep it from being written. */
  function accepted(
    job: JobRow,
    provider: RemoteProvider,
    connection: Connection,
    reading: Extract<SubmitReading, { kind: 'accepted' }>,
  ): void {
    const { remoteId } = reading
    insist(() => log.append({ kind: 'accepted', at: now(), intent: job.intent?.id ?? '', remoteId }))
    insist(() => void book.apply(job.id, reading))
    health.answered(provider.id)
    deps.onKeyAccepted(connection.print)
  }

  /** Before anybody tries to understand it; but no reason to lose it. */
  function keepAnswer(job: JobRow, connection: Connection, answer: ApiAnswer): void {
    try {
      table.saveAnswer(job.id, connection.clean(answer.text))
    } catch (error) {
      deps.logError('keeping an answer', error)
    }
  }

  function insist(write: () => void): void {
    if (isStopped()) return
    try {
      write()
    } catch (error) {
      deps.logError('writing down a paid job', error)
      deps.after(insistMs, () => insist(write))
    }
  }

  function notAccepted(job: JobRow, provider: RemoteProvider, intent: Intent, why: string): void {
    health.failed(provider.id)
    insist(() => log.append({ kind: 'rejected', at: now(), intent: intent.id }))
    insist(() => void book.apply(job.id, { kind: 'not-accepted' }, why))
  }

  function unclear(job: JobRow, provider: RemoteProvider, what: string, details: string): void {
    health.failed(provider.id)
    const error = { code: 'unknown-answer', message: `${what} Nothing was sent again.`, details } as const
    insist(() => void book.apply(job.id, { kind: 'unclear', error }))
  }

  return {
    async submit(waiting, provider, connection) {
      const job = await prepare(waiting, provider, connection)
      if (job) await send(job, provider, connection, false)
    },
    async repeat(job, provider, connection) {
      if (!job.intent) return
      const again = book.apply(job.id, { kind: 'submitting', intent: job.intent }, 'the same request again')
      if (again) await send(again, provider, connection, true)
    },
  }
}

/** SECURITY: a platform may quote the key in what it says. */
function cleaned(reading: SubmitReading, { clean }: Connection): SubmitReading {
  switch (reading.kind) {
    case 'accepted':
      return reading
    case 'rejected':
      return { ...reading, problem: cleanProblem(reading.problem, clean) }
    case 'unclear':
      return { ...reading, why: clean(reading.why) }
  }
}
