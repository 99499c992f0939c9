import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { failure, json } from '../answer'
import { documentedPrice, listedModel, type ApiframePrice } from './apiframe-price'
import { apiframeAsked, apiframeListQuery, apiframeModelsQuery, detailsOf } from './apiframe-schema'
import { apiframeSubmitRoute, type SubmitRules } from './apiframe-submit'
import { apiframePictureTypes, apiframeUploadRoute } from './apiframe-uploads'
import { apiframeStatus, apiframeView, type ApiframePlan, type InputShown } from './apiframe-view'
import { createCore, type Core, type CoreOptions } from '../core'
import { createPlatformHttp, type Call, type PlatformHttp, type Route } from '../server'

/** Key that works when no other is given. */
export const apiframePracticeKey = 'afk_practice_0123456789abcdef'

/** Credits at the start when nothing is said: enough for any test, little enough to be a number (§2.6: int). */
const usualCredits = 1_000_000
/** The result's bytes last 24 h (§2.3), an upload "~1-2 h", of which the shorter is the default (§2.5); ms. */
const resultTtlMs = 24 * 60 * 60 * 1000
const uploadTtlMs = 60 * 60 * 1000

export interface ApiframeOptions extends CoreOptions<ApiframePlan>, Partial<Omit<SubmitRules, 'price'>> {
  /** Opens a second door with TLS and HTTP/2. Default no. */
  readonly http2?: boolean
  readonly port?: number
  /** A third party says 500 (§2.4). Default null, no limit. */
  readonly requestsPerMinute?: number | null
  readonly defaultPlan?: ApiframePlan
  /** Credits at the start; this platform tells them, so there is always a number (§2.6). */
  readonly balance?: number
  readonly price?: ApiframePrice
  readonly resultTtlMs?: number
  readonly uploadTtlMs?: number
  /** Default body: look-up by the listed `input` is how an unknown outcome is found. */
  readonly inputShown?: InputShown
  /** `{models: […]}` or a bare list; undocumented (§2.6). Default the object. */
  readonly modelsShape?: 'object' | 'list'
}

export interface ApiframeServer extends Core<ApiframePlan>, PlatformHttp {
  /** The live price changes from now on. */
  readonly setPrice: (price: ApiframePrice) => void
}

/** The contract server of Apiframe v2, `veo-3.1-fast`: strict by §2 and §2.9 of reference/providers.md. */
export async function createApiframeServer(options: ApiframeOptions = {}): Promise<ApiframeServer> {
  let price = options.price ?? documentedPrice
  const core = await createCore<ApiframePlan>(
    {
      platform: 'apiframe',
      unit: 'credit',
      defaultKey: apiframePracticeKey,
      shares: [
        { status: 'QUEUED', share: 0.1 },
        { status: 'PROCESSING', share: 0.9 },
      ],
      defaultPlan: options.defaultPlan ?? {},
      foreignInput: (index) => ({
        model: 'veo-3.1-fast',
        prompt: `a colleague's job ${index}`,
        veoParams: {},
      }),
      pictureTypes: apiframePictureTypes,
      linkTtlMs: null,
      resultTtlMs: options.resultTtlMs ?? resultTtlMs,
      asked: ({ input }) => apiframeAsked(input),
    },
    { ...options, balance: options.balance ?? usualCredits },
  )
  const { combinations = 'taken', sameBody = 'bytes' } = options
  const http = await createPlatformHttp(core, {
    ...options,
    routes: [
      apiframeSubmitRoute(core, { price: () => price, combinations, sameBody }),
      apiframeUploadRoute(core, options.uploadTtlMs ?? uploadTtlMs),
      ...apiframeReadRoutes(core, options, () => price),
    ],
    authHeader: 'x-api-key',
    keyIn: (header) => (header.startsWith('afk_') ? header : null),
    refuse: (status, message) => failure(status, message),
    headers: () => ({ 'x-request-id': randomUUID() }),
  })
  const close = async () => {
    await http.close()
    await core.close()
  }
  return { ...core, ...http, close, setPrice: (next) => (price = next) }
}

function apiframeReadRoutes(
  core: Core<ApiframePlan>,
  options: ApiframeOptions,
  price: () => ApiframePrice,
): readonly Route[] {
  const { jobs } = core
  const inputShown = options.inputShown ?? 'body'
  const none = () => ''
  const intentOfJob = ({ params }: Call) => jobs.all().find(({ id }) => id === params['id'])?.intent ?? ''

  const one = ({ account, params }: Call) => {
    const id = z.uuid().safeParse(params['id'])
    if (!id.success) return json(400, { error: 'Validation failed', details: { id: ['Invalid uuid'] } })
    const job = jobs.find(account, id.data)
    return job ? json(200, apiframeView(core, job, inputShown)) : failure(404, 'Job not found')
  }

  const list = ({ account, query }: Call) => {
    const asked = apiframeListQuery.safeParse(query)
    if (!asked.success) return json(400, { error: 'Validation failed', details: detailsOf(asked.error) })
    const { status, model, limit, cursor, search, include_models } = asked.data
    const fitting = jobs.list(account).filter((job) => {
      if (model !== undefined && model !== 'veo-3.1-fast') return false
      if (search !== undefined && search !== job.id) return false
      return status === undefined || apiframeStatus(core, job) === status
    })
    const place = cursor === undefined ? '' : Buffer.from(cursor, 'base64url').toString()
    if (cursor !== undefined && !/^\d+$/.test(place)) {
      return json(400, { error: 'Validation failed', details: { cursor: ['Invalid cursor'] } })
    }
    const before = cursor === undefined ? Infinity : Number(place)
    const rest = fitting.filter((job) => job.createdMicros < before)
    const page = rest.slice(0, limit)
    const hasMore = rest.length > page.length
    const last = String(page.at(-1)?.createdMicros ?? 0)
    return json(200, {
      jobs: page.map((job) => apiframeView(core, job, inputShown)),
      nextCursor: hasMore ? Buffer.from(last).toString('base64url') : null,
      hasMore,
      ...(include_models === 'true' ? { models: ['veo-3.1-fast'] } : {}),
    })
  }

  const me = ({ account, headers }: Call) => {
    const prefix = (headers['x-api-key'] ?? '').slice(0, 8)
    const credits = core.left()
    return json(200, {
      user: { id: account, email: `${account}@example.com`, role: 'USER' },
      team: { id: `team-${account}`, name: account, credits, plan: 'practice', customerId: null },
      apiKey: { id: `key-${account}`, name: 'Practice', prefix },
    })
  }

  const models = ({ query }: Call) => {
    const asked = apiframeModelsQuery.safeParse(query)
    if (!asked.success) return json(400, { error: 'Validation failed', details: detailsOf(asked.error) })
    const { modality = 'video' } = asked.data
    const listed = modality === 'video' ? [listedModel(price())] : []
    return json(200, options.modelsShape === 'list' ? listed : { models: listed })
  }

  return [
    { name: 'list', method: 'GET', path: '/v2/jobs', intent: none, answer: list },
    { name: 'job', method: 'GET', path: '/v2/jobs/:id', intent: intentOfJob, answer: one },
    { name: 'account', method: 'GET', path: '/v2/me', intent: none, answer: me },
    { name: 'models', method: 'GET', path: '/v2/models', open: true, intent: none, answer: models },
  ]
}
