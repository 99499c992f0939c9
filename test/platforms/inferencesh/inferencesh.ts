import { createCore, type Core, type CoreOptions } from '../core'
import { inferenceshAccountRoutes, type AccountOptions } from './inferencesh-account'
import { createInferenceshAnswers, type InferenceshEnvelope } from './inferencesh-answer'
import { inferenceshFileRoute, inferenceshPictureTypes, type FileOptions } from './inferencesh-files'
import { createInferenceshLimits, type LimitOptions } from './inferencesh-limits'
import { inferenceshAsked, inferenceshPageRates, type InferenceshRates } from './inferencesh-schema'
import { inferenceshSubmitRoute, type SubmitOptions } from './inferencesh-submit'
import { inferenceshTaskRoutes } from './inferencesh-tasks'
import { inferenceshShares, type InferenceshInputShown, type InferenceshPlan } from './inferencesh-view'
import { createPlatformHttp, type PlatformHttp } from '../server'

/** Key that works when no other is given. */
export const inferenceshPracticeKey = 'inf_practice_0123456789abcdef'

/** A million dollars in micro-dollars: enough for any test, and its microcents are still an exact number. */
const usualBalance = 1_000_000_000_000

export interface InferenceshOptions extends CoreOptions<InferenceshPlan>, FileOptions, LimitOptions {
  /** Opens a second door with TLS and HTTP/2. Default no. */
  readonly http2?: boolean
  readonly port?: number
  /** All requests of an account together, beside `rateLimits`. Default null, no limit. */
  readonly requestsPerMinute?: number | null
  readonly defaultPlan?: InferenceshPlan
  /** Micro-dollars at the start; this platform tells them, so there is always a number (§5.7). */
  readonly balance?: number
  /** Default apps-run. */
  readonly submitPath?: SubmitOptions['submitPath']
  /** Default data, as today. */
  readonly envelope?: InferenceshEnvelope
  /** Default sent: look-up by the listed `input` is how an unknown outcome is found. */
  readonly inputShown?: InferenceshInputShown
  /** Default granted. */
  readonly billingScope?: AccountOptions['billingScope']
  /** Default exact. */
  readonly estimate?: AccountOptions['estimate']
  /** What is charged and estimated. Default the page's table. */
  readonly rates?: InferenceshRates
  /** Lifetime of a result link and of the result itself; undocumented (§5.7). Default null, for ever. */
  readonly linkTtlMs?: number | null
  readonly resultTtlMs?: number | null
}

export interface InferenceshServer extends Core<InferenceshPlan>, PlatformHttp {}

/** The contract server of inference.sh, app `google/veo-3-1-fast`: strict by §5 and §5.10 of reference/providers.md. */
export async function createInferenceshServer(options: InferenceshOptions = {}): Promise<InferenceshServer> {
  const core: Core<InferenceshPlan> = await createCore<InferenceshPlan>(
    {
      platform: 'inferencesh',
      unit: 'microdollar',
      defaultKey: inferenceshPracticeKey,
      shares: inferenceshShares,
      defaultPlan: options.defaultPlan ?? {},
      foreignInput: (index) => ({ prompt: `a colleague's job ${index}`, duration: 8 }),
      pictureTypes: inferenceshPictureTypes,
      linkTtlMs: options.linkTtlMs ?? null,
      resultTtlMs: options.resultTtlMs ?? null,
      asked: ({ id, input }) =>
        inferenceshAsked(
          input,
          core.record.pictures.filter(({ jobId }) => jobId === id),
        ),
    },
    { ...options, balance: options.balance ?? usualBalance },
  )
  const answers = createInferenceshAnswers(options.envelope ?? 'data')
  const limited = createInferenceshLimits(core.clock, answers, options)
  const tasks = inferenceshTaskRoutes(core, answers, options.inputShown ?? 'sent')
  const { rates = inferenceshPageRates, maxUnfinished = null, submitPath = 'apps-run' } = options
  const { billingScope = 'granted', estimate = 'exact' } = options
  const http = await createPlatformHttp(core, {
    ...options,
    routes: [
      limited('run', inferenceshSubmitRoute(core, answers, { submitPath, rates, maxUnfinished })),
      limited('upload', inferenceshFileRoute(core, answers, options)),
      ...tasks.reads.map((route) => limited('read', route)),
      ...tasks.others,
      ...inferenceshAccountRoutes(core, answers, { billingScope, estimate, rates, maxUnfinished }),
    ],
    authHeader: 'authorization',
    keyIn: (header) => /^Bearer (inf_\S+)$/.exec(header)?.[1] ?? null,
    refuse: answers.problem,
  })
  const close = async () => {
    await http.close()
    await core.close()
  }
  return { ...core, ...http, close }
}
