import { dollars } from './bytespike-money'
import type { BytespikeDialect } from './bytespike-schema'
import type { Core } from '../core'
import type { Job } from '../jobs'
import type { Plan } from '../plan'

/** The script of a ByteSpike job; each way in which the vendor's own pages disagree is a switch. */
export interface BytespikePlan extends Plan {
  /** Where the clip and its price stand: dialect A's `result`, B's `output`, C's `result_url` (§4.0). Default the own. */
  readonly resultShape?: 'result' | 'output' | 'result_url'
  /** `error_message` with `error_code`, `error.message`, or `error` as text (§4.3). Default the first. */
  readonly failurePlace?: 'error_message' | 'error-object' | 'error-text'
}

export interface ViewRules {
  readonly dialect: BytespikeDialect
  /** `submitted_at` and `completed_at`, which the sibling pages have and this model's does not (§4.0, §4.2). */
  readonly times: 'missing' | 'shown'
}

/** What the platform expects a clip to take, s: the middle of "20-40s" (page). */
const estimatedSeconds = 30
const ownShape = { A: 'result', B: 'output', C: 'result_url' } as const

/** The first word of a task: the page says `queued`, the utility reference `pending` (§4.0). */
export function firstWord(dialect: BytespikeDialect): string {
  return dialect === 'B' ? 'pending' : 'queued'
}

/** The platform's word for where the task stands. */
export function bytespikeStatus(core: Core<BytespikePlan>, job: Job<BytespikePlan>): string {
  const state = core.jobs.stateOf(job)
  return state.kind === 'running' ? state.status : state.end
}

/** The answer to a submit (§4.0); a task that was made before is told with its present status. */
export function acceptedView(
  job: Job<BytespikePlan>,
  status: string,
  { dialect, times }: ViewRules,
): Readonly<Record<string, unknown>> {
  const estimate = { status, estimated_credits: dollars(job.charge) }
  switch (dialect) {
    case 'A': {
      const submitted_at = new Date(job.acceptedAt).toISOString()
      return { task_id: job.id, ...estimate, ...(times === 'shown' ? { submitted_at } : {}) }
    }
    case 'B':
      return { ...ids(job, dialect), ...estimate, estimated_seconds: estimatedSeconds }
    case 'C':
      return { task_id: job.id }
  }
}

/** The task as a query or a cancel tells it (§4.0, §4.3). */
export function taskView(
  core: Core<BytespikePlan>,
  job: Job<BytespikePlan>,
  { dialect, times }: ViewRules,
): Readonly<Record<string, unknown>> {
  const state = core.jobs.stateOf(job)
  const head = { ...ids(job, dialect), status: bytespikeStatus(core, job) }
  if (state.kind === 'running') return head
  const shape = job.plan.resultShape ?? ownShape[dialect]
  const time = times === 'shown' ? { completed_at: new Date(state.endedAt).toISOString() } : {}
  const ended = { ...head, ...time, ...(job.plan.billedAnyway ? price(job, shape) : {}) }
  switch (state.end) {
    case 'completed':
      return { ...ended, ...outcome(core, job, shape), ...price(job, shape) }
    case 'cancelled':
      return ended
    case 'failed':
      return { ...ended, ...failureText(job) }
  }
}

type Shape = NonNullable<BytespikePlan['resultShape']>

function ids(job: Job<BytespikePlan>, dialect: BytespikeDialect) {
  if (dialect !== 'B') return { task_id: job.id }
  return { task_id: job.id, out_task_id: job.input['out_task_id'] ?? null }
}

function outcome(core: Core<BytespikePlan>, job: Job<BytespikePlan>, shape: Shape) {
  const duration_seconds = job.input['duration_seconds']
  const url = job.plan.withoutUrl ? null : core.host.link(core.resultFile(job))
  switch (shape) {
    case 'result':
      return {
        result: { ...(url === null ? {} : { video_url: url }), duration_seconds, resolution: '720p' },
      }
    case 'output':
      return { output: url === null ? [] : [{ type: 'video', url, duration_seconds }] }
    case 'result_url':
      return { result_url: url }
  }
}

/** No price is documented beside `result_url`. */
function price(job: Job<BytespikePlan>, shape: Shape) {
  switch (shape) {
    case 'result':
      return { credits: dollars(job.charge) }
    case 'output':
      return { credits_used: dollars(job.charge) }
    case 'result_url':
      return {}
  }
}

function failureText({ plan }: Job<BytespikePlan>) {
  const { code, message } = plan.failure ?? { code: 'generation_failed', message: 'Generation failed' }
  switch (plan.failurePlace ?? 'error_message') {
    case 'error_message':
      return { error_message: message, error_code: code }
    case 'error-object':
      return { error: { code, message } }
    case 'error-text':
      return { error: message }
  }
}
