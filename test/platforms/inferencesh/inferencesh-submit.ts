import { z } from 'zod'
import type { Core } from '../core'
import type { InferenceshAnswers } from './inferencesh-answer'
import { judgeInputFiles } from './inferencesh-files'
import {
  inferenceshApp,
  inferenceshInput,
  inferenceshPrice,
  inferenceshRun,
  type InferenceshInput,
  type InferenceshRates,
} from './inferencesh-schema'
import { submitView, type InferenceshPlan } from './inferencesh-view'
import type { Job } from '../jobs'
import type { Call, Route } from '../server'

export interface SubmitOptions {
  /** `POST /apps/run`, or the page's path with the input at the top level (§5.2); the other one is 404. */
  readonly submitPath: 'apps-run' | 'page'
  readonly rates: InferenceshRates
  readonly maxUnfinished: number | null
}

/** The submit (§5.2 to §5.4); `wait` is taken and changes nothing, the answer always comes at once. */
export function inferenceshSubmitRoute(
  core: Core<InferenceshPlan>,
  { ok, problem }: InferenceshAnswers,
  { submitPath, rates, maxUnfinished }: SubmitOptions,
): Route {
  const isPage = submitPath === 'page'
  const run = isPage
    ? z.record(z.string(), z.unknown()).transform((input) => ({ app: inferenceshApp, input }))
    : inferenceshRun
  const intentOf = ({ body }: Call) => core.intentOf(promptOf(body.kind === 'json' ? body.value : null), null)

  const submit = async (call: Call) => {
    if (call.body.kind !== 'json') return problem(415, 'Content-Type must be application/json')
    const asked = run.safeParse(call.body.value)
    if (!asked.success) return problem(400, z.prettifyError(asked.error))
    if (asked.data.app !== inferenceshApp) return problem(404, `App ${asked.data.app} not found`)
    const parsed = inferenceshInput.safeParse(asked.data.input)
    if (!parsed.success) return problem(400, z.prettifyError(parsed.error))
    const input = parsed.data
    if (input.num_videos > 1) {
      core.record.violations.push({ rule: 'several-videos-asked', detail: String(input.num_videos) })
    }
    const charge = inferenceshPrice(rates, input)
    if (core.left() < charge) return problem(402, 'Insufficient balance')
    const freeAt = core.isFull() ? whenFree(core, maxUnfinished ?? Infinity) : null
    // What was sent, not what defaults made of it: that is what a client can compare with its own.
    const sent = asked.data.input
    const job = core.jobs.accept({ account: call.account, intent: intentOf(call), input: sent, charge })
    const refusal = (await judgeInputFiles(core, job, input)) ?? upstreamRefusal(input)
    if (refusal !== null) failInRun(core, job, refusal)
    if (freeAt !== null) {
      const queued = { status: 'queued', lastsMs: freeAt - job.acceptedAt }
      job.plan = { ...job.plan, stages: [queued, ...core.jobs.stages(job)] }
    }
    return ok(submitView(core, job))
  }
  const path = isPage ? `/v1/apps/${inferenceshApp}/run` : '/apps/run'
  return { name: 'submit', method: 'POST', path, paid: true, intent: intentOf, answer: submit }
}

/** Fits the app's schema and not Google's (§5.3). */
function upstreamRefusal({ duration, video }: InferenceshInput): string | null {
  if (video || duration % 2 === 0) return null
  return `Unsupported output video duration ${duration} seconds, supported durations are [4,6,8]`
}

/** The task starts as if all were well and fails, free of charge, when the app has loaded its files. */
function failInRun(core: Core<InferenceshPlan>, job: Job<InferenceshPlan>, why: string): void {
  const stages = core.jobs.stages(job)
  const until = stages.findIndex(({ status }) => status === 'preparing') + 1
  const failure = { code: 'invalid_argument', message: `Video generation failed: ${why}` }
  job.plan = { ...job.plan, stages: stages.slice(0, until), end: 'failed', failure, billedAnyway: false }
}

/** Over the limit tasks stay queued (§5.7): when enough of the unfinished ones are through by their plans, ms. */
function whenFree(core: Core<InferenceshPlan>, limit: number): number {
  const running = core.jobs
    .all()
    .filter((job) => !job.foreign && core.jobs.stateOf(job).kind === 'running')
    .map((job) => core.jobs.stages(job).reduce((at, { lastsMs }) => at + lastsMs, job.acceptedAt))
    .toSorted((a, b) => a - b)
  return running[running.length - limit] ?? core.clock.now()
}

/** The prompt in the input, or at the top level as on the page. */
function promptOf(value: unknown): string {
  const holder = z.looseObject({ prompt: z.string() })
  const inner = z.looseObject({ input: holder }).safeParse(value)
  return (inner.data?.input ?? holder.safeParse(value).data)?.prompt ?? ''
}
