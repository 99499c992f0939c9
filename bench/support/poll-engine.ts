// The real engine with jobs that are at work at all platforms, in a process of its own, whose CPU time is measured.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { DatabaseSync } from 'node:sqlite'
import { transaction } from '../../electron/database/open'
import { createEngine, type Engine } from '../../electron/jobs/engine'
import type { EngineDeps } from '../../electron/jobs/engine-deps'
import { newJob, type JobRow } from '../../electron/jobs/job-row'
import { openEngineFiles } from '../../electron/jobs/store/open-files'
import type { SettingsTable } from '../../electron/jobs/platforms/platform-settings'
import { createProviderDesk, type ProviderDesk } from '../../electron/jobs/platforms/provider-desk'
import { createVault } from '../../electron/keys/vault'
import { createClips } from '../../electron/library/clips'
import { openLibrary } from '../../electron/library/open'
import { createStills } from '../../electron/library/stills'
import { freeBytes } from '../../electron/files/free-bytes'
import { newId } from '../../electron/files/ids'
import { createConnections } from '../../electron/providers/connections'
import { createHttp } from '../../electron/providers/http/http'
import { createRemoteProviders } from '../../electron/providers/registry'
import { usd } from '../../shared/money'
import { remoteProviderIds, type RemoteProviderId } from '../../shared/provider'
import { animatic } from '../../shared/providers/animatic'
import { emptyRecipe } from '../../shared/recipe'
import { byPlatform } from './by-platform'
import { createFastClock } from './fast-clock'
import type { Each, ReadyPlatform } from './poll-platforms'
import { createRandom } from './random'

/** What the engine is to do. */
export interface EngineOrder {
  readonly kind: 'set-up'
  readonly platforms: Each<ReadyPlatform>
  readonly speed: number
  readonly seed: number
}

export type EngineMessage = EngineOrder | { readonly kind: 'begin'; readonly at: number }

/** How it went. Times are simulated milliseconds, but for the CPU's and the event loop's. */
export interface EngineOutcome {
  /** When the row of each remote job left `running`. */
  readonly seenAt: Readonly<Record<string, number>>
  /** Rows that are `done`. */
  readonly done: number
  /** The adapters' own limits. */
  readonly budgets: Readonly<Record<RemoteProviderId, number>>
  /** What they wait at a job of a minute's age, milliseconds. */
  readonly intervalsMs: Readonly<Record<RemoteProviderId, number>>
  readonly tookMs: number
  readonly cpuMs: number
  /** Most CPU time in one simulated minute. */
  readonly cpuBusiestMs: number
  readonly longestStallMs: number
  readonly rssBeforeMb: number
  readonly rssPeakMb: number
  readonly timersLeft: number
  /** Mean real time of one commit of an empty change, milliseconds: what the disk and other programs take from us. */
  readonly commitMs: number
  readonly errors: readonly string[]
}

const minuteMs = 60_000
const content = Buffer.from('a clip that was fetched')
const sha256 = createHash('sha256').update(content).digest('hex')

/** Downloads are another bench's: here every clip is fetched at once, and saved as any other. */
const download: EngineDeps['downloader']['download'] = async ({ part }, hooks) => {
  hooks.onResume({ validator: null, total: content.length, type: 'video/mp4' })
  writeFileSync(part, content)
  hooks.onProgress(content.length, content.length)
  return { bytes: content.length, sha256, extension: '.mp4' }
}

async function start({ platforms, speed, seed }: EngineOrder) {
  const clock = createFastClock(speed)
  const { now, after } = clock
  const folder = await mkdtemp(join(tmpdir(), 'inbetween-bench-'))
  await mkdir(join(folder, 'user'))
  const files = await openEngineFiles(join(folder, 'user'), now)
  const library = await openLibrary(join(folder, 'library'))
  const settings: Pick<SettingsTable, 'platform' | 'setPlatform'> = {
    platform: (id) => ({ origin: platforms[id]?.origin ?? null, dialect: null }),
    setPlatform: unused,
  }
  const remote = createRemoteProviders(settings.platform)
  const vault = createVault({ store: noStore, policy: 'memory', now })
  const taking = remoteProviderIds.flatMap((id) => {
    const ready = platforms[id]
    return ready ? [[id, ready] as const] : []
  })
  for (const [id, { key }] of taking) vault.save(id, key, { forSession: true, origin: remote[id].origin })
  const http = createHttp({ allowLoopback: true })
  const connections = createConnections({ vault, http, remote })
  let hasBegun = false
  const seenAt: Record<string, number> = {}
  const errors: string[] = []
  const isDone = Promise.withResolvers<void>()
  let done = 0
  const wanted = taking.reduce((sum, [, { jobs }]) => sum + jobs.length, 0)

  // The desk is made with the engine, as in the studio.
  let desk: ProviderDesk | undefined = undefined as ProviderDesk | undefined
  const engine = createEngine({
    ...files,
    library,
    clips: createClips(library.db),
    stills: createStills(library.db),
    local: { ...animatic, make: () => Promise.reject(new Error('no local jobs here')) },
    remote,
    connections,
    buckets: { current: () => undefined, at: () => undefined },
    elsewhere: http.elsewhere,
    withCopy: unused,
    downloader: { download },
    inspect: async () => ({ durationS: 4, width: 1280, height: 720, fps: 24, codec: 'avc', hasAudio: false }),
    freeBytes,
    isOffline: () => !hasBegun,
    now,
    uptime: now,
    after,
    random: createRandom(seed),
    onJob({ state, remoteId }) {
      if (!hasBegun || remoteId === null || state === 'running') return
      seenAt[remoteId] ??= now()
      if (state === 'done') done += 1
      if (done === wanted) isDone.resolve()
    },
    onClip: () => undefined,
    onQueue: () => undefined,
    onSpend: () => undefined,
    onProvider: (id) => void desk?.status(id),
    logError: (what, error) => void errors.push(`${what}: ${String(error)}`),
  })
  desk = createProviderDesk({
    engine,
    vault,
    remote,
    settings,
    allowLoopback: true,
    onStatus: () => undefined,
  })
  engine.start()
  // One transaction for all: the bench is of what comes after the submits.
  transaction(files.db, () => {
    for (const [id, ready] of taking) {
      const print = vault.current(id)?.print ?? ''
      submitAll(engine, { id, library: library.id, print, at: now() }, ready)
    }
  })

  const commitMs = measureCommit(files.db)

  return {
    async run(at: number): Promise<EngineOutcome> {
      clock.begin(at)
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, at - Date.now())))
      hasBegun = true
      const meter = createMeter(minuteMs / speed)
      const from = now()
      engine.wake()
      await isDone.promise
      const tookMs = now() - from
      const measured = meter.end()
      engine.stop()
      await http.close()
      files.close()
      library.close(true)
      await rm(folder, { recursive: true, force: true, maxRetries: 10 })
      const budgets = byPlatform((id) => remote[id].cadence.requestsPerMinute)
      const intervalsMs = byPlatform((id) => remote[id].cadence.intervalMs(minuteMs, emptyRecipe))
      const timersLeft = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
      return { seenAt, done, budgets, intervalsMs, tookMs, ...measured, timersLeft, commitMs, errors }
    },
  }
}

/** Stands for what jobs that run already never reach. */
const unused = (() => {
  throw new Error('not part of this bench')
}) as never

/** Nothing is stored: the keys are those of the contract servers. */
const noStore: Parameters<typeof createVault>[0]['store'] = {
  backend: () => ({ canStore: false, name: 'none', why: 'This is a bench.' }),
  encrypt: () => Buffer.alloc(0),
  decrypt: () => '',
  read: () => ({ kind: 'missing' }),
  write: () => undefined,
  setAside: () => undefined,
}

/** The rows as they are after as many accepted submits. */
function submitAll(
  { table, ledger }: Engine,
  own: {
    readonly id: RemoteProviderId
    readonly library: string
    readonly print: string
    readonly at: number
  },
  { jobs }: ReadyPlatform,
): void {
  const { at } = own
  for (const [n, { remoteId }] of jobs.entries()) {
    const id = newId()
    const recipe = { ...emptyRecipe, prompt: `Shot ${n}: a red fox crosses the snow at first light.` }
    const quote = { certainty: 'listed', amount: usd(0.4) } as const
    const job: JobRow = {
      ...newJob({ id, library: own.library, provider: own.id, recipe, quote }, at),
      state: 'running',
      position: at + n,
      attempts: 1,
      word: 'queued',
      intent: { id: `${id}-1`, body: JSON.stringify(recipe), keyPrint: own.print, at, platformAt: at },
      remoteId,
      submittedAt: at,
    }
    table.insert(job)
    ledger.reserve(job)
  }
}

function measureCommit(db: DatabaseSync): number {
  const commits = 100
  const from = performance.now()
  for (let n = 0; n < commits; n += 1) {
    transaction(db, () => db.exec(`insert or replace into meta (key, value) values ('bench', '${n}')`))
  }
  return (performance.now() - from) / commits
}

/** Measures this process from now on; `minute` is a simulated minute in real milliseconds. */
function createMeter(minute: number) {
  const rssBeforeMb = process.memoryUsage.rss() / 1e6
  let rssPeakMb = rssBeforeMb
  let cpuBusiestMs = 0
  const stalls = monitorEventLoopDelay({ resolution: 5 })
  stalls.enable()
  const cpuMs = (from: NodeJS.CpuUsage) => {
    const { user, system } = process.cpuUsage(from)
    return (user + system) / 1000
  }
  const whole = process.cpuUsage()
  let part = whole
  const sample = () => {
    rssPeakMb = Math.max(rssPeakMb, process.memoryUsage.rss() / 1e6)
    cpuBusiestMs = Math.max(cpuBusiestMs, cpuMs(part))
    part = process.cpuUsage()
  }
  const sampler = setInterval(sample, minute)
  return {
    end() {
      const used = cpuMs(whole)
      sample()
      clearInterval(sampler)
      stalls.disable()
      return { cpuMs: used, cpuBusiestMs, longestStallMs: stalls.max / 1e6, rssBeforeMb, rssPeakMb }
    },
  }
}

let engine: ReturnType<typeof start> | undefined
process.on('message', (message: EngineMessage) => {
  switch (message.kind) {
    case 'set-up':
      engine = start(message)
      void engine.then(() => process.send?.('ready'))
      return
    case 'begin':
      void engine?.then((ready) => ready.run(message.at)).then((outcome) => process.send?.(outcome))
  }
})
// A bench that was cut off leaves nothing behind.
process.on('disconnect', () => process.exit())
