import { z } from 'zod'
import { json, type Answer } from '../answer'
import { createCore, type Core, type CoreOptions } from '../core'
import { createPlatformHttp, type Call, type PlatformHttp, type Route } from '../server'
import { uniallError } from './uniall-error'
import { judgeMedia, uniallPictureTypes } from './uniall-media'
import { uniallPrice } from './uniall-price'
import { uniallAsk, uniallModels, type BodyRules } from './uniall-schema'
import { uniallAccepted, uniallTasksPath, uniallView, type UniallPlan } from './uniall-view'
import { upstreamObjection } from '../upstream-rules'

/** Key that works when no other is given. */
export const uniallPracticeKey = 'sk-uniall-practice-0123456789abcdef'

/** Where each dialect submits (§1.0); the other one's path is not served. */
export const uniallSubmitPaths = {
  generation_mode: '/v1/videos/generations',
  docs: '/v1/video/generations',
} as const

/** When the models came to the gateway, seconds since the epoch: the day of the page (§1). */
const modelsCreated = Date.UTC(2026, 4, 31) / 1000

export interface UniallOptions extends CoreOptions<UniallPlan>, Partial<BodyRules> {
  /** Opens a second door with TLS and HTTP/2. Default no. */
  readonly http2?: boolean
  readonly port?: number
  /** Unknown (§1.5). Default null, no limit. */
  readonly requestsPerMinute?: number | null
  readonly defaultPlan?: UniallPlan
  /** Lifetime of a result link and of the result itself; unknown (§1.5). Default null, for ever. */
  readonly linkTtlMs?: number | null
  readonly resultTtlMs?: number | null
  /** Combinations that the documents allow but Google refuses (§6.1): taken, or 400. Default taken. */
  readonly combinations?: 'taken' | 'refused'
  /** The 404 of a path that is not served: `Not Found`, or with the path in it (undocumented). Default plain. */
  readonly missingRoute?: 'plain' | 'echo'
}

export interface UniallServer extends Core<UniallPlan>, PlatformHttp {}

/** The contract server of UniAll, `veo3.1-fast-video-4k`: strict by §1 and §1.7 of reference/providers.md. */
export async function createUniallServer(options: UniallOptions = {}): Promise<UniallServer> {
  const { dialect = 'generation_mode', durationWithVideo = 'ignored' } = options
  const bodyRules = { dialect, durationWithVideo }
  const core = await createCore<UniallPlan>(
    {
      platform: 'uniall',
      unit: 'microdollar',
      defaultKey: uniallPracticeKey,
      shares: [
        { status: 'queued', share: 0.1 },
        { status: 'in_progress', share: 0.9 },
      ],
      defaultPlan: options.defaultPlan ?? {},
      foreignInput: (index) => ({ model: 'veo3.1-fast-video-4k', prompt: `a colleague's job ${index}` }),
      pictureTypes: uniallPictureTypes,
      linkTtlMs: options.linkTtlMs ?? null,
      resultTtlMs: options.resultTtlMs ?? null,
      asked: ({ input }) => {
        const ask = uniallAsk(input, bodyRules)
        return typeof ask === 'string' ? null : ask
      },
      idPrefix: 'task_',
    },
    options,
  )
  const missing = (path: string) =>
    uniallError(404, options.missingRoute === 'echo' ? `Invalid URL (${path})` : 'Not Found')
  // Known once the door is open. A status link leads to the door in clear, also for who came by TLS.
  const origin = () => http.origin
  const http: PlatformHttp = await createPlatformHttp(core, {
    ...options,
    routes: [submitRoute(core, options, bodyRules, origin), ...readRoutes(core, missing)],
    authHeader: 'authorization',
    keyIn: (header) => /^Bearer (\S+)$/.exec(header)?.[1] ?? null,
    refuse: (status, message) =>
      status === 404 ? missing(message.replace('No route ', '')) : uniallError(status, message),
  })
  const close = async () => {
    await http.close()
    await core.close()
  }
  return { ...core, ...http, close }
}

/** `POST /v1/videos/generations` or `POST /v1/video/generations` (§1.0), by the dialect. */
function submitRoute(
  core: Core<UniallPlan>,
  options: UniallOptions,
  bodyRules: BodyRules,
  origin: () => string,
): Route {
  const intentOf = ({ body }: Call) => core.intentOf(sentOf(body).prompt ?? '', null)

  const submit = async (call: Call) => {
    if (call.body.kind !== 'json') return uniallError(415, 'Content-Type must be application/json')
    const ask = uniallAsk(call.body.value, bodyRules)
    if (typeof ask === 'string') return uniallError(400, ask)
    const objection = options.combinations === 'refused' ? upstreamObjection(ask.combination) : null
    if (objection !== null) return uniallError(400, objection)
    const charge = uniallPrice(ask)
    if (core.left() < charge) return uniallError(402, 'Insufficient balance')
    if (core.isFull()) return uniallError(429, 'Too many concurrent tasks')
    const asked = { account: call.account, intent: intentOf(call), input: sentOf(call.body), charge }
    const job = core.jobs.accept(asked)
    await judgeMedia(core, job, ask)
    return json(200, uniallAccepted(core, job, origin()))
  }
  const path = uniallSubmitPaths[bodyRules.dialect]
  return { name: 'submit', method: 'POST', path, paid: true, intent: intentOf, answer: submit }
}

function readRoutes(core: Core<UniallPlan>, missing: (path: string) => Answer): readonly Route[] {
  const { jobs, rules } = core
  const intentOfJob = ({ params }: Call) => jobs.all().find(({ id }) => id === params['id'])?.intent ?? ''

  /** A poll under a path that serves the job, or under one that does not exist for it. */
  const poll = (path: string, serves: (plan: UniallPlan) => boolean) => (call: Call) => {
    const id = call.params['id'] ?? ''
    const job = jobs.find(call.account, id)
    if (!serves(job?.plan ?? rules.defaultPlan)) return missing(`GET ${path}/${id}`)
    if (job) return json(200, uniallView(core, job))
    return uniallError(404, `Task ${id} not found`, { code: 'task_not_found' })
  }
  const models = () =>
    json(200, {
      object: 'list',
      data: Object.keys(uniallModels).map((id) => ({
        id,
        object: 'model',
        created: modelsCreated,
        owned_by: 'uniall',
      })),
    })

  const atVideos = poll('/v1/videos', ({ pollPath }) => pollPath !== 'tasks')
  const atTasks = poll(uniallTasksPath, (plan) => plan.pollPath === 'tasks' || plan.statusLink !== undefined)
  return [
    { name: 'job', method: 'GET', path: '/v1/videos/:id', intent: intentOfJob, answer: atVideos },
    { name: 'job', method: 'GET', path: `${uniallTasksPath}/:id`, intent: intentOfJob, answer: atTasks },
    { name: 'models', method: 'GET', path: '/v1/models', intent: () => '', answer: models },
  ]
}

/** The body as it was sent; empty when it is no object. */
function sentOf(body: Call['body']) {
  const parsed = z
    .looseObject({ prompt: z.string().optional() })
    .safeParse(body.kind === 'json' ? body.value : null)
  return parsed.success ? parsed.data : {}
}
