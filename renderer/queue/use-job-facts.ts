import type { Job } from '../../shared/job-schema'
import { useProviders, useQueue, useSpend } from '../window/app-window-context'
import { busyBeside, hasClock, type JobFacts } from './job-facts'
import { useNow } from './use-now'

/** What the words of a job's card need besides the job; the component renders again when one of it changes. */
export function useJobFacts(job: Job): JobFacts {
  const now = useNow(hasClock(job))
  const busy = useQueue((state) => busyBeside(job, state.jobs.values()))
  const status = useProviders((state) => state.statuses.get(job.provider))
  const spend = useSpend((state) => state.spend)
  const check = useQueue((state) => state.checks.get(job.id))
  return { now, busy, status, spend, check }
}
