import { z } from 'zod'
import { json } from '../answer'
import { bytespikeDoor, bytespikeRefusal, type MissingRoute } from './bytespike-answer'
import { createPurse, type Purse } from './bytespike-money'
import { bytespikeAsked, byOutTaskId, byTaskId, type TaskRef } from './bytespike-schema'
import { bytespikeSubmitRoute, outTaskSlot, type SubmitRules } from './bytespike-submit'
import { bytespikeStatus, firstWord, taskView, type BytespikePlan } from './bytespike-view'
import { createCore, type Core, type CoreOptions } from '../core'
import type { Job } from '../jobs'
import { createPlatformHttp, type Call, type PlatformHttp, type Route } from '../server'

/** Key that works when no other is given. */
export const bytespikePracticeKey = 'sk-byts-practice-0123456789abcdef'

/** Largest body on `/v1/tasks/*`, bytes (§4.4: 1 MiB). */
const maxTaskBodyBytes = 1_048_576
/** "Pre-signed URLs valid 24 h" (§4.6), ms. */
const linkTtlMs = 24 * 60 * 60 * 1000
/** Run time of a job, ms: the middle of the page's "20-40s". */
const usualRunMs = 30_000
/** Micro-dollars at the start, as the account always tells a figure: $1,000, enough for any test. */
const usualBalance = 1_000_000_000
/** Unfinished tasks of the largest plan, Max (§4.4). */
const usualConcurrency = 100
/** [ASSUMED]: the documents name no picture types; those a data URI may have. */
const pictureTypes = ['image/png', 'image/jpeg', 'image/webp']

export interface BytespikeOptions extends CoreOptions<BytespikePlan>, Partial<SubmitRules> {
  /** Opens a second door with TLS and HTTP/2. Default no. */
  readonly http2?: boolean
  readonly port?: number
  readonly defaultPlan?: BytespikePlan
  /** Money at the start, micro-dollars. */
  readonly balance?: number
  /** Micro-dollars that the key may spend in five hours (§4.4). Default null, no cap. */
  readonly spendCap?: number | null
  /** Lifetime of a result link, and of the result itself (not documented), ms. Default 24 h, and for ever. */
  readonly linkTtlMs?: number | null
  readonly resultTtlMs?: number | null
  /** Whether seconds that ran before a cancel are billed, then the whole price: they "may" be (§4.6). Default free. */
  readonly runningCancel?: 'free' | 'billed'
  /** What a route is answered that this dialect does not have. Default 404 with a code of its own. */
  readonly missingRoute?: MissingRoute
}

export interface BytespikeServer extends Core<BytespikePlan>, PlatformHttp {}

/** The contract server of ByteSpike, `veo-3.1-fast`: strict by §4 and §4.9 of reference/providers.md. */
export async function createBytespikeServer(options: BytespikeOptions = {}): Promise<BytespikeServer> {
  const rules: SubmitRules = {
    dialect: options.dialect ?? 'A',
    dataUris: options.dataUris ?? 'taken',
    outTaskIdInA: options.outTaskIdInA ?? 'refused',
    times: options.times ?? 'missing',
    duplicateStatus: options.duplicateStatus ?? 409,
    modelInGroup: options.modelInGroup ?? true,
  }
  const balance = options.balance ?? usualBalance
  const maxUnfinished = options.maxUnfinished === undefined ? usualConcurrency : options.maxUnfinished
  const core = await createCore<BytespikePlan>(
    {
      platform: 'bytespike',
      unit: 'microdollar',
      defaultKey: bytespikePracticeKey,
      shares: [
        { status: firstWord(rules.dialect), share: 0.1 },
        { status: 'running', share: 0.9 },
      ],
      defaultPlan: options.defaultPlan ?? {},
      foreignInput: (index) => ({ prompt: `a colleague's job ${index}`, duration_seconds: 4 }),
      pictureTypes,
      linkTtlMs: options.linkTtlMs === undefined ? linkTtlMs : options.linkTtlMs,
      resultTtlMs: options.resultTtlMs ?? null,
      asked: ({ input }) => bytespikeAsked(input),
      deadLinkStatus: 403,
      idPrefix: 'task_',
    },
    { ...options, balance, maxUnfinished, runMs: options.runMs ?? (() => usualRunMs) },
  )
  const { bill, clock, left } = core
  const purse = createPurse({ bill, clock, left, balance, spendCap: options.spendCap ?? null })
  const submit = bytespikeSubmitRoute(core, purse, rules)
  const tasks = taskRoutes(core, rules, options.runningCancel ?? 'free')
  const http = await createPlatformHttp(core, {
    ...options,
    routes: [submit, ...tasks, accountRoute(purse, rules)].map(withBodyLimit),
    authHeader: 'x-api-key',
    keyIn: (header) => (header === '' ? null : header),
    otherAuth: { header: 'authorization', keyIn: (header) => /^Bearer (\S+)$/.exec(header)?.[1] ?? null },
    refuse: bytespikeDoor(options.missingRoute ?? 'route_not_found'),
    headers: purse.headers,
  })
  const close = async () => {
    await http.close()
    await core.close()
  }
  return { ...core, ...http, close }
}

/** Query and cancel, at the addresses and in the form of the dialect (§4.0, §4.6). */
function taskRoutes(
  core: Core<BytespikePlan>,
  rules: SubmitRules,
  runningCancel: 'free' | 'billed',
): readonly Route[] {
  const { clock, jobs, state } = core
  const cancelNow = (job: Job<BytespikePlan>) => {
    if (jobs.stateOf(job).kind === 'ended' || job.plan.ignoresCancel) return
    const queued = bytespikeStatus(core, job) === firstWord(rules.dialect)
    if (!queued && runningCancel === 'billed') job.plan = { ...job.plan, billedAnyway: true }
    job.cancelledAt = clock.now()
  }
  /** A route about one task; `act` is done to it before it is told. */
  const about = (
    place: Pick<Route, 'name' | 'method' | 'path'>,
    ref: z.ZodType<TaskRef>,
    act: (job: Job<BytespikePlan>) => void = () => {},
  ): Route => {
    const idIn = ({ account, params, query, body }: Call): string | null => {
      if (params['id'] !== undefined) return params['id']
      const asked = ref.safeParse(place.method === 'GET' ? query : body.kind === 'json' ? body.value : null)
      if (!asked.success) return null
      if ('task_id' in asked.data) return asked.data.task_id
      return state.idempotency.get(outTaskSlot(account, asked.data.out_task_id))?.jobId ?? ''
    }
    return {
      ...place,
      intent: (call) => jobs.all().find(({ id }) => id === idIn(call))?.intent ?? '',
      answer: (call) => {
        const id = idIn(call)
        if (id === null) return bytespikeRefusal('invalid_param', 'One task must be named, as documented')
        const job = jobs.find(call.account, id)
        if (!job) return bytespikeRefusal('not_found', 'Task not found')
        act(job)
        return json(200, taskView(core, job, rules))
      },
    }
  }

  const asking = { name: 'job', path: '/v1/tasks/query' }
  const cancelling = { name: 'cancel', method: 'POST', path: '/v1/tasks/cancel' } as const
  const cancels = [
    about({ ...cancelling, path: '/v1/tasks/cancel/:id' }, byTaskId, cancelNow),
    about(cancelling, byOutTaskId, cancelNow),
  ]
  switch (rules.dialect) {
    case 'A':
      return [about({ ...asking, method: 'GET' }, byTaskId), ...cancels]
    case 'B':
      return [about({ ...asking, method: 'POST' }, z.union([byTaskId, byOutTaskId])), ...cancels]
    case 'C':
      return [about({ name: 'job', method: 'GET', path: '/v1/videos/tasks/:id' }, byTaskId)]
  }
}

/** Who the key belongs to and what money there is; free (§4.6). */
function accountRoute(purse: Purse, { modelInGroup, dialect }: SubmitRules): Route {
  const model = dialect === 'C' ? 'veo3.1-fast' : 'veo-3.1-fast'
  return {
    name: 'account',
    method: 'GET',
    path: '/api/v1/me/account',
    intent: () => '',
    answer: ({ account }) =>
      json(200, {
        user: { id: account, email: `${account}@example.com` },
        balance: purse.balance(),
        allowed_models: modelInGroup ? [model] : [],
        org: null,
      }),
  }
}

function withBodyLimit(route: Route): Route {
  if (!route.path.startsWith('/v1/tasks/')) return route
  return {
    ...route,
    answer: (call) => {
      const bytes = call.body.kind === 'json' ? Buffer.byteLength(call.body.raw) : 0
      if (bytes <= maxTaskBodyBytes) return route.answer(call)
      return bytespikeRefusal('body_too_large', `Body of ${bytes} bytes is over ${maxTaskBodyBytes}`)
    },
  }
}
