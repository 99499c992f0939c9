import { isDeepStrictEqual } from 'node:util'
import type { DatabaseSync } from 'node:sqlite'
import type { Billing } from '../../shared/job'
import { formatMoney, type Money } from '../../shared/money'
import { transaction } from '../database/open'
import type { Ledger } from './money/ledger'
import type { JobRow, RemoteResult } from './job-row'
import { transition, type JobEvent } from './machine'
import type { JobTable } from './store/table'
import type { Timeline } from './store/timeline'

/** What the book needs of the outside. */
export interface BookDeps {
  readonly db: DatabaseSync
  readonly table: JobTable
  readonly ledger: Ledger
  readonly timeline: Timeline
  readonly now: () => number
  /** After the change is on disk. */
  readonly onChange: (after: JobRow, before: JobRow | undefined) => void
}

/** The one way in which a job changes: row, money and timeline together, or not at all. */
export interface Book {
  /** `also` runs in the same transaction. */
  readonly insert: (job: JobRow, note?: string, also?: () => void) => void
  /**
   * Writes the job after the event; undefined when the event does not fit its state. `guard` runs inside the
   * transaction and stops it by answering false.
   */
  readonly apply: (
    id: string,
    event: JobEvent,
    note?: string,
    guard?: (job: JobRow) => boolean,
  ) => JobRow | undefined
}

/** Makes the book. */
export function createBook(deps: BookDeps): Book {
  const { db, table, ledger, timeline, now, onChange } = deps

  function whole<T>(work: () => T): T {
    try {
      return transaction(db, work)
    } catch (error) {
      table.reload()
      throw error
    }
  }

  return {
    insert(job, note = '', also = () => undefined) {
      whole(() => {
        table.insert(job)
        timeline.add(job.id, { at: now(), event: 'created', from: null, to: job.state, note })
        also()
      })
      onChange(job, undefined)
    },
    apply(id, event, note = '', guard = () => true) {
      let before: JobRow | undefined
      const after = whole(() => {
        before = table.get(id)
        const changed = before && transition(before, event, now())
        if (!before || !changed || !guard(before)) return undefined
        table.update(changed)
        settle(ledger, before, changed, event)
        // The same price again is no news.
        if (event.kind === 'quoted' && isDeepStrictEqual(before.quote, changed.quote)) return changed
        timeline.add(id, {
          at: now(),
          event: event.kind === 'flag' ? `${event.flag} ${event.on ? 'on' : 'off'}` : event.kind,
          from: before.state,
          to: changed.state,
          note: note || noteOf(event),
        })
        return changed
      })
      if (after) onChange(after, before)
      return after
    },
  }
}

/** What the event means for the money. Only what was submitted has a line in the ledger. */
function settle(ledger: Ledger, before: JobRow, after: JobRow, event: JobEvent): void {
  const to = (state: Billing, charged?: Money | null) => ledger.settle(after.id, state, charged)
  switch (event.kind) {
    case 'submitting':
      // The same submit again is the same money.
      if (before.state !== 'handing-over') return to('reserved')
      return ledger.reserve(after, event.isReplay ? event.intent.at : undefined)
    case 'not-accepted':
    case 'rejected':
      return to('released')
    case 'accepted':
      to('reserved')
      if (event.estimate) ledger.estimate(after.id, event.estimate)
      return undefined
    case 'unclear':
      return to('maybe')
    case 'undelivered':
      // A job that the platform no longer knows may have been refunded there.
      return event.error.code === 'not-found' ? to('maybe') : to('charged', event.charged)
    case 'completed':
    case 'expired':
      // Without a price the one that is known stays.
      return to('charged', event.charged)
    case 'ended':
      if (event.billed === 'no') return to('refunded')
      return event.billed === 'yes' ? to('charged', event.charged) : to('maybe')
    case 'started':
    case 'stopped':
    case 'interrupted':
    case 'lost':
    case 'quoted':
    case 'agreed':
    case 'handing-over':
    case 'handed-back':
    case 'polled':
    case 'result':
    case 'made':
    case 'planned':
    case 'saved':
    case 'failed':
    case 'looked':
    case 'gave-up':
    case 'cancelled':
    case 'flag':
    case 'moved':
      return undefined
  }
}

function noteOf(event: JobEvent): string {
  if ('error' in event && event.error) return event.error.message
  if ('clip' in event) return event.clip.file
  if (event.kind === 'submitting') return event.intent.id
  if (event.kind === 'accepted') return `${event.remoteId} · ${event.word}`
  if (event.kind === 'polled') return event.word
  if (event.kind === 'result') return bytesNote(event.result)
  if (event.kind === 'quoted' && event.quote.amount) return formatMoney(event.quote.amount)
  if (event.kind === 'agreed' && event.agreed.amount) return formatMoney(event.agreed.amount)
  return event.kind === 'gave-up' && event.replacedBy ? `sent again as ${event.replacedBy}` : ''
}

function bytesNote({ fetched, resume }: RemoteResult): string {
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
  if (fetched) return `all ${megabytes(fetched.bytes)} are here`
  return resume && resume.total !== null ? `${megabytes(resume.total)} in all` : ''
}
