import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { json, type Answer } from '../answer'
import { bytespikeRefusal } from './bytespike-answer'
import { bytespikePrice, type Purse } from './bytespike-money'
import { bytespikeBody, marksOf, type Asked, type BodyRules } from './bytespike-schema'
import {
  acceptedView,
  bytespikeStatus,
  firstWord,
  type BytespikePlan,
  type ViewRules,
} from './bytespike-view'
import type { Core } from '../core'
import type { Call, Route } from '../server'

export interface SubmitRules extends BodyRules, ViewRules {
  /** The same `out_task_id` for something else: 409, or 400 as another page files it (§4.4). */
  readonly duplicateStatus: 409 | 400
  /** Whether the key's group has the model; if not, 403 (§4.4). */
  readonly modelInGroup: boolean
}

/** The slot of a client's own task id among all accounts'. */
export function outTaskSlot(account: string, outTaskId: string): string {
  return `${account} ${outTaskId}`
}

/** `POST /v1/tasks/submit`, in dialect C `POST /v1/videos/generations` (§4.0). */
export function bytespikeSubmitRoute(core: Core<BytespikePlan>, purse: Purse, rules: SubmitRules): Route {
  const { clock, jobs, state, record } = core
  const { dialect } = rules
  const schema = bytespikeBody(rules)
  const marks = ({ body }: Call) => marksOf(body.kind === 'json' ? body.value : null)
  const intentOf = (call: Call) => core.intentOf(marks(call).prompt, marks(call).outTaskId)

  /** The answer to an own id that has been used, or null when the submit is a new one. */
  const replay = (slot: string, asked: Asked): Answer | null => {
    const earlier = state.idempotency.get(slot)
    const job = jobs.all().find(({ id }) => id === earlier?.jobId)
    if (!earlier || !job) return null
    if (isDeepStrictEqual(JSON.parse(earlier.body), JSON.parse(contentOf(asked)))) {
      return json(200, acceptedView(job, bytespikeStatus(core, job), rules))
    }
    const message = 'out_task_id was used for another task'
    return bytespikeRefusal('duplicate_out_task_id', message, rules.duplicateStatus)
  }

  const submit = async (call: Call) => {
    if (call.body.kind !== 'json') return bytespikeRefusal('invalid_param', 'a JSON body is required')
    const parsed = schema.safeParse(call.body.value)
    if (!parsed.success) return objection(parsed.error, call.body.value, rules)
    const asked = parsed.data
    const { account } = call
    if (!rules.modelInGroup)
      return bytespikeRefusal('model_not_in_group', `${asked.model} is not in your group`)
    if (asked.prompt.includes('#unsafe')) {
      return bytespikeRefusal('content_blocked', 'The prompt was blocked by upstream safety')
    }
    const slot = asked.outTaskId === undefined ? null : outTaskSlot(account, asked.outTaskId)
    const earlier = slot === null ? null : replay(slot, asked)
    if (earlier) return earlier
    if (asked.callbackUrl !== undefined) {
      record.violations.push({ rule: 'webhook-asked', detail: asked.callbackUrl })
    }
    const charge = bytespikePrice(dialect, asked.durationS)
    if (core.left() < charge) return bytespikeRefusal('insufficient_balance', 'Insufficient balance')
    if (purse.capLeft() < charge) return bytespikeRefusal('quota_exceeded', 'Spend cap of this key reached')
    if (core.isFull()) return bytespikeRefusal('concurrency_limit', 'Too many tasks at the same time')
    const { model, params, outTaskId } = asked
    const input = { model, ...params, ...(outTaskId === undefined ? {} : { out_task_id: outTaskId }) }
    const idempotencyKey = outTaskId ?? null
    const job = jobs.accept({ account, intent: intentOf(call), input, charge, idempotencyKey })
    const body = contentOf(asked)
    if (slot !== null) state.idempotency.set(slot, { jobId: job.id, body, at: clock.now() })
    await core.judgePictures(job, asked.picture === undefined ? [] : [asked.picture])
    return json(200, acceptedView(job, firstWord(dialect), rules))
  }
  return {
    name: 'submit',
    method: 'POST',
    path: dialect === 'C' ? '/v1/videos/generations' : '/v1/tasks/submit',
    paid: true,
    idempotencyKey: (call) => marks(call).outTaskId,
    intent: intentOf,
    answer: submit,
  }
}

/** What the same `out_task_id` may be used for again: "same model+params" (§4.6). */
function contentOf({ model, params }: Asked): string {
  return JSON.stringify({ model, params })
}

function objection(error: z.ZodError, value: unknown, { dialect }: BodyRules): Answer {
  const named = z.looseObject({ model: z.string() }).safeParse(value).success
  const otherModel = named && error.issues.some(({ path }) => path[0] === 'model')
  const hint = dialect === 'B' ? '\nThe body is { model, params, out_task_id? }' : ''
  return bytespikeRefusal(otherModel ? 'model_not_found' : 'invalid_param', z.prettifyError(error) + hint)
}
