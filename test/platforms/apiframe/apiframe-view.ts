import type { Core } from '../core'
import type { Job } from '../jobs'
import type { Plan } from '../plan'

/** The script of an Apiframe job; the first value of each switch is the documented one. */
export interface ApiframePlan extends Plan {
  /** `{videoUrl}` (newer documents), the address alone (older ones), or the shapes of other models (§2.3). */
  readonly resultShape?: 'videoUrl' | 'string' | 'video_url' | 'url' | 'videos' | 'urls' | 'array'
  /** What `progress` says at the next polls, the last for ever; 'missing' leaves the field out (§13, scenario 22). */
  readonly progress?: readonly (number | null | 'missing')[]
}

/** What the list and a single poll tell of the submit's body; optional in the OpenAPI file (§2.3). */
export type InputShown = 'body' | 'null' | 'missing'

const words = { completed: 'COMPLETED', failed: 'FAILED', cancelled: 'CANCELLED' } as const

/** The platform's word for where the job stands. */
export function apiframeStatus(core: Core<ApiframePlan>, job: Job<ApiframePlan>): string {
  const state = core.jobs.stateOf(job)
  return state.kind === 'running' ? state.status : words[state.end]
}

/** The job as `GET /v2/jobs/{id}` and the list tell it (§2.3). */
export function apiframeView(
  core: Core<ApiframePlan>,
  job: Job<ApiframePlan>,
  inputShown: InputShown,
): Readonly<Record<string, unknown>> {
  const state = core.jobs.stateOf(job)
  const done = state.kind === 'ended'
  const completed = done && state.end === 'completed'
  const failed = done && state.end === 'failed'
  const charged = completed || (done && job.plan.billedAnyway === true)
  return {
    id: job.id,
    status: apiframeStatus(core, job),
    model: 'veo-3.1-fast',
    ...progress(core, job),
    ...(completed && !job.plan.withoutUrl ? outcome(core, job) : {}),
    error: failed ? (job.plan.failure?.message ?? 'Generation failed') : null,
    creditCost: charged ? job.charge : null,
    webhookStatus: null,
    createdAt: new Date(job.acceptedAt).toISOString(),
    completedAt: done ? new Date(state.endedAt).toISOString() : null,
    ...input(job, inputShown),
  }
}

/** Null while queued, 0 while it works, 100 at the end (§2.9), unless the plan says otherwise. */
function progress(core: Core<ApiframePlan>, job: Job<ApiframePlan>): { readonly progress?: number | null } {
  const [next, ...rest] = job.plan.progress ?? []
  if (next !== undefined) {
    if (rest.length > 0) job.plan = { ...job.plan, progress: rest }
    return next === 'missing' ? {} : { progress: next }
  }
  const status = apiframeStatus(core, job)
  if (status === 'COMPLETED') return { progress: 100 }
  return { progress: status === 'QUEUED' ? null : 0 }
}

/** The address stays in the answer when the file behind it is purged; `expired` tells it (§2.3). */
function outcome(core: Core<ApiframePlan>, job: Job<ApiframePlan>) {
  const file = core.resultFile(job)
  const result = shaped(job.plan.resultShape ?? 'videoUrl', core.host.link(file))
  return core.host.isGone(file) ? { result, expired: true } : { result }
}

function shaped(shape: NonNullable<ApiframePlan['resultShape']>, url: string): unknown {
  switch (shape) {
    case 'string':
      return url
    case 'array':
      return [url]
    case 'videos':
    case 'urls':
      return { [shape]: [url] }
    case 'videoUrl':
    case 'video_url':
    case 'url':
      return { [shape]: url }
  }
}

function input(job: Job<ApiframePlan>, shown: InputShown): { readonly input?: unknown } {
  switch (shown) {
    case 'body':
      return { input: job.input }
    case 'null':
      return { input: null }
    case 'missing':
      return {}
  }
}
