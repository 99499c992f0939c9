import type { Core } from '../core'
import type { Job } from '../jobs'
import type { Plan } from '../plan'

/** The script of a UniAll job; the first value of each switch is the one nearest to the documents. */
export interface UniallPlan extends Plan {
  /** The submit's answer is undocumented (§1.4): which fields carry the id. Default both, as in the strict rules (§1.7). */
  readonly submitShape?: 'both' | 'id' | 'task_id' | 'data.id' | 'data.task_id'
  /**
   * The submit's answer also says where to poll, at `/v1/tasks/{id}`, which is then served; `foreign` names the result
   * host instead, which must never see a key. Default no such field.
   */
  readonly statusLink?: {
    readonly field: 'status_url' | 'poll_url' | 'urls.get'
    readonly origin: 'own' | 'foreign'
  }
  /** `GET /v1/videos/{id}` (§1.4), or `GET /v1/tasks/{id}` alone, as a tag of the OpenAPI file hints. */
  readonly pollPath?: 'videos' | 'tasks'
  /** `video_url`, `result.video_url` and `result.outputs` together (§1.4), or one of them alone. Default all. */
  readonly resultShape?: 'all' | 'video_url' | 'result.video_url' | 'result.outputs'
  /** `error` is null until it is something unknown (§1.4). Default an object `{code,message}`. */
  readonly errorForm?: 'object' | 'string'
  /** What `progress` says at the next polls, the last for ever; 'missing' leaves the field out (§13, scenario 22). */
  readonly progress?: readonly (number | null | 'missing')[]
}

/** The path under which a job is polled besides, or instead of, the documented one. */
export const uniallTasksPath = '/v1/tasks'

/** The answer to an accepted submit (§1.7). */
export function uniallAccepted(
  core: Core<UniallPlan>,
  job: Job<UniallPlan>,
  origin: string,
): Readonly<Record<string, unknown>> {
  const head = { status: 'queued', object: 'video.generation.job' }
  const link = statusLink(core, job, origin)
  switch (job.plan.submitShape ?? 'both') {
    case 'both':
      return { id: job.id, task_id: job.id, ...head, ...link }
    case 'id':
      return { id: job.id, ...head, ...link }
    case 'task_id':
      return { task_id: job.id, ...head, ...link }
    case 'data.id':
      return { code: 'success', data: { id: job.id, ...head }, ...link }
    case 'data.task_id':
      return { code: 'success', data: { task_id: job.id, ...head }, ...link }
  }
}

function statusLink(core: Core<UniallPlan>, job: Job<UniallPlan>, origin: string) {
  if (!job.plan.statusLink) return {}
  const { field, origin: whose } = job.plan.statusLink
  const url = `${whose === 'own' ? origin : core.host.origin}${uniallTasksPath}/${job.id}`
  return field === 'urls.get' ? { urls: { get: url } } : { [field]: url }
}

/** The job as a poll tells it (§1.4). */
export function uniallView(core: Core<UniallPlan>, job: Job<UniallPlan>): Readonly<Record<string, unknown>> {
  const state = core.jobs.stateOf(job)
  const until = state.kind === 'ended' ? state.endedAt : core.clock.now()
  return {
    id: job.id,
    task_id: job.id,
    object: 'video.generation.job',
    model: job.input['model'],
    prompt: job.input['prompt'] ?? '',
    status: state.kind === 'running' ? state.status : state.end,
    ...progress(job, state.kind === 'ended' && state.end === 'completed' ? 100 : 0),
    // The time the task has taken so far, not the clip's length (§1.4); seconds.
    duration: Math.floor((until - job.acceptedAt) / 1000),
    created_at: Math.floor(job.acceptedAt / 1000),
    metadata: {},
    video_url: null,
    thumbnail_url: null,
    error: state.kind === 'ended' && state.end === 'failed' ? failureOf(job) : null,
    result: null,
    ...(state.kind === 'ended' && state.end === 'completed' ? outcome(core, job) : {}),
  }
}

function progress(job: Job<UniallPlan>, usual: number): { readonly progress?: number | null } {
  const [next, ...rest] = job.plan.progress ?? []
  if (next === undefined) return { progress: usual }
  if (rest.length > 0) job.plan = { ...job.plan, progress: rest }
  return next === 'missing' ? {} : { progress: next }
}

function failureOf({ plan }: Job<UniallPlan>): unknown {
  const { code, message } = plan.failure ?? { code: 'generation_failed', message: 'Generation failed' }
  return plan.errorForm === 'string' ? message : { code, message }
}

function outcome(core: Core<UniallPlan>, job: Job<UniallPlan>): Readonly<Record<string, unknown>> {
  if (job.plan.withoutUrl) return { result: { outputs: [], video_url: null } }
  const url = core.host.link(core.resultFile(job))
  switch (job.plan.resultShape ?? 'all') {
    case 'all':
      return { video_url: url, result: { outputs: [url], video_url: url } }
    case 'video_url':
      return { video_url: url }
    case 'result.video_url':
      return { result: { video_url: url } }
    case 'result.outputs':
      return { result: { outputs: [url] } }
  }
}
