import { createHash } from 'node:crypto'
import { toErrorShape } from '../../../shared/error'
import {
  Unreachable,
  type ApiAnswer,
  type RemoteProvider,
  type SubmitReading,
} from '../../providers/provider'
import type { Connection } from '../platforms/connections'
import type { Intent, JobRow } from '../job-row'
import { cleanProblem, rejection } from '../platforms/problem-words'
import type { SubmitLog } from '../store/submit-log'
import type { JobTable } from '../store/table'
import { createPrepare, type PrepareDeps } from './prepare'

/** What submitting needs of the outside. */
export interface SubmitterDeps extends PrepareDeps {
  readonly table: Pick<JobTable, 'saveAnswer'>
  readonly log: Pick<SubmitLog, 'append'>
  readonly onKeyAccepted: (print: string) => void
  readonly after: (ms: number, run: () => void) => () => void
  readonly logError: (what: string, error: unknown) => void
}

/** How often a paid job's id is tried to be written down while the disk refuses, milliseconds. */
const insistMs = 3_000

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
  const { book, table, log, health, now, isStopped } = deps
  const prepare = createPrepare(deps)

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
