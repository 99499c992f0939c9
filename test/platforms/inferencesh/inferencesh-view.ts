import type { Core } from '../core'
import { inferenceshInput } from './inferencesh-schema'
import type { Job } from '../jobs'
import type { Plan } from '../plan'

/** The script of an inference.sh task; the first value of each switch is the documented one of today (§5.5). */
export interface InferenceshPlan extends Plan {
  readonly statusForm?: 'int' | 'word'
  readonly statusText?: 'given' | 'missing'
  /** Today's table, or the older one in which 9, 10, 11 were completed, failed, cancelled. */
  readonly statusTable?: 'sdk' | 'old'
  readonly outputPlace?: 'videos' | 'video' | 'url'
  readonly outputForm?: 'string' | 'uri' | 'url' | 'path'
  /** `output_meta` is promised by the page and stripped today. */
  readonly outputMeta?: 'stripped' | 'given'
  /** A failed task is told as completed, with its error and without an output. */
  readonly failedAs?: 'failed' | 'completed'
  /** A completed task is told as uploading for ever, with its output. */
  readonly staysUploading?: boolean
  /** How long a cancelled task is told as cancelling, ms. Default `usualCancellingMs`. */
  readonly cancellingMs?: number
}

/** What a task list and a poll show as `input`: what was sent, that with the defaults filled in, or nothing. */
export type InferenceshInputShown = 'sent' | 'filled' | 'missing'

/** Long enough that a poll can see it, ms; undocumented. */
const usualCancellingMs = 5000

/** Google's content filter as the app words it (§5.5). */
export const inferenceshBlocked: InferenceshPlan = {
  end: 'failed',
  failure: {
    code: 'content_filter',
    message:
      'Video generation failed: Video was blocked by content filtering (1 filtered): The prompt could not be submitted.',
  },
}

/** A task's way to its end: 1, 2, 3, 4, 7, 9 (§5.10). */
export const inferenceshShares = [
  { status: 'received', share: 0.05 },
  { status: 'queued', share: 0.15 },
  { status: 'dispatched', share: 0.05 },
  { status: 'preparing', share: 0.1 },
  { status: 'running', share: 0.55 },
  { status: 'uploading', share: 0.1 },
]

const shared = { received: 1, queued: 2, dispatched: 3, preparing: 4, serving: 5, setting_up: 6, running: 7 }
const tables: Readonly<Record<'sdk' | 'old', Readonly<Record<string, number>>>> = {
  sdk: { ...shared, cancelling: 8, uploading: 9, completed: 10, failed: 11, cancelled: 12 },
  old: { ...shared, cancelling: 7, uploading: 8, completed: 9, failed: 10, cancelled: 11 },
}

/** A wish to cancel: the task is cancelling for a while, unless it ends before. */
export function cancelInferenceshTask(core: Core<InferenceshPlan>, job: Job<InferenceshPlan>): void {
  if (job.plan.ignoresCancel) return
  job.cancelledAt ??= core.clock.now() + cancellingMs(job)
}

/** `GET /tasks/{id}/status`: three keys and no word beside the integer (§5.5). */
export function lightView(core: Core<InferenceshPlan>, job: Job<InferenceshPlan>) {
  return { id: job.id, status: statusOf(core, job).status, updated_at: isoTime(changedAt(core, job)) }
}

/** The answer of a submit (§5.4). */
export function submitView(core: Core<InferenceshPlan>, job: Job<InferenceshPlan>) {
  return {
    id: job.id,
    short_id: job.id.slice(0, 8),
    ...statusOf(core, job),
    ...outcome(core, job),
    created_at: isoTime(job.acceptedAt),
    updated_at: isoTime(changedAt(core, job)),
  }
}

/** The task as `GET /tasks/{id}` and the list tell it (§5.5). */
export function taskView(
  core: Core<InferenceshPlan>,
  job: Job<InferenceshPlan>,
  inputShown: InferenceshInputShown,
) {
  const lists = { events: [], logs: [], usage_events: [] }
  return { ...submitView(core, job), ...inputOf(job, inputShown), ...lists }
}

function wordOf(core: Core<InferenceshPlan>, job: Job<InferenceshPlan>): string {
  const state = core.jobs.stateOf(job)
  if (state.kind === 'running') return job.cancelledAt === null ? state.status : 'cancelling'
  if (state.end === 'completed' && job.plan.staysUploading) return 'uploading'
  return state.end === 'failed' ? (job.plan.failedAs ?? 'failed') : state.end
}

/** A word that is in no table is told as 0, unknown; a scripted number is told as it is. */
function statusOf(core: Core<InferenceshPlan>, job: Job<InferenceshPlan>) {
  const word = wordOf(core, job)
  const { statusForm = 'int', statusText = 'given', statusTable = 'sdk' } = job.plan
  if (/^\d+$/.test(word)) return { status: Number(word) }
  const status = statusForm === 'word' ? word : (tables[statusTable][word] ?? 0)
  return statusText === 'given' ? { status, status_text: word } : { status }
}

function outcome(core: Core<InferenceshPlan>, job: Job<InferenceshPlan>) {
  const state = core.jobs.stateOf(job)
  if (state.kind === 'running' || state.end === 'cancelled') return { output: null }
  if (state.end === 'completed') return { output: output(core, job) }
  return { output: null, error: job.plan.failure?.message ?? 'Video generation failed: internal error' }
}

function output(core: Core<InferenceshPlan>, job: Job<InferenceshPlan>) {
  const { outputPlace = 'videos', outputForm = 'string', outputMeta = 'stripped' } = job.plan
  const url = job.plan.withoutUrl ? null : core.host.link(core.resultFile(job))
  const value = outputForm === 'string' ? url : { [outputForm]: url }
  const asked = inferenceshInput.safeParse(job.input).data
  const meta = asked && {
    type: 'video',
    seconds: asked.duration,
    resolution: asked.resolution,
    extra: { generate_audio: asked.generate_audio },
  }
  const videos = url === null ? [] : Array.from({ length: asked?.num_videos ?? 1 }, () => value)
  return {
    ...(outputPlace === 'videos' ? { videos } : { [outputPlace]: value }),
    ...(outputMeta === 'given' ? { output_meta: { outputs: videos.map(() => meta) } } : {}),
  }
}

function inputOf(job: Job<InferenceshPlan>, shown: InferenceshInputShown) {
  switch (shown) {
    case 'sent':
      return { input: job.input }
    case 'filled':
      return { input: inferenceshInput.safeParse(job.input).data ?? job.input }
    case 'missing':
      return {}
  }
}

/** When the status became what it is, ms. */
function changedAt(core: Core<InferenceshPlan>, job: Job<InferenceshPlan>): number {
  const state = core.jobs.stateOf(job)
  if (state.kind === 'ended') return state.endedAt
  if (job.cancelledAt !== null) return job.cancelledAt - cancellingMs(job)
  let from = job.acceptedAt
  for (const { lastsMs } of core.jobs.stages(job)) {
    if (core.clock.now() < from + lastsMs) return from
    from += lastsMs
  }
  return from
}

function cancellingMs({ plan }: Job<InferenceshPlan>): number {
  return plan.cancellingMs ?? usualCancellingMs
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}
