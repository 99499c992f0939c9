import { join } from 'node:path'
import { createAskedClips, type AskedClip } from './asked-clip'
import { createBill, type Bill, type BillUnit } from './bill'
import { createClock, type Clock } from './clock'
import { createFaults, type Faults } from './faults'
import { createJobs, createPlatformState, type Job, type Jobs, type PlatformState } from './jobs'
import { judgePicture } from './pictures'
import type { Clip, Plan } from './plan'
import { createRecord, type PlatformRecord } from './record'
import { createResultHost, type ResultHost } from './result-host'

/** Run time of a job when nothing else is said, ms: a minute, the middle of what the documents promise (§2.3). */
const usualRunMs = 60_000

/** Any will do. */
const foreignClip: AskedClip = { tier: '720p', ratio: '16:9', seconds: 4, audio: false }

export interface CoreOptions<P extends Plan> {
  readonly clock?: Clock
  /** Keys that work at the start, each with the account its jobs belong to. Default: one practice key. */
  readonly keys?: readonly { readonly key: string; readonly account: string }[]
  /** Where the bill is kept on disk. */
  readonly billFile?: string
  /** What an earlier server of this platform left behind. */
  readonly state?: PlatformState<P>
  /** Shared with an earlier server, so that links survive its restart; the caller then closes it. */
  readonly host?: ResultHost
  /** Where requests and violations are recorded. */
  readonly record?: PlatformRecord
  /** Run time per job, ms. */
  readonly runMs?: () => number
  /** Jobs of colleagues on the same key: at the start, and with each submit that arrives. Never none at the start. */
  readonly foreignJobs?: { readonly atStart: number; readonly perSubmit: number }
  /** Money at the start, in the platform's unit; null never runs out. */
  readonly balance?: number | null
  /** More unfinished jobs than this are answered 429 (§3.4); null never. */
  readonly maxUnfinished?: number | null
  /** Finds the marker of an intent in a prompt. Default: what follows `intent:` up to a blank. */
  readonly markerOf?: (prompt: string) => string | undefined
  /** The clip of each job whose plan names none. Default one as the job asked for it, cut from `films`. */
  readonly clip?: Clip
  /** The folder of the films. Default test/fixtures, which a bundle of this file is not beside. */
  readonly films?: string
}

export interface CoreRules<P extends Plan> {
  readonly platform: string
  readonly unit: BillUnit
  readonly defaultKey: string
  readonly shares: readonly { readonly status: string; readonly share: number }[]
  readonly defaultPlan: P
  /** Body of a colleague's job. */
  readonly foreignInput: (index: number) => Readonly<Record<string, unknown>>
  /** MIME types of pictures that the platform can take. */
  readonly pictureTypes: readonly string[]
  /** Result links and files, ms; null for ever. */
  readonly linkTtlMs: number | null
  readonly resultTtlMs: number | null
  /** What an expired result link is answered. Default 404. */
  readonly deadLinkStatus?: 403 | 404
  /** What each job id begins with. Default nothing. */
  readonly idPrefix?: string
  /** What an accepted job asked of its clip; null for a colleague's, whose clip nobody fetches. */
  readonly asked: (job: Job<P>) => AskedClip | null
}

/** A platform without its HTTP surface: jobs, money, keys, results. */
export interface Core<P extends Plan> {
  readonly rules: CoreRules<P>
  readonly clock: Clock
  readonly bill: Bill
  readonly record: PlatformRecord
  readonly faults: Faults
  readonly host: ResultHost
  readonly jobs: Jobs<P>
  readonly state: PlatformState<P>
  /** Account by key; delete one to take it back, set one to add it. */
  readonly keys: Map<string, string>
  /** All keys that ever worked: one that was taken back must not be seen elsewhere either. */
  readonly everKeys: () => ReadonlySet<string>
  readonly intentOf: (prompt: string, idempotencyKey: string | null) => string
  /** Money left in the platform's unit; Infinity when it never runs out. */
  readonly left: () => number
  readonly isFull: () => boolean
  /** A colleague on the account submits something; also the very same input, when given. */
  readonly addForeign: (account: string, input?: Readonly<Record<string, unknown>>) => Job<P>
  /** A submit has arrived: it is counted, and a colleague submits just before. */
  readonly countPost: (account: string, intent: string, idempotencyKey: string | null) => void
  /** Fetches the job's pictures; one that cannot be used makes the job fail at once and free of charge. */
  readonly judgePictures: (job: Job<P>, urls: readonly string[]) => Promise<void>
  /** The id of the finished clip on the result host. */
  readonly resultFile: (job: Job<P>) => string
  readonly close: () => Promise<void>
}

/** Puts a platform together; with `state` and `billFile` of an earlier one it goes on where that stopped. */
export async function createCore<P extends Plan>(
  rules: CoreRules<P>,
  options: CoreOptions<P>,
): Promise<Core<P>> {
  const { platform, unit } = rules
  const clock = options.clock ?? createClock()
  const record = options.record ?? createRecord()
  const bill = createBill(options.billFile)
  const state = options.state ?? createPlatformState<P>()
  const given = options.keys ?? [{ key: rules.defaultKey, account: 'studio' }]
  const keys = new Map(given.map(({ key, account }) => [key, account]))
  const everKeys = () => new Set([...given.map(({ key }) => key), ...keys.keys()])
  const { deadLinkStatus = 404 } = rules
  const host = options.host ?? (await createResultHost({ clock, record, keys: everKeys, deadLinkStatus }))
  const runMs = options.runMs ?? (() => usualRunMs)
  const jobs = createJobs<P>({ ...rules, clock, bill, state, runMs })
  const foreignJobs = options.foreignJobs ?? { atStart: 3, perSubmit: 1 }
  const askedClip = createAskedClips(options.films ?? join(import.meta.dirname, '../fixtures'))
  const markerOf = options.markerOf ?? ((prompt: string) => /\bintent:(\S+)/.exec(prompt)?.[1])

  const addForeign: Core<P>['addForeign'] = (account, input) => {
    const index = jobs.all().length
    return jobs.accept({
      account,
      intent: `foreign ${index}`,
      input: input ?? rules.foreignInput(index),
      charge: 0,
      foreign: true,
    })
  }
  if (state.jobs.length === 0) {
    for (const account of new Set(keys.values())) {
      for (let i = 0; i < Math.max(1, foreignJobs.atStart); i += 1) addForeign(account)
    }
  }
  return {
    rules,
    clock,
    bill,
    record,
    faults: createFaults(),
    host,
    jobs,
    state,
    keys,
    everKeys,
    intentOf: (prompt, idempotencyKey) => markerOf(prompt) ?? idempotencyKey ?? prompt,
    left: () => {
      jobs.settle()
      return (options.balance ?? Infinity) - bill.owed()
    },
    isFull: () => {
      const running = jobs.all().filter((job) => !job.foreign && jobs.stateOf(job).kind === 'running')
      return running.length >= (options.maxUnfinished ?? Infinity)
    },
    addForeign,
    countPost: (account, intent, idempotencyKey) => {
      const at = clock.now()
      bill.append({ event: 'post', platform, at, intent, idempotencyKey, jobId: null, unit, amount: 0 })
      for (let i = 0; i < foreignJobs.perSubmit; i += 1) addForeign(account)
    },
    judgePictures: async (job, urls) => {
      const verdicts = await Promise.all(
        urls.map((url) => judgePicture(record, job.id, url, rules.pictureTypes)),
      )
      const bad = verdicts.find((verdict) => verdict !== null)
      if (bad === undefined) return
      const failure = { code: 'invalid_image', message: `Could not use the image: it ${bad}` }
      job.plan = { ...job.plan, stages: [], end: 'failed', failure, billedAnyway: false }
    },
    resultFile: (job) => {
      const clip = job.plan.clip ?? options.clip ?? askedClip(rules.asked(job) ?? foreignClip)
      const standing = jobs.stateOf(job)
      const endedAt = standing.kind === 'ended' ? standing.endedAt : clock.now()
      const purgeAt = rules.resultTtlMs === null ? null : endedAt + rules.resultTtlMs
      const name = `${job.id}.mp4`
      job.fileId ??= host.add({ ...clip, name, linkTtlMs: rules.linkTtlMs, purgeAt, decoy: false })
      return job.fileId
    },
    close: async () => {
      if (!options.host) await host.close()
    },
  }
}
