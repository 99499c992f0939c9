import type { Plan } from '../../platforms/plan'
import type { RemoteProviderId } from '../../../shared/provider'
import type { Kill, Want } from './order'
import { createRandom, type Random } from './random'
import type { Rule } from './rules'

/** Something that goes wrong at a platform, so often, for requests to one of its routes. */
export interface PlannedFault {
  readonly platform: RemoteProviderId
  readonly route: 'submit' | 'list' | 'job' | 'upload'
  /** Of one want; of any for null. */
  readonly marker: string | null
  readonly times: number
  readonly what:
    | { readonly kind: 'cut' | 'stale-socket' | 'refused-stream'; readonly acted: boolean }
    | { readonly kind: 'cut-in-answer' }
    /** The program is killed while the platform has the request: before, or after it acted. */
    | { readonly kind: 'kill'; readonly acted: boolean }
    /** The answer comes so many real ms late. */
    | { readonly kind: 'hold'; readonly acted: boolean; readonly ms: number }
    | { readonly kind: 'error'; readonly status: number; readonly acted: boolean }
    | { readonly kind: 'html'; readonly status: number; readonly acted: boolean }
    /** 2xx, and no id in it. */
    | { readonly kind: 'no-id' }
}

/** Something that goes wrong with the next downloads from a platform's result host. */
export interface PlannedBodyFault {
  readonly platform: RemoteProviderId
  readonly times: number
  readonly what:
    | { readonly kind: 'cut'; readonly afterBytes: number }
    | { readonly kind: 'truncated'; readonly bytes: number }
    | { readonly kind: 'kill'; readonly afterBytes: number }
    | { readonly kind: 'content-type' }
    | { readonly kind: 'no-range' }
    | { readonly kind: 'shifted-range' }
    | { readonly kind: 'error'; readonly status: number }
}

/** What becomes of engine.db between two lives. */
export type Between = 'keep-copy' | 'put-copy-back' | 'damage' | 'remove'

export interface PlannedLife {
  readonly kill: Kill | null
  /** Killed so many real ms after its start. */
  readonly killAfterMs: number | null
  /** After it, however it ended. */
  readonly afterwards: readonly Between[]
}

/** One run: everything in it follows from its seed. */
export interface RunPlan {
  readonly name: string
  readonly seed: number
  readonly wants: readonly Want[]
  /** What the platform does with the first job of a want. */
  readonly scripts: Readonly<Record<string, Plan>>
  readonly faults: readonly PlannedFault[]
  readonly bodyFaults: readonly PlannedBodyFault[]
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

/** Arrows of a job's life, and the small steps of saving: a kill right before each. */
const arrows = [
  'state waiting',
  'state handing-over',
  'state submitting',
  'log intent',
  'logged intent',
  'submit',
  'submit answered',
  'log accepted',
  'logged accepted',
  'state running',
  'ask',
  'ask answered',
  'state downloading',
  'download',
  'downloaded',
  'state unknown',
  'state undelivered',
  'log closed',
  'logged closed',
  'state done',
  'upload',
  'upload answered',
  'database begin',
  'database commit',
  'database committed',
  'statement run',
  'file link',
  'file unlink',
  'file rename',
  'file mkdir',
  'file writeSync',
  'file fsyncSync',
  'handle write',
  'handle sync',
  'handle close',
] as const

/** Real ms: reached only by what would never come to rest. */
const sane = 30_000

/** The plan of a run of the matrix. */
export function planRun(seed: number, index: number): RunPlan {
  const own = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0
  const random = createRandom(own)
  const jobs = random.pick([1, 1, 2, 2, 3])
  const wants = Array.from({ length: jobs }, (_, at) => planWant(random, `r${index}j${at}.`))
  const scripts = Object.fromEntries(wants.map((want) => [want.marker, planJob(random)]))
  const purges = random.chance(0.06)
  const faults = wants.flatMap((want) => planFaults(random, want))
  return {
    name: `run ${index}`,
    seed: own,
    wants: wants.map((want) => ({ ...want, mayStayAway: purges || staysAway(scripts[want.marker]) })),
    scripts,
    faults,
    bodyFaults: wants.flatMap(({ platform }) =>
      random.chance(0.35) ? [planBodyFault(random, platform)] : [],
    ),
    twins: wants.flatMap(({ marker }) =>
      random.chance(0.15) && isSeen(scripts[marker], faults, marker) ? [marker] : [],
    ),
    clipBytes: random.chance(0.15) ? 2_600_000 : 80_000,
    linkTtlMs: random.chance(0.1) ? 2_000_000 : null,
    resultTtlMs: purges ? 60_000 : null,
    lives: planLives(random),
    backsUp: random.chance(0.3),
    http2: random.chance(0.12),
    sabotage: null,
    limitMs: sane,
  }
}

function planWant(random: Random, marker: string): Want & { readonly platform: RemoteProviderId } {
  const provider = random.pick<RemoteProviderId>(['krea', 'apiframe'])
  return {
    marker,
    provider,
    platform: provider,
    stills: random.pick([0, 0, 1, 2]),
    decision: random.pick(['look-at-site', 'look-at-site', 'send-again', 'give-up', 'leave']),
    cancelsAt: random.chance(0.12) ? random.pick(['waiting', 'submitting', 'running']) : null,
    pauses: random.chance(0.1),
    reruns: random.chance(0.5),
    mayStayAway: false,
  }
}

function planJob(random: Random): Plan {
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

function planFaults(
  random: Random,
  { marker, platform }: { readonly marker: string; readonly platform: RemoteProviderId },
) {
  const faults: PlannedFault[] = []
  const add = (route: PlannedFault['route'], what: PlannedFault['what'], times = 1) =>
    faults.push({
      platform,
      route,
      marker: route === 'submit' || route === 'job' ? marker : null,
      times: what.kind === 'kill' ? 1 : times,
      what,
    })
  const acted = random.chance(0.6)
  if (random.chance(0.6)) {
    add(
      'submit',
      random.pick<PlannedFault['what']>([
        { kind: 'cut', acted },
        { kind: 'kill', acted },
        { kind: 'kill', acted },
        { kind: 'error', status: random.pick([500, 502, 503, 504]), acted },
        { kind: 'error', status: 429, acted: false },
        { kind: 'error', status: random.pick([400, 402]), acted: false },
        { kind: 'html', status: random.pick([200, 502]), acted },
        { kind: 'hold', acted, ms: 30 + random.below(80) },
        { kind: 'cut-in-answer' },
        { kind: 'no-id' },
        { kind: 'refused-stream', acted },
      ]),
    )
  }
  const small = (): PlannedFault['what'] =>
    random.pick<PlannedFault['what']>([
      { kind: 'error', status: random.pick([500, 503, 429]), acted: false },
      { kind: 'html', status: random.pick([200, 404, 502]), acted: false },
      { kind: 'cut', acted: false },
      { kind: 'stale-socket', acted: false },
      { kind: 'cut-in-answer' },
      { kind: 'kill', acted: false },
    ])
  if (random.chance(0.25)) add('job', small(), 1 + random.below(3))
  if (random.chance(0.2)) add('list', small(), 1 + random.below(2))
  if (random.chance(0.15)) add('upload', small())
  return faults
}

function planBodyFault(random: Random, platform: RemoteProviderId): PlannedBodyFault {
  const bytes = 1 + random.below(70_000)
  const what = random.pick<PlannedBodyFault['what']>([
    { kind: 'cut', afterBytes: bytes },
    { kind: 'truncated', bytes },
    { kind: 'kill', afterBytes: bytes },
    { kind: 'content-type' },
    { kind: 'no-range' },
    { kind: 'shifted-range' },
    { kind: 'error', status: random.pick([403, 404, 500]) },
  ])
  return { platform, what, times: what.kind === 'kill' ? 1 : 1 + random.below(2) }
}

function planLives(random: Random): readonly PlannedLife[] {
  const count = random.pick([1, 1, 2, 2, 3])
  const lives = Array.from({ length: count }, () => planLife(random))
  const at = random.next()
  const [first, ...others] = lives
  if (!first || at >= 0.22) return lives
  const last: PlannedLife = { kill: planKill(random), killAfterMs: null, afterwards: ['put-copy-back'] }
  if (at < 0.14) return [{ ...first, afterwards: ['keep-copy'] }, ...others, last]
  return [...others, { ...first, afterwards: [at < 0.18 ? 'damage' : 'remove'] }]
}

function planLife(random: Random): PlannedLife {
  if (random.chance(0.2)) return { kill: null, killAfterMs: 150 + random.below(450), afterwards: [] }
  return { kill: planKill(random), killAfterMs: null, afterwards: [] }
}

function planKill(random: Random): Kill {
  if (random.chance(0.35)) return { before: '', nth: 1 + Math.floor(10 ** (random.next() * 3)) }
  return { before: random.pick(arrows), nth: random.pick([1, 1, 1, 2, 2, 3, 5, 8]) }
}
