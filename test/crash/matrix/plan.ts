import type { Plan } from '../../platforms/plan'
import type { UniallPlan } from '../../platforms/uniall/uniall-view'
import type { RemoteProviderId } from '../../../shared/provider'
import type { Want } from './order'
import {
  planBodyFault,
  planBucketFaults,
  planFaults,
  type PlannedBodyFault,
  type PlannedBucketFault,
  type PlannedFault,
} from './plan-faults'
import { losesData, planLives, type PlannedLife } from './plan-lives'
import { createRandom, type Random } from './random'
import type { Rule } from './rules'

/** Which of a platform's descriptions of itself holds. */
export interface Dialects {
  readonly uniall: 'generation_mode' | 'docs'
  readonly bytespike: 'A' | 'B'
  readonly inferencesh: 'apps-run' | 'page'
}

/** What a platform does with a job. */
export type Script = Plan & Pick<UniallPlan, 'submitShape' | 'statusLink'>

/** One run: everything in it follows from its seed. */
export interface RunPlan {
  readonly name: string
  readonly seed: number
  readonly wants: readonly Want[]
  readonly dialects: Dialects
  /** Where the user's settings say otherwise than the platform. */
  readonly wrongDialects: Partial<Dialects>
  /** Where UniAll is polled: one of two addresses, for all jobs. */
  readonly pollPath: NonNullable<UniallPlan['pollPath']>
  /** Whether the user's bucket is connected. */
  readonly hasBucket: boolean
  /** What the platform does with the first job of a want. */
  readonly scripts: Readonly<Record<string, Script>>
  readonly faults: readonly PlannedFault[]
  readonly bodyFaults: readonly PlannedBodyFault[]
  readonly bucketFaults: readonly PlannedBucketFault[]
  /** Wants whose very input a colleague submits too, once ours is accepted. */
  readonly twins: readonly string[]
  /** Bytes of each clip. */
  readonly clipBytes: number
  /** Scaled ms; null for ever, or the platform's own. */
  readonly linkTtlMs: number | null
  readonly resultTtlMs: number | null
  /** After these the program is started once more, and nothing is done to it. */
  readonly lives: readonly PlannedLife[]
  readonly backsUp: boolean
  /** Krea over TLS, with HTTP/2 on offer. */
  readonly http2: boolean
  readonly sabotage: Rule | null
  readonly limitMs: number
}

/** Those that a run may play: at least one. */
export type Providers = readonly [RemoteProviderId, ...RemoteProviderId[]]

/** Real ms: reached only by what would never come to rest. */
const sane = 30_000

/** The plan of a run of the matrix. */
export function planRun(seed: number, index: number, providers: Providers): RunPlan {
  const own = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0
  const random = createRandom(own)
  const jobs = random.pick([1, 1, 2, 2, 3])
  const wants = Array.from({ length: jobs }, (_, at) => planWant(random, `r${index}j${at}.`, providers))
  const scripts = Object.fromEntries(wants.map(({ marker, provider }) => [marker, planJob(random, provider)]))
  const purges = random.chance(0.06)
  const faults = wants.flatMap(({ marker, provider }) => planFaults(random, { marker, platform: provider }))
  const lives = planLives(random)
  const dialects: Dialects = {
    uniall: random.pick(['generation_mode', 'docs']),
    bytespike: random.pick(['A', 'B']),
    inferencesh: random.pick(['apps-run', 'apps-run', 'page']),
  }
  const needsBucket = wants.some(({ provider, stills }) => provider === 'uniall' && stills > 0)
  // Whose orders are counted by their requests: a refused one that nobody remembers would be ordered again.
  const isWrong = random.chance(0.05) && !losesData(lives)
  return {
    name: `run ${index}`,
    seed: own,
    wants: wants.map((want) => ({ ...want, mayStayAway: purges || staysAway(scripts[want.marker]) })),
    dialects,
    wrongDialects: isWrong ? otherDialects(dialects) : {},
    pollPath: random.pick(['videos', 'videos', 'tasks']),
    hasBucket: needsBucket || random.chance(0.5),
    scripts,
    faults,
    bodyFaults: wants.flatMap(({ provider }) =>
      random.chance(0.35) ? [planBodyFault(random, provider)] : [],
    ),
    bucketFaults: planBucketFaults(random),
    twins: wants.flatMap(({ marker }) =>
      random.chance(0.15) && isSeen(scripts[marker], faults, marker) ? [marker] : [],
    ),
    clipBytes: random.chance(0.15) ? 2_600_000 : 80_000,
    linkTtlMs: random.chance(0.1) ? 2_000_000 : null,
    resultTtlMs: purges ? 60_000 : null,
    lives,
    backsUp: random.chance(0.3),
    http2: random.chance(0.12),
    sabotage: null,
    limitMs: sane,
  }
}

function planWant(random: Random, marker: string, providers: Providers): Want {
  const provider = random.pick(providers)
  const stills = random.pick<Want['stills']>([0, 0, 1, 2])
  return {
    marker,
    provider,
    // ByteSpike takes no last frame.
    stills: provider === 'bytespike' && stills === 2 ? 1 : stills,
    // UniAll says its price in 4K only.
    resolution: provider === 'uniall' ? random.pick(['4k', '4k', '720p']) : '720p',
    decision: random.pick(['look-at-site', 'look-at-site', 'send-again', 'give-up', 'leave']),
    cancelsAt: random.chance(0.12) ? random.pick(['waiting', 'submitting', 'running']) : null,
    pauses: random.chance(0.1),
    reruns: random.chance(0.5),
    mayStayAway: false,
  }
}

function planJob(random: Random, provider: RemoteProviderId): Script {
  return { ...planEnd(random), ...(provider === 'uniall' ? planAnswers(random) : {}) }
}

function planEnd(random: Random): Plan {
  const runMs = random.pick([5_000, 30_000, 60_000, 120_000])
  const blocked = { code: 'content_policy', message: 'blocked by content filtering' }
  const broke = { code: 'internal', message: 'the model failed' }
  const at = random.next()
  if (at < 0.1) return { runMs, end: 'failed', failure: broke }
  if (at < 0.15) return { runMs, end: 'failed', failure: blocked }
  if (at < 0.22) return { runMs, hiddenForMs: random.pick([2_000, 40_000, 200_000]) }
  if (at < 0.26) return { runMs, withoutUrl: true }
  if (at < 0.28) return { runMs, lost: true }
  if (at < 0.32) return { runMs, ignoresCancel: true }
  if (at < 0.36) return { stages: [{ status: 'daydreaming', lastsMs: runMs }] }
  return { runMs }
}

/** How UniAll words what its documents leave open. */
function planAnswers(random: Random): Partial<Script> {
  return random.pick<Partial<Script>>([
    {},
    {},
    { submitShape: 'data.task_id' },
    { statusLink: { field: 'status_url', origin: 'own' } },
  ])
}

/**
 * Whether the platform lists our job whenever the engine looks for it. A colleague's job with our very input is taken
 * for ours where ours is not listed: the input is all the proof there is.
 */
function isSeen(plan: Plan | undefined, faults: readonly PlannedFault[], marker: string): boolean {
  if (plan?.hiddenForMs !== undefined || plan?.lost === true) return false
  return !faults.some(
    ({ what, ...fault }) =>
      fault.marker === marker && fault.route === 'submit' && 'acted' in what && !what.acted,
  )
}

function staysAway(plan: Plan | undefined): boolean {
  return plan?.withoutUrl === true || plan?.lost === true
}

function otherDialects({ uniall, bytespike, inferencesh }: Dialects): Dialects {
  return {
    uniall: uniall === 'docs' ? 'generation_mode' : 'docs',
    bytespike: bytespike === 'A' ? 'B' : 'A',
    inferencesh: inferencesh === 'page' ? 'apps-run' : 'page',
  }
}
