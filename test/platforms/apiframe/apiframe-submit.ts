import { createHash } from 'node:crypto'
import { z } from 'zod'
import { failure, json, type Answer } from '../answer'
import { creditsFor, type ApiframePrice } from './apiframe-price'
import { apiframeBody, detailsOf, type VeoParams } from './apiframe-schema'
import { apiframeStatus, type ApiframePlan } from './apiframe-view'
import type { Core } from '../core'
import type { Call, Route } from '../server'
import { upstreamObjection } from '../upstream-rules'

/** Same key within 24 h returns the original job, ms (§2.2). */
const idempotencyMs = 24 * 60 * 60 * 1000
/** Longest idempotency key, characters (§2.2). */
const maxKeyLength = 255

export interface SubmitRules {
  readonly price: () => ApiframePrice
  /** Which combinations are refused is unknown (§2.2): taken, or 400 by Google's rules (§6.1). */
  readonly combinations: 'taken' | 'refused'
  /** What "the same body" means is undocumented: the same bytes (the stricter reading), or the same JSON value. */
  readonly sameBody: 'bytes' | 'json'
}

/** `POST /v2/videos/generate` (§2.2): 202 with exactly two keys, idempotent by its header. */
export function apiframeSubmitRoute(core: Core<ApiframePlan>, rules: SubmitRules): Route {
  const { clock, jobs, state, record } = core
  const intentOf = (call: Call) => core.intentOf(promptOf(call), keyOf(call))
  const told = (jobId: string) => {
    const job = jobs.all().find(({ id }) => id === jobId)
    return json(202, { jobId, status: job ? apiframeStatus(core, job) : 'QUEUED' })
  }
  /** The answer to a key that has been used, or null when the submit is a new one. */
  const replay = (slot: string, body: string): Answer | null => {
    const earlier = state.idempotency.get(slot)
    if (!earlier || clock.now() - earlier.at >= idempotencyMs) return null
    if (earlier.body !== body) return failure(409, 'Idempotency-Key was used with a different request body')
    return told(earlier.jobId)
  }

  const submit = async (call: Call) => {
    const key = keyOf(call)
    if (call.body.kind !== 'json') return failure(415, 'Content-Type must be application/json')
    if (key !== null && (key === '' || key.length > maxKeyLength))
      return failure(400, 'Idempotency-Key is too long')
    const parsed = apiframeBody.safeParse(call.body.value)
    if (!parsed.success) return json(400, { error: 'Validation failed', details: detailsOf(parsed.error) })
    const { prompt, model, veoParams, webhookUrl } = parsed.data
    const objection = rules.combinations === 'refused' ? upstreamObjection(combinationOf(veoParams)) : null
    if (objection !== null)
      return json(400, { error: 'Validation failed', details: { veoParams: [objection] } })
    const body = rules.sameBody === 'bytes' ? call.body.raw : canonical(call.body.value)
    const hash = createHash('sha256').update(body).digest('hex')
    const slot = key === null ? null : `${call.account} ${key}`
    const earlier = slot === null ? null : replay(slot, hash)
    if (earlier) return earlier
    if (webhookUrl !== undefined) record.violations.push({ rule: 'webhook-asked', detail: webhookUrl })
    const charge = creditsFor(rules.price(), veoParams)
    const left = core.left()
    if (left < charge) {
      return json(402, { error: 'Insufficient credits', creditsRequired: charge, creditsAvailable: left })
    }
    if (core.isFull()) return failure(429, 'Too many requests', 30)
    const asked = { account: call.account, intent: intentOf(call), charge, idempotencyKey: key }
    // What was sent, not what defaults made of it: that is what a client can compare with its own.
    const job = jobs.accept({ ...asked, input: sentOf(call.body.value) ?? { prompt, model, veoParams } })
    if (slot !== null) state.idempotency.set(slot, { jobId: job.id, body: hash, at: clock.now() })
    await core.judgePictures(job, picturesOf(veoParams))
    return json(202, { jobId: job.id, status: 'QUEUED' })
  }
  return {
    name: 'submit',
    method: 'POST',
    path: '/v2/videos/generate',
    paid: true,
    intent: intentOf,
    answer: submit,
  }
}

function keyOf({ headers }: Call): string | null {
  return headers['idempotency-key'] ?? null
}

function promptOf({ body }: Call): string {
  const parsed = z.looseObject({ prompt: z.string() }).safeParse(body.kind === 'json' ? body.value : null)
  return parsed.success ? parsed.data.prompt : ''
}

function sentOf(value: unknown): Readonly<Record<string, unknown>> | null {
  const parsed = z.record(z.string(), z.unknown()).safeParse(value)
  return parsed.success ? parsed.data : null
}

/** The JSON value with its keys in order, so that two spellings of one value are one text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    const object = Array.isArray(part) ? null : sentOf(part)
    return object ? Object.fromEntries(Object.entries(object).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part
  })
}

function combinationOf({ image, last_frame, reference_images, duration }: VeoParams) {
  const references = reference_images?.length ?? 0
  return { first: image !== undefined, last: last_frame !== undefined, references, durationS: duration }
}

function picturesOf({ image, last_frame, reference_images }: VeoParams): readonly string[] {
  return [image, last_frame, ...(reference_images ?? [])].filter((url) => url !== undefined)
}
