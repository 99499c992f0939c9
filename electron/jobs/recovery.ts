import type { Book } from './book'
import type { Ledger } from './money/ledger'
import { has, newJob, type Intent, type JobRow } from './job-row'
import type { LoggedIntent, SubmitLine } from './store/submit-log'
import type { JobTable } from './store/table'

/** What taking up the last session needs. */
export interface RecoveryDeps {
  readonly book: Book
  readonly table: Pick<JobTable, 'get' | 'unfinished'>
  readonly ledger: Ledger
  readonly intents: readonly LoggedIntent[]
  /** Lines whose intent's own line is damaged. */
  readonly orphans: readonly SubmitLine[]
  /** The database may be older than what was really sent: nothing in it is submitted without the user. */
  readonly isRestored: boolean
  readonly now: () => number
}

/**
 * Brings the rows to where they may be gone on with; design/reliability.md "At start". First what `submits.log` knows
 * better than the database, then every job that was in the middle of something.
 */
export function recover(deps: RecoveryDeps): void {
  const { book, table, isRestored } = deps
  for (const intent of lastOfEachJob(deps.intents)) replay(deps, intent)
  for (const line of deps.orphans) if (line.kind === 'accepted') attachOrphan(deps, line)
  for (const job of table.unfinished()) {
    if (isRestored && !has(job, 'held'))
      book.apply(job.id, { kind: 'flag', flag: 'held', on: true }, 'restored')
    if (job.state === 'running' && !job.intent) book.apply(job.id, { kind: 'interrupted' })
    if (job.state === 'handing-over') book.apply(job.id, { kind: 'handed-back' }, 'Inbetween ended meanwhile')
    if (job.state === 'submitting') {
      const message = 'Inbetween ended while this was being sent. Nothing was sent again; it is looked for.'
      book.apply(job.id, { kind: 'unclear', error: { code: 'unknown-answer', message } })
    }
  }
}

/** The line with the intent is damaged, but the row may know it. An intent's id begins with its job's. */
function attachOrphan(
  { book, table }: RecoveryDeps,
  { intent, remoteId }: Extract<SubmitLine, { kind: 'accepted' }>,
): void {
  const job = table.get(intent.split('-')[0] ?? '')
  if (job?.intent?.id !== intent || job.remoteId !== null) return
  book.apply(job.id, { kind: 'accepted', remoteId, word: '' }, 'from submits.log')
}

/** A job has one open intent at most; an accepted one outweighs everything after it. */
function lastOfEachJob(intents: readonly LoggedIntent[]): Iterable<LoggedIntent> {
  const byJob = new Map<string, LoggedIntent>()
  for (const intent of intents) {
    if (byJob.get(intent.job)?.remoteId) continue
    byJob.set(intent.job, intent)
  }
  return byJob.values()
}

/** Platforms still know jobs of this age, and today's caps must count them, milliseconds. */
const freshMs = 24 * 3_600_000

/** Makes a row say what the log says: a submit that went out is never forgotten. */
function replay({ book, table, ledger, now }: RecoveryDeps, logged: LoggedIntent): void {
  if (logged.isRejected && logged.remoteId === null) return
  if (!table.get(logged.job)) {
    // Ended long ago, by everything the log knows: its clip is in the library, its end was told.
    if (logged.closed !== null && now() - logged.at > freshMs) return
    const made = rowOf(logged)
    book.insert(made, 'from submits.log', () => ledger.reserve(made, logged.at))
  }
  const older = table.get(logged.job)
  // A file from before this submit: a later one leaves only when the one before was proved not to be accepted.
  if (older?.state === 'submitting' && older.intent?.id !== logged.intent) {
    book.apply(older.id, { kind: 'not-accepted' }, 'from submits.log')
  }
  const job = table.get(logged.job)
  if (job?.state === 'waiting' || job?.state === 'handing-over') {
    if (has(job, 'held')) book.apply(job.id, { kind: 'flag', flag: 'held', on: false }, 'from submits.log')
    // It may have been asked for anew since: what went out is what counts.
    book.apply(job.id, { kind: 'quoted', quote: logged.quote, quoted: null }, 'from submits.log')
    if (job.state === 'waiting') book.apply(job.id, { kind: 'handing-over' }, 'from submits.log')
    book.apply(
      job.id,
      { kind: 'submitting', intent: intentOf(logged, job), isReplay: true },
      'from submits.log',
    )
  }
  const open = table.get(logged.job)
  if (logged.remoteId !== null && open && ['submitting', 'unknown', 'given-up'].includes(open.state)) {
    book.apply(open.id, { kind: 'accepted', remoteId: logged.remoteId, word: '' }, 'from submits.log')
  }
}

/** The body's bytes are not in the log: such a submit is never repeated, only looked for. */
function intentOf(logged: LoggedIntent, job: JobRow): Intent {
  const { intent } = job
  if (intent && intent.id === logged.intent) return intent
  return { id: logged.intent, body: '', keyPrint: logged.keyPrint, at: logged.at, platformAt: null }
}

function rowOf(logged: LoggedIntent): JobRow {
  const { job: id, at, intent, keyPrint } = logged
  return {
    ...newJob({ ...logged, id }, at),
    state: 'submitting',
    attempts: 1,
    intent: { id: intent, body: '', keyPrint, at, platformAt: null },
    submittedAt: at,
  }
}
