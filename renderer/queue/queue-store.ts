import { createStore, type StoreApi } from 'zustand'
import type { AppContract } from '../../shared/contract'
import { neededYes } from '../../shared/job'
import type { Job, JobId } from '../../shared/job-schema'
import type { QueueState as EngineQueue } from '../../shared/queue-schema'
import type { Order } from '../composer/ask-store'
import type { Calls } from '../connect'
import type { Check } from './job-facts'
import { jobsInLine } from './queue-order'
import { neighbourOf } from './job-moves'

/** The timeline of a job, and the platform's last answer. */
export type Timeline = Awaited<ReturnType<Client['jobs.timeline']>>

export interface QueueState {
  /** Every job that is not dismissed, by id. */
  readonly jobs: ReadonlyMap<JobId, Job>
  /** The queue as a whole; null until the main process has told. */
  readonly queue: EngineQueue | null
  /** Jobs that were done a moment ago: their cards stay that long. */
  readonly recent: ReadonlySet<JobId>
  /** The card to be brought into view; `times` makes a second wish for the same one news. */
  readonly sought: { readonly id: JobId; readonly times: number } | null
  /** The look-ups that the user asked for; what one found stays for a moment. */
  readonly checks: ReadonlyMap<JobId, Check>
  readonly load: () => Promise<void>
  /** Takes in a job as the main process tells of it; news that is older than what is known is dropped. */
  readonly changed: (job: Job) => void
  readonly dismissed: (id: JobId) => void
  readonly queueChanged: (queue: EngineQueue) => void
  /** A job the user started just now: its clip is shown when it is done. */
  readonly started: (job: Job) => void
  /** Brings a job's card into view. */
  readonly seek: (id: JobId) => void
  readonly cancel: (id: JobId) => Promise<void>
  /** Cancels a waiting job and takes its card away. */
  readonly remove: (id: JobId) => Promise<void>
  /** Runs a job that is at its end again, or asks first. */
  readonly rerun: (id: JobId) => Promise<void>
  readonly dismiss: (id: JobId) => Promise<void>
  readonly setPaused: (id: JobId, paused: boolean) => Promise<void>
  /** Moves a waiting job by one place; nothing happens at the ends. */
  readonly step: (id: JobId, way: 'earlier' | 'later') => Promise<void>
  /** Moves a waiting job before another one, or to the end. */
  readonly move: (id: JobId, before: JobId | null) => Promise<void>
  /** Takes a waiting job out of the queue and into the composer. */
  readonly takeBack: (id: JobId) => Promise<void>
  readonly allow: (id: JobId) => Promise<void>
  readonly check: (id: JobId) => Promise<void>
  readonly fetchAgain: (id: JobId) => Promise<void>
  /** No longer asks for a clip that is not delivered; its record and its charge stay. */
  readonly giveUp: (id: JobId) => Promise<void>
  readonly setAllPaused: (paused: boolean) => Promise<void>
  readonly awayRead: () => Promise<void>
  /** Null when it could not be read (the user is told). */
  readonly timeline: (id: JobId) => Promise<Timeline | null>
}

/** How long the card of a job stays after it is done, milliseconds: enough to read its price. */
export const doneShownMs = 6000

/** How long a card says what a look-up found, milliseconds: a sentence is read in two seconds, and the eye may be elsewhere. */
export const checkShownMs = 10_000

type Client = Calls<keyof AppContract['calls']>

/** The jobs and the queue as the main process tells of them. */
export function createQueueStore(deps: {
  readonly client: Pick<
    Client,
    | 'jobs.list'
    | 'jobs.cancel'
    | 'jobs.rerun'
    | 'jobs.dismiss'
    | 'jobs.setPaused'
    | 'jobs.move'
    | 'jobs.takeBack'
    | 'jobs.allow'
    | 'jobs.check'
    | 'jobs.resolve'
    | 'jobs.fetchAgain'
    | 'jobs.timeline'
    | 'queue.state'
    | 'queue.pause'
    | 'queue.resume'
    | 'queue.awayRead'
  >
  /** The user started a job, or started one again. */
  readonly onStarted: (job: Job) => void
  /** A job changed its state, or is heard of for the first time. */
  readonly onState: (job: Job) => void
  /** Sends an order, asking what must be asked; throws what the call throws. */
  readonly order: (order: Order) => Promise<void>
  /** A waiting job was taken back to be edited. */
  readonly onTakenBack: (job: Job) => void
  readonly later: (run: () => void, ms: number) => void
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
    const drop = (id: JobId) => {
      set(({ jobs }) => ({ jobs: new Map([...jobs].filter(([known]) => known !== id)) }))
    }
    const showDone = ({ id }: Job) => {
      set(({ recent }) => ({ recent: new Set(recent).add(id) }))
      deps.later(
        () => set(({ recent }) => ({ recent: new Set([...recent].filter((known) => known !== id)) })),
        doneShownMs,
      )
    }
    const setCheck = (id: JobId, check: Check | null) =>
      set(({ checks }) => {
        const others = [...checks].filter(([known]) => known !== id)
        return { checks: new Map(check === null ? others : [...others, [id, check] as const]) }
      })
    /** Asks for a change of one job and shows at once what the answer says. */
    const change = (call: () => Promise<Job>) => guarded(async () => get().changed(await call()))
    const changeQueue = (call: () => Promise<EngineQueue>) =>
      guarded(async () => get().queueChanged(await call()))

    return {
      jobs: new Map(),
      queue: null,
      recent: new Set(),
      sought: null,
      checks: new Map(),

      load: () =>
        guarded(async () => {
          const [jobs, queue] = await Promise.all([client['jobs.list'](), client['queue.state']()])
          for (const job of jobs) put(job)
          // What was told while the answer was on its way is newer.
          set((state) => ({ queue: state.queue ?? queue }))
        }),
      changed: (job) => {
        if (!put(job)) return
        if (job.state === 'done') showDone(job)
        deps.onState(job)
      },
      dismissed: drop,
      queueChanged: (queue) => set({ queue }),
      started: (job) => {
        deps.onStarted(job)
        put(job)
        // A short job can be done before the answer to its creation is read.
        const known = get().jobs.get(job.id)
        if (known) deps.onState(known)
      },
      seek: (id) => set(({ sought }) => ({ sought: { id, times: (sought?.times ?? 0) + 1 } })),

      cancel: (id) => change(() => client['jobs.cancel']({ id })),
      remove: (id) =>
        guarded(async () => {
          get().changed(await client['jobs.cancel']({ id }))
          await client['jobs.dismiss']({ id })
          drop(id)
        }),
      rerun: (id) =>
        guarded(async () => {
          const old = get().jobs.get(id)
          if (!old) return
          await deps.order({
            provider: old.provider,
            // The price of then may not be that of now.
            quote: null,
            send: (yes) => client['jobs.rerun']({ id, yes: [...yes] }),
            onCreated: (job) => {
              get().started(job)
              drop(id)
            },
          })
        }),
      dismiss: (id) =>
        guarded(async () => {
          await client['jobs.dismiss']({ id })
          drop(id)
        }),
      setPaused: (id, paused) => change(() => client['jobs.setPaused']({ id, paused })),
      step: async (id, way) => {
        const before = neighbourOf(jobsInLine(get().jobs.values()), id, way)
        if (before !== undefined) await get().move(id, before)
      },
      move: (id, before) => change(() => client['jobs.move']({ id, before })),
      takeBack: (id) =>
        guarded(async () => {
          const job = await client['jobs.takeBack']({ id })
          drop(id)
          deps.onTakenBack(job)
        }),
      allow: (id) =>
        guarded(async () => {
          const job = get().jobs.get(id)
          const to = job && neededYes(job)
          if (to) get().changed(await client['jobs.allow']({ id, to, seen: job.quote }))
        }),
      check: async (id) => {
        if (get().checks.get(id) === 'asking') return
        const before = get().jobs.get(id)?.lookUps ?? 0
        setCheck(id, 'asking')
        try {
          const job = await client['jobs.check']({ id })
          // A search that proves nothing is not counted (`reliability.md`).
          const found = job.lookUps > before ? 'not-there' : 'uncertain'
          setCheck(id, found)
          get().changed(job)
          deps.later(() => {
            if (get().checks.get(id) === found) setCheck(id, null)
          }, checkShownMs)
        } catch (thrown) {
          setCheck(id, null)
          deps.fail(thrown)
        }
      },
      fetchAgain: (id) => change(() => client['jobs.fetchAgain']({ id })),
      giveUp: (id) => change(() => client['jobs.resolve']({ id, resolution: { kind: 'give-up' } })),
      setAllPaused: (paused) => changeQueue(() => client[paused ? 'queue.pause' : 'queue.resume']()),
      awayRead: () => changeQueue(() => client['queue.awayRead']()),
      timeline: async (id) => {
        try {
          return await client['jobs.timeline']({ id })
        } catch (thrown) {
          deps.fail(thrown)
          return null
        }
      },
    }
  })
}
