import type { Job, JobId } from '../../shared/job-schema'

/** How far everything at work is: nothing is, nobody says how far, or 0 to 1 in hundredths. */
export type Progress = 'none' | 'unknown' | number

/** The share of a job's bar that its making fills; the rest is its download, which begins at 0 again. */
const makingShare = 0.9

/** Takes every change of every job and gives the progress of all that run or download. */
export function createProgress(): (job: Pick<Job, 'id' | 'state' | 'progress'>) => Progress {
  /** What ran since nothing did; a finished job stays, or the bar would fall back with each. */
  const fractions = new Map<JobId, number>()
  const active = new Set<JobId>()

  return ({ id, state, progress }) => {
    if (state === 'running' || state === 'downloading') {
      active.add(id)
      fractions.set(
        id,
        state === 'running' ? progress * makingShare : makingShare + progress * (1 - makingShare),
      )
    } else if (active.delete(id)) fractions.set(id, 1)
    if (active.size === 0) {
      fractions.clear()
      return 'none'
    }
    const sum = [...fractions.values()].reduce((total, fraction) => total + fraction, 0)
    return sum === 0 ? 'unknown' : Math.round((sum / fractions.size) * 100) / 100
  }
}
