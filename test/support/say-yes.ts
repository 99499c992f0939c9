import type { Commands } from '../../electron/jobs/commands'
import { neededYes } from '../../shared/job'
import type { Job } from '../../shared/job-schema'

/** The user's yes to what the job's card asks; to passing a cap where nothing has judged the job yet. */
export function sayYes(commands: Pick<Commands, 'list' | 'allow'>, id: string): Job {
  const job = commands.list().find((listed) => listed.id === id)
  if (!job) throw new Error(`no job ${id}`)
  return commands.allow(id, neededYes(job) ?? 'budget', job.quote)
}
