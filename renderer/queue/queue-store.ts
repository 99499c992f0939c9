import { createStore, type StoreApi } from 'zustand'
import type { Job, JobId } from '../../shared/job-schema'
import type { Calls } from '../connect'

export interface QueueState {
  /** Every job that is not dismissed, by id. */
  readonly jobs: ReadonlyMap<JobId, Job>
  readonly load: () => Promise<void>
  /** Takes in a job as the main process tells of it; news that is older than what is known is dropped. */
  readonly changed: (job: Job) => void
  readonly dismissed: (id: JobId) => void
  /** A job the user started just now: its clip is shown when it is done. */
  readonly started: (job: Job) => void
  readonly cancel: (id: JobId) => Promise<void>
  readonly rerun: (id: JobId) => Promise<void>
  readonly dismiss: (id: JobId) => Promise<void>
}

/** The jobs as the main process tells of them. */
export function createQueueStore(deps: {
  readonly client: Calls<'jobs.list' | 'jobs.cancel' | 'jobs.rerun' | 'jobs.dismiss'>
  /** The user started a job, or started one again. */
  readonly onStarted: (job: Job) => void
  /** A job changed its state, or is heard of for the first time. */
  readonly onState: (job: Job) => void
  readonly fail: (thrown: unknown) => void
}): StoreApi<QueueState> {
  const { client } = deps

  return createStore<QueueState>((set, get) => {
    const guarded = async (work: () => Promise<void>) => {
      try {
        await work()
      } catch (thrown) {
        deps.fail(thrown)
      }
    }
    const put = (job: Job): boolean => {
      const known = get().jobs.get(job.id)
      if (known && known.updatedAt > job.updatedAt) return false
      set(({ jobs }) => ({ jobs: new Map(jobs).set(job.id, job) }))
      return known?.state !== job.state
    }
    const remove = (id: JobId) => {
      set(({ jobs }) => ({ jobs: new Map([...jobs].filter(([known]) => known !== id)) }))
    }

    return {
      jobs: new Map(),
      load: () =>
        guarded(async () => {
          for (const job of await client['jobs.list']()) put(job)
        }),
      changed: (job) => {
        if (put(job)) deps.onState(job)
      },
      dismissed: remove,
      started: (job) => {
        deps.onStarted(job)
        put(job)
        // A short job can be done before the answer to its creation is read.
        const known = get().jobs.get(job.id)
        if (known) deps.onState(known)
      },
      cancel: (id) => guarded(async () => get().changed(await client['jobs.cancel']({ id }))),
      rerun: (id) =>
        guarded(async () => {
          get().started(await client['jobs.rerun']({ id }))
          remove(id)
        }),
      dismiss: (id) =>
        guarded(async () => {
          await client['jobs.dismiss']({ id })
          remove(id)
        }),
    }
  })
}
