import { isDeepStrictEqual } from 'node:util'
import type { JobState } from '../../../shared/job'
import type { Candidate } from '../../../shared/job-schema'
import { isRemote, type RemoteProviderId } from '../../../shared/provider'
import type { ListedJob, RemoteProvider } from '../../providers/provider'
import type { Book } from '../book'
import type { JobRow } from '../job-row'
import { filesOf } from '../sending/recipe-files'
import type { SubmitLog } from '../store/submit-log'
import type { JobTable } from '../store/table'
import type { TakeReading } from './take-reading'

/** What finding a job again needs of the outside. */
export interface LookUpDeps {
  readonly book: Book
  readonly table: Pick<JobTable, 'byRemoteId' | 'unfinished' | 'get'>
  readonly remote: Readonly<Record<RemoteProviderId, RemoteProvider>>
  readonly log: Pick<SubmitLog, 'append'>
  readonly take: TakeReading
  /** How far the platform's clock is ahead of ours, milliseconds. */
  readonly ahead: (provider: RemoteProviderId) => number
  readonly now: () => number
}

/** Finds jobs whose outcome is unknown in the platform's own list. */
export interface LookUp {
  /** Attaches what is proven; `ambiguous` when several listed jobs have our very input. */
  readonly judge: (job: JobRow, listed: readonly ListedJob[]) => 'found' | 'none' | 'ambiguous'
  /** What belongs to no job of ours and may be this one, newest first: to be proposed, never attached. */
  readonly candidates: (job: JobRow, listed: readonly ListedJob[]) => readonly Candidate[]
  /** By proof, or by the user's word. */
  readonly attach: (job: JobRow, remoteId: string, word: string) => JobRow | undefined
}

/** Clocks of platforms and of this computer differ by this much at most before a time means nothing, milliseconds. */
export const clockMarginMs = 2 * 60_000
/** A request that hangs may be accepted this long after it was sent, milliseconds: longer than our longest wait. */
const lateMs = 30 * 60_000

/** Before the answer to a submit, or without one. */
const unanswered: ReadonlySet<JobState> = new Set<JobState>(['handing-over', 'submitting', 'unknown'])

/** Makes the look-up. */
export function createLookUp(deps: LookUpDeps): LookUp {
  const { book, table, log, remote, take, now } = deps

  /** Created about when it was submitted, nobody's, and matching as well as it must. */
  function matching(
    job: JobRow,
    listed: readonly ListedJob[],
    fits: readonly ReturnType<RemoteProvider['matches']>[],
  ): readonly ListedJob[] {
    if (!isRemote(job.provider)) return []
    const provider = remote[job.provider]
    const at = submittedAt(job, deps.ahead(job.provider))
    return listed.filter((candidate) => {
      const { remoteId, createdAt } = candidate
      const isThen = createdAt === null || (createdAt > at - clockMarginMs && createdAt < at + lateMs)
      return (
        isThen &&
        fits.includes(provider.matches(job.intent?.body ?? '', candidate)) &&
        !table.byRemoteId(job.provider, remoteId)
      )
    })
  }

  /** What is listed may be a twin whose answer has not come: the job sent in its place, or another take. */
  function isOnItsWay(job: JobRow): boolean {
    return table
      .unfinished()
      .some(
        (other) =>
          other.id !== job.id &&
          other.provider === job.provider &&
          unanswered.has(other.state) &&
          isDeepStrictEqual(other.recipe, job.recipe),
      )
  }

  /**
   * Of a job that was given up nobody is asked any more, so that its input is enough. Not where it was sent again: what
   * came nearer to that one may be a colleague's, and the user can still say that it is this one.
   */
  function isLikelyOurs(job: JobRow, { createdAt }: ListedJob): boolean {
    const { provider } = job
    if (job.state !== 'given-up' || !isRemote(provider)) return false
    const again = job.replacedBy ? table.get(job.replacedBy) : undefined
    if (!again) return true
    if (createdAt === null) return false
    const distance = (other: JobRow) => Math.abs(createdAt - submittedAt(other, deps.ahead(provider)))
    return distance(job) <= distance(again)
  }

  function attach(job: JobRow, remoteId: string, word: string): JobRow | undefined {
    if (!job.intent) return undefined
    log.append({ kind: 'accepted', at: now(), intent: job.intent.id, remoteId })
    const attached = book.apply(job.id, { kind: 'accepted', remoteId, word })
    // It was sent again because this one was thought lost: that must not be paid for as well without another word.
    if (attached?.replacedBy) {
      book.apply(
        attached.replacedBy,
        { kind: 'flag', flag: 'held', on: true },
        `${job.id} has appeared after all`,
      )
    }
    return attached
  }

  return {
    judge(job, listed) {
      const [only, ...others] = matching(job, listed, ['certain'])
      if (!only || !isRemote(job.provider)) return 'none'
      // A prompt alone may be a colleague's too, and so may a pasted address; that of what we handed over is nobody's.
      if (filesOf(job.recipe).length === 0 && !isLikelyOurs(job, only)) return 'ambiguous'
      if (others.length > 0 || isOnItsWay(job)) return 'ambiguous'
      const attached = attach(job, only.remoteId, wordOf(only))
      if (attached) take(attached, only.reading, remote[job.provider])
      return 'found'
    },
    candidates: (job, listed) =>
      matching(job, listed, ['certain', 'possible']).map((candidate) => ({
        remoteId: candidate.remoteId,
        createdAt: candidate.createdAt,
        word: wordOf(candidate),
        prompt: candidate.prompt,
      })),
    attach,
  }
}

/** When the job was submitted, by the platform's clock as far as it is known. */
export function submittedAt({ intent, createdAt }: JobRow, ahead: number): number {
  return intent?.platformAt ?? (intent?.at ?? createdAt) + ahead
}

function wordOf({ reading }: ListedJob): string {
  return 'word' in reading ? reading.word : reading.kind
}
