import type { Core } from '../core'
import type { Job } from '../jobs'
import type { Plan } from '../plan'

/** The script of a Krea job; each way in which the documents disagree or leave room is a switch of its own. */
export interface KreaPlan extends Plan {
  /** `result.urls` as strings [OAS], as `{type,url}`, as a map, or with a still before the clip (§3.3). Default urls. */
  readonly resultShape?: 'urls' | 'typed' | 'map' | 'still-first'
  /** Page 002 has `error` beside `result`; the jobs page has `result.error` (§3.3). Default error. */
  readonly errorPlace?: 'error' | 'result'
  /** Default an object `{code,message}` as on page 002. */
  readonly errorForm?: 'object' | 'string'
}

/** A PNG's first bytes are enough for a preview that nobody should fetch. */
const previewBytes = Buffer.from('89504e470d0a1a0a', 'hex')

/** ISO time with microseconds: no two jobs share one, so that a cursor by time (§3.6) loses none. */
export function kreaTime(micros: number): string {
  const whole = new Date(Math.floor(micros / 1000)).toISOString().slice(0, -1)
  return `${whole}${String(micros % 1000).padStart(3, '0')}Z`
}

/** Microseconds since the epoch of an ISO time with at most six decimals. */
export function microsOf(time: string): number {
  const decimals = /\.(\d+)/.exec(time)?.[1] ?? ''
  const beyondMs = Number(decimals.slice(3, 6).padEnd(3, '0'))
  return Date.parse(time.replace(/(\.\d{3})\d+/, '$1')) * 1000 + beyondMs
}

/** The platform's word for where the job stands. */
export function kreaStatus(core: Core<KreaPlan>, job: Job<KreaPlan>): string {
  const state = core.jobs.stateOf(job)
  return state.kind === 'running' ? state.status : state.end
}

/** The job as submit, poll and list tell it (§3.2, §3.3). */
export function kreaView(core: Core<KreaPlan>, job: Job<KreaPlan>): Readonly<Record<string, unknown>> {
  const state = core.jobs.stateOf(job)
  const head = { job_id: job.id, created_at: kreaTime(job.createdMicros) }
  if (state.kind === 'running') {
    const result = state.status === 'intermediate-complete' ? { urls: [previewLink(core, job)] } : null
    return { ...head, status: state.status, completed_at: null, result }
  }
  const ended = { ...head, status: state.end, completed_at: new Date(state.endedAt).toISOString() }
  switch (state.end) {
    case 'completed':
      return { ...ended, result: job.plan.withoutUrl ? { urls: [] } : { urls: urls(core, job) } }
    case 'cancelled':
      return { ...ended, result: null }
    case 'failed': {
      const { code, message } = job.plan.failure ?? {
        code: 'generation_failed',
        message: 'Generation failed',
      }
      const error = job.plan.errorForm === 'string' ? message : { code, message }
      return job.plan.errorPlace === 'result'
        ? { ...ended, result: { error } }
        : { ...ended, result: null, error }
    }
  }
}

function urls(core: Core<KreaPlan>, job: Job<KreaPlan>): unknown {
  const url = core.host.link(core.resultFile(job))
  switch (job.plan.resultShape ?? 'urls') {
    case 'urls':
      return [url]
    case 'typed':
      return [{ type: 'video', url }]
    case 'map':
      return { video: url }
    case 'still-first':
      return [previewLink(core, job), url]
  }
}

const previews = new WeakMap<Job<KreaPlan>, string>()

/** The decoy of `intermediate-complete`: a still on the result host (§3.8). */
function previewLink(core: Core<KreaPlan>, job: Job<KreaPlan>): string {
  const known = previews.get(job)
  const file = {
    name: 'preview.png',
    contentType: 'image/png',
    source: previewBytes,
    linkTtlMs: null,
    purgeAt: null,
  }
  const fileId = known ?? core.host.add({ ...file, decoy: true })
  previews.set(job, fileId)
  return core.host.link(fileId)
}
