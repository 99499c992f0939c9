import { randomUUID } from 'node:crypto'
import type { Bill, BillUnit } from './bill'
import type { Clock } from './clock'
import { stateAt, type JobState, type Plan, type Stage } from './plan'

/** One job of the platform, of our client or of somebody who shares its key. */
export interface Job<P extends Plan> {
  readonly id: string
  /** Whose key made it; other accounts are told 404. */
  readonly account: string
  /** Not submitted by our client: a colleague on the same key (reliability rule 3). */
  readonly foreign: boolean
  readonly intent: string
  /** The parsed body of the submit. */
  readonly input: Readonly<Record<string, unknown>>
  /** In the platform's unit. */
  readonly charge: number
  readonly acceptedAt: number
  /** Microseconds since the epoch, unlike those of every other job: what a cursor by time needs. */
  readonly createdMicros: number
  /** The result's file on the result host. */
  fileId: string | null
  plan: P
  cancelledAt: number | null
  /** The free end is on the bill. */
  refunded: boolean
}

/** All that survives a restart of the platform; hand the same object to the next server. */
export interface PlatformState<P extends Plan> {
  readonly jobs: Job<P>[]
  /** By account and key (§2.2). */
  readonly idempotency: Map<string, { readonly jobId: string; readonly body: string; readonly at: number }>
  /** Uploads by id. */
  readonly uploads: Map<string, Upload>
}

export interface Upload {
  readonly id: string
  readonly account: string
  readonly fileId: string
  readonly answer: Readonly<Record<string, unknown>>
}

/** The memory of a platform that has never run. */
export function createPlatformState<P extends Plan>(): PlatformState<P> {
  return { jobs: [], idempotency: new Map(), uploads: new Map() }
}

export interface Jobs<P extends Plan> {
  readonly accept: (job: Pick<Job<P>, 'account' | 'intent' | 'input' | 'charge'> & AcceptDetails) => Job<P>
  readonly stages: (job: Job<P>) => readonly Stage[]
  readonly stateOf: (job: Job<P>) => JobState
  /** A job that this account may see now. */
  readonly find: (account: string, id: string) => Job<P> | undefined
  /** Every job that this account may see now, newest first. */
  readonly list: (account: string) => readonly Job<P>[]
  /** All jobs, oldest first. */
  readonly all: () => readonly Job<P>[]
  /** The plan for the next jobs whose intent contains the text (any job for ''), so many times. */
  readonly script: (intent: string, plan: P, times?: number) => void
  /** Puts every free end that is due on the bill. */
  readonly settle: () => void
}

interface AcceptDetails {
  readonly foreign?: boolean
  readonly idempotencyKey?: string | null
}

export interface JobsDeps<P extends Plan> {
  readonly platform: string
  readonly unit: BillUnit
  readonly clock: Clock
  readonly bill: Bill
  readonly state: PlatformState<P>
  /** The platform's own stages as shares of the run; they add up to 1. */
  readonly shares: readonly { readonly status: string; readonly share: number }[]
  /** Run time of a job without a plan of its own, ms. */
  readonly runMs: () => number
  /** The plan of a job that no script was made for. */
  readonly defaultPlan: P
  /** What each id begins with. Default nothing. */
  readonly idPrefix?: string
}

/** The platform's jobs. They move by the clock alone: where one stands is worked out whenever somebody asks. */
export function createJobs<P extends Plan>(deps: JobsDeps<P>): Jobs<P> {
  const { clock, bill, state, platform, unit } = deps
  const scripts: { intent: string; plan: P; left: number }[] = []
  const planFor = (intent: string): P => {
    const index = scripts.findIndex((script) => intent.includes(script.intent))
    const script = scripts[index]
    if (!script) return { ...deps.defaultPlan, runMs: deps.defaultPlan.runMs ?? deps.runMs() }
    script.left -= 1
    if (script.left <= 0) scripts.splice(index, 1)
    return { ...deps.defaultPlan, ...script.plan, runMs: script.plan.runMs ?? deps.runMs() }
  }
  const stages = ({ plan }: Job<P>) => plan.stages ?? sharedOut(deps.shares, plan.runMs ?? deps.runMs())
  const stateOf = (job: Job<P>) => stateAt(clock.now(), job, stages(job), job.plan.end ?? 'completed')
  const visible = (job: Job<P>, account: string) =>
    job.account === account && !job.plan.lost && clock.now() >= job.acceptedAt + (job.plan.hiddenForMs ?? 0)
  const settle = () => {
    for (const job of state.jobs) {
      if (job.refunded || job.foreign || job.plan.billedAnyway) continue
      const now = stateOf(job)
      if (now.kind !== 'ended' || now.end === 'completed') continue
      job.refunded = true
      const { intent, id: jobId, charge: amount } = job
      bill.append({
        event: 'refunded',
        platform,
        at: now.endedAt,
        intent,
        idempotencyKey: null,
        jobId,
        unit,
        amount,
      })
    }
  }
  clock.onAdvance(settle)
  return {
    accept: ({ foreign = false, idempotencyKey = null, ...asked }) => {
      const now = clock.now()
      const job: Job<P> = {
        ...asked,
        id: `${deps.idPrefix ?? ''}${randomUUID()}`,
        foreign,
        acceptedAt: now,
        createdMicros: Math.max(now * 1000, (state.jobs.at(-1)?.createdMicros ?? 0) + 1),
        fileId: null,
        plan: foreign ? { ...deps.defaultPlan, runMs: deps.runMs() } : planFor(asked.intent),
        cancelledAt: null,
        refunded: false,
      }
      state.jobs.push(job)
      if (foreign) return job
      const { intent, charge: amount } = asked
      bill.append({
        event: 'accepted',
        platform,
        at: now,
        intent,
        idempotencyKey,
        jobId: job.id,
        unit,
        amount,
      })
      return job
    },
    stages,
    stateOf,
    find: (account, id) => state.jobs.find((job) => job.id === id && visible(job, account)),
    list: (account) => state.jobs.filter((job) => visible(job, account)).toReversed(),
    all: () => state.jobs,
    script: (intent, plan, times = 1) => void scripts.push({ intent, plan, left: times }),
    settle,
  }
}

/** Stages that end on whole milliseconds and add up to the run exactly. */
function sharedOut(
  shares: readonly { readonly status: string; readonly share: number }[],
  runMs: number,
): Stage[] {
  let share = 0
  let before = 0
  return shares.map((part) => {
    share += part.share
    const until = Math.round(share * runMs)
    const lastsMs = until - before
    before = until
    return { status: part.status, lastsMs }
  })
}
