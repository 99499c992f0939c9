import type { Report } from '../progress'
import type { TaskFiles } from '../task-files'

/** What a task works with. */
export interface TaskContext {
  readonly files: TaskFiles
  readonly report: Report
  readonly signal: AbortSignal
}
