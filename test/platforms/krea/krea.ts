import { z } from 'zod'
import { empty, failure, json } from '../answer'
import { createCore, type Core, type CoreOptions } from '../core'
import type { Job } from '../jobs'
import { kreaAssetRoutes, kreaPictureTypes } from './krea-assets'
import {
  kreaAsked,
  kreaBody,
  kreaBodyWithVideos,
  kreaListQuery,
  kreaPrice,
  kreaStatuses,
} from './krea-schema'
import { kreaStatus, kreaTime, kreaView, microsOf, type KreaPlan } from './krea-view'
import { createPlatformHttp, type Call, type PlatformHttp, type Route } from '../server'
import { upstreamObjection } from '../upstream-rules'

/** Key that works when no other is given. */
export const kreaPracticeKey = 'krea-practice-0123456789abcdef'

export interface KreaOptions extends CoreOptions<KreaPlan> {
  /** Opens a second door with TLS and HTTP/2. Default no. */
  readonly http2?: boolean
  readonly port?: number
  /** Limits "are per plan, not numeric" (§3.4). Default null, no limit. */
  readonly requestsPerMinute?: number | null
  readonly defaultPlan?: KreaPlan
  /** Lifetime of uploads; undocumented (§3.5). Default null, for ever. */
  readonly assetTtlMs?: number | null
  /** Lifetime of a result link and of the result itself; undocumented (§3.6). Default null, for ever. */
  readonly linkTtlMs?: number | null
  readonly resultTtlMs?: number | null
  /** `next_cursor`, or `nextCursor` as in older documents (§3.6). */
  readonly cursorName?: 'next_cursor' | 'nextCursor'
  /** Combinations the schema allows but Google refuses (§6.1): taken as documented, or 400. Default taken. */
  readonly combinations?: 'taken' | 'refused'
  /** An empty prompt fits the schema ("limit unknown", §3.2). Default taken. */
  readonly emptyPrompt?: 'taken' | 'refused'
  /** `start_video` and `end_video` of the 2026-08 copy (§3.2). Default refused, as on the page. */
  readonly videoFields?: 'taken' | 'refused'
}

export interface KreaServer extends Core<KreaPlan>, PlatformHttp {}

/** The contract server of Krea, `google/veo-3.1-fast`: strict by §3 and §3.8 of reference/providers.md. */
export async function createKreaServer(options: KreaOptions = {}): Promise<KreaServer> {
  const core = await createCore<KreaPlan>(
    {
      platform: 'krea',
      unit: 'microdollar',
      defaultKey: kreaPracticeKey,
      // All six words before an end, one after the other (§3.8).
      shares: kreaStatuses.slice(0, 6).map((status) => ({ status, share: 1 / 6 })),
      defaultPlan: options.defaultPlan ?? {},
      foreignInput: (index) => ({
        prompt: `a colleague's job ${index}`,
        kind: index % 2 === 0 ? 'video' : 'image',
      }),
      pictureTypes: kreaPictureTypes,
      linkTtlMs: options.linkTtlMs ?? null,
      resultTtlMs: options.resultTtlMs ?? null,
      asked: ({ input }) => kreaAsked(input),
    },
    options,
  )
  const http = await createPlatformHttp(core, {
    ...options,
    routes: [...kreaRoutes(core, options), ...kreaAssetRoutes(core, options.assetTtlMs ?? null)],
    authHeader: 'authorization',
    keyIn: (header) => /^Bearer (\S+)$/.exec(header)?.[1] ?? null,
    refuse: (status, message) => failure(status, message),
  })
  const close = async () => {
    await http.close()
    await core.close()
  }
  return { ...core, ...http, close }
}

function kreaRoutes(core: Core<KreaPlan>, options: KreaOptions): readonly Route[] {
  const { clock, jobs, record } = core
  const schema = options.videoFields === 'taken' ? kreaBodyWithVideos : kreaBody
  const intentOf = ({ body }: Call) => core.intentOf(promptOf(body.kind === 'json' ? body.value : null), null)
  const intentOfJob = ({ params }: Call) => jobs.all().find(({ id }) => id === params['id'])?.intent ?? ''
  const find = ({ account, params }: Call) => jobs.find(account, params['id'] ?? '')

  const submit = async (call: Call) => {
    if (call.body.kind !== 'json') return failure(415, 'Content-Type must be application/json')
    const parsed = schema.safeParse(call.body.value)
    if (!parsed.success) return failure(400, z.prettifyError(parsed.error))
    const body = parsed.data
    const objection = options.combinations === 'refused' ? upstreamObjection(combinationOf(body)) : null
    if (objection !== null) return failure(400, objection)
    if (options.emptyPrompt === 'refused' && body.prompt === '') return failure(400, 'prompt is empty')
    const webhook = call.headers['x-webhook-url']
    if (webhook !== undefined) {
      if (!z.url().safeParse(webhook).success) return failure(400, 'X-Webhook-URL is not a URL')
      record.violations.push({ rule: 'webhook-asked', detail: webhook })
    }
    const charge = kreaPrice(body)
    if (core.left() < charge) return failure(402, 'You have run out of credits')
    if (core.isFull()) return failure(429, 'Too many concurrent jobs')
    const job = jobs.accept({ account: call.account, intent: intentOf(call), input: body, charge })
    await core.judgePictures(job, picturesOf(body))
    return json(200, kreaView(core, job))
  }

  const list = ({ account, query }: Call) => {
    const asked = kreaListQuery.safeParse(query)
    if (!asked.success) return failure(400, z.prettifyError(asked.error))
    const { cursor, limit, types, status } = asked.data
    const before = cursor === undefined ? Infinity : microsOf(cursor)
    const fitting = jobs.list(account).filter((job) => {
      if (job.createdMicros >= before) return false
      if (types !== undefined && !types.split(',').includes(kindOf(job))) return false
      return status === undefined || kreaStatus(core, job) === status
    })
    const page = fitting.slice(0, limit)
    const last = page.at(-1)
    const next = last && fitting.length > page.length ? kreaTime(last.createdMicros) : null
    return json(200, {
      items: page.map((job) => kreaView(core, job)),
      [options.cursorName ?? 'next_cursor']: next,
    })
  }

  const one = (call: Call) => {
    const job = find(call)
    return job ? json(200, kreaView(core, job)) : failure(404, 'Job not found')
  }

  const cancel = (call: Call) => {
    const job = find(call)
    if (!job || jobs.stateOf(job).kind === 'ended') return failure(404, 'Job not found')
    if (!job.plan.ignoresCancel) job.cancelledAt = clock.now()
    return empty(200)
  }

  const path = '/generate/video/google/veo-3.1-fast'
  return [
    { name: 'submit', method: 'POST', path, paid: true, intent: intentOf, answer: submit },
    { name: 'list', method: 'GET', path: '/jobs', intent: () => '', answer: list },
    { name: 'job', method: 'GET', path: '/jobs/:id', intent: intentOfJob, answer: one },
    { name: 'cancel', method: 'DELETE', path: '/jobs/:id', intent: intentOfJob, answer: cancel },
  ]
}

function promptOf(value: unknown): string {
  const parsed = z.looseObject({ prompt: z.string() }).safeParse(value)
  return parsed.success ? parsed.data.prompt : ''
}

function combinationOf(body: z.infer<typeof kreaBody>) {
  const references = body.reference_images?.length ?? 0
  return {
    first: Boolean(body.start_image),
    last: Boolean(body.end_image),
    references,
    durationS: body.duration,
  }
}

function picturesOf(body: z.infer<typeof kreaBody>): readonly string[] {
  const urls = [body.start_image, body.end_image, ...(body.reference_images ?? [])]
  return urls.filter((url) => typeof url === 'string')
}

/** Jobs of our client make videos; those of colleagues say what they make. */
function kindOf(job: Job<KreaPlan>): string {
  return job.input['kind'] === 'image' ? 'image' : 'video'
}
