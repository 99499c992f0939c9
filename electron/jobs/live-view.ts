import type { Job } from '../../shared/job-schema'
import type { JobRow } from './job-row'
import type { JobTable } from './store/table'
import { still, toJob, type Live } from './view'

/** Jobs as the window sees them: their rows, with what is known of them beside only while the program runs. */
export interface LiveView {
  readonly of: (row: JobRow) => Job
  /** Tells of it, too. */
  readonly change: (id: string, change: Partial<Live>) => void
  /** It is in another state: what was known of the one before no longer holds. */
  readonly forget: (id: string) => void
}

/** Makes the view. */
export function createLiveView(
  deps: Parameters<typeof toJob>[2] & {
    readonly table: Pick<JobTable, 'get'>
    readonly onJob: (job: Job) => void
  },
): LiveView {
  const liveById = new Map<string, Live>()
  const liveOf = (id: string) => liveById.get(id) ?? still
  const of = (row: JobRow) => toJob(row, liveOf(row.id), deps)

  return {
    of,
    change(id, change) {
      liveById.set(id, { ...liveOf(id), ...change })
      const row = deps.table.get(id)
      if (row) deps.onJob(of(row))
    },
    forget: (id) => void liveById.delete(id),
  }
}
