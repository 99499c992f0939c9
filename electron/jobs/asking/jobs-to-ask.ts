import type { JobState } from '../../../shared/job'
import type { ProviderId } from '../../../shared/provider'
import type { JobRow } from '../job-row'
import type { JobTable } from '../store/table'

/** A given-up job is watched for so long after its submit, milliseconds: longer than any platform's queue. */
const watchMs = 48 * 3_600_000

// Not `submitting`: that request is on its way in this very process.
const askedStates: readonly JobState[] = ['running', 'undelivered', 'unknown']

/** The provider's jobs that it has to be asked about. `now` in milliseconds since 1970. */
export function jobsToAsk(
  table: Pick<JobTable, 'unfinished' | 'watched'>,
  provider: ProviderId,
  now: number,
): readonly JobRow[] {
  const asked = table
    .unfinished()
    .filter((job) => job.intent && askedStates.includes(job.state) && !isDamaged(job))
  const watched = table.watched(now - watchMs).filter(({ remoteId }) => remoteId === null)
  return [...asked, ...watched].filter((job) => job.provider === provider)
}

/** The platform gave the same damaged file again and again: only the user's word fetches it once more. */
function isDamaged({ state, result }: JobRow): boolean {
  return state === 'undelivered' && result !== null && result.doubtful !== null
}
