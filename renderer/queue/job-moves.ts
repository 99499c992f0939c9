import type { Job, JobId } from '../../shared/job-schema'

/**
 * The job that another must come to stand before, to be one place earlier or later in line; null is the end, undefined
 * when it cannot go further.
 */
export function neighbourOf(
  line: readonly Pick<Job, 'id'>[],
  id: JobId,
  way: 'earlier' | 'later',
): JobId | null | undefined {
  const index = line.findIndex((job) => job.id === id)
  if (index === -1) return undefined
  if (way === 'earlier') return line[index - 1]?.id
  return index === line.length - 1 ? undefined : (line[index + 2]?.id ?? null)
}

/**
 * The job that a dragged one must come to stand before when it is dropped beside another; null is the end, undefined
 * when it stands there already.
 */
export function dropBefore(
  line: readonly Pick<Job, 'id'>[],
  moved: JobId,
  target: { readonly id: JobId; readonly edge: 'before' | 'after' },
): JobId | null | undefined {
  const others = line.filter(({ id }) => id !== moved)
  const index = others.findIndex(({ id }) => id === target.id)
  if (index === -1) return undefined
  const place = target.edge === 'before' ? index : index + 1
  if (line[place]?.id === moved) return undefined
  return others[place]?.id ?? null
}
