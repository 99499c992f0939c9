import type { DatabaseSync } from 'node:sqlite'
import type { Clip, ClipMedia } from '../../shared/clip-schema'
import { isPaidInFlight, type JobState } from '../../shared/job'
import type { Job } from '../../shared/job-schema'
import type { Spend } from '../../shared/money-schema'
import { isRemote, type ProviderId, type RemoteProviderId } from '../../shared/provider'
import type { QueueState } from '../../shared/queue-schema'
import type { Known } from '../../shared/validate/objection'
import type { Downloader } from '../downloads/fetch'
import type { Clips } from '../library/clips'
import type { Library } from '../library/open'
import type { Stills } from '../library/stills'
import type { LocalProvider } from '../providers/local'
import type { Buckets } from '../bucket/bucket-desk'
import type { Elsewhere, RemoteProvider } from '../providers/provider'
import { createAway } from './away'
import { createBook, type Book } from './book'
import type { Connection, Connections } from './connections'
import { createDeliverer } from './deliverer'
import { createDispatcher } from './dispatcher'
import { createBucketStore, isDelivered, type BucketStore } from './bucket-store'
import { createHandOver, type HandOverDeps } from './hand-over'
import { createLibraryFiles } from './library-files'
import { createLibraryWatch } from './library-watch'
import { createHealthBoard, type HealthBoard } from './health'
import { createLedger, type Ledger } from './ledger'
import { createLimitStore, type LimitStore } from './limits'
import { createLocalRunner, type LocalRunner } from './local-runner'
import { createLookUp, type LookUp } from './look-up'
import { has, type JobRow } from './machine'
import { createMeta } from './meta'
import { createPauses } from './pauses'
import { createPlatformClock } from './platform-clock'
import type { Poller } from './poller'
import { createPollers } from './pollers'
import { filesOf } from './recipe-files'
import { recover } from './recovery'
import type { LoggedIntent, SubmitLine, SubmitLog } from './submit-log'
import { createSubmitter } from './submitter'
import { createJobTable, type JobTable } from './table'
import { createTakeReading } from './take-reading'
import { timedConnections } from './timed-connections'
import { createTimeline, type Timeline } from './timeline'
import { still, toJob, type Live } from './view'

/** What the engine needs of the outside: everything but engine.db's own tables. */
export interface EngineDeps {
  readonly db: DatabaseSync
  readonly submitLog: Pick<SubmitLog, 'append'>
  /** What `submits.log` held at the start. */
  readonly intents: readonly LoggedIntent[]
  readonly orphans: readonly SubmitLine[]
  /** True when engine.db may be older than what was sent, or is of another computer. */
  readonly isRestored: boolean
  readonly library: Pick<Library, 'id' | 'paths'>
  readonly clips: Pick<Clips, 'put' | 'get'>
  readonly stills: Pick<Stills, 'get'>
  readonly buckets: Buckets
  readonly elsewhere: Elsewhere
  readonly withCopy: HandOverDeps['withCopy']
  readonly local: LocalProvider
  readonly remote: Readonly<Record<RemoteProviderId, RemoteProvider>>
  readonly connections: Connections
  readonly downloader: Pick<Downloader, 'download'>
  readonly inspect: (part: string) => Promise<ClipMedia>
  readonly parked: string
  readonly freeBytes: (folder: string) => Promise<number>
  readonly isOffline: () => boolean
  readonly now: () => number
  /** Milliseconds of a clock that nobody can set. */
  readonly uptime: () => number
  readonly after: (ms: number, run: () => void) => () => void
  readonly random: () => number
  readonly onJob: (job: Job) => void
  readonly onClip: (clip: Clip) => void
  readonly onQueue: (queue: QueueState) => void
  readonly onSpend: (spend: Spend) => void
  readonly onProvider: (provider: RemoteProviderId) => void
  readonly logError: (what: string, error: unknown) => void
}

/** The jobs of this computer: nothing paid is lost, nothing is paid twice. */
export interface Engine {
  readonly book: Book
  readonly table: JobTable
  readonly ledger: Ledger
  readonly limits: LimitStore
  readonly timeline: Timeline
  readonly health: HealthBoard
  readonly lookUp: LookUp
  readonly bucket: BucketStore
  /** What validating a recipe needs to know. */
  readonly known: Known
  readonly localRunner: LocalRunner
  readonly pollers: Readonly<Record<RemoteProviderId, Poller>>
  readonly view: (row: JobRow) => Job
  readonly queue: () => QueueState
  readonly setPaused: (paused: boolean) => void
  readonly awayRead: () => void
  /** Takes up what the last session left. Call once; starting up is recovering. */
  readonly start: () => void
  /** Looks at everything again: a key, a limit, the network, the system's sleep. */
  readonly wake: () => void
  /** Whether something is between submit and saved: the computer should not sleep, quitting asks. */
  readonly isBusy: () => boolean
  /** The names in the library's `partial/` that unfinished jobs need. */
  readonly parts: () => ReadonlySet<string>
  /** Sends nothing more; settles when every paid request that is on its way is answered. */
  readonly drain: () => Promise<void>
  readonly stop: () => void
}

/** Makes the engine; nothing runs before `start`. */
export function createEngine(deps: EngineDeps): Engine {
  const { db, library, connections, now, remote } = deps
  const table = createJobTable(db, now)
  const limits = createLimitStore(db)
  const ledger = createLedger(db, limits, now)
  const timeline = createTimeline(db)
  const meta = createMeta(db)
  const liveById = new Map<string, Live>()
  let lowDiskBytes: number | null = null
  let isStopped = false
  let isDraining = false

  const libraryWatch = createLibraryWatch({
    folder: library.paths.inner,
    after: deps.after,
    onChange: () => soon(),
  })

  const view = (row: JobRow) => toJob(row, liveById.get(row.id) ?? still, { ledger, remote })
  const live = (id: string, change: Partial<Live>) => {
    liveById.set(id, { ...(liveById.get(id) ?? still), ...change })
    const row = table.get(id)
    if (row) deps.onJob(view(row))
  }

  const pauses = createPauses(meta)
  const away = createAway({ table, meta, now })
  const queue = (): QueueState => ({
    paused: pauses.state(),
    offline: deps.isOffline(),
    lowDiskBytes,
    held: table.unfinished().filter((job) => job.state === 'waiting' && has(job, 'held')).length,
    away: away.state(),
  })
  const tellQueue = () => deps.onQueue(queue())

  const book = createBook({
    db,
    table,
    ledger,
    timeline,
    now,
    onChange(after, before) {
      if (after.state !== before?.state) liveById.delete(after.id)
      // Maybe for a picture: a link that the platform could not use must not fail the next try, too.
      if (after.state === 'failed') handOver.forget(filesOf(after.recipe), after.provider)
      if (after.state !== before?.state && isDelivered(after.state)) void bucket.sweep()
      deps.onJob(view(after))
      if (after.intent && after.state !== before?.state) {
        hasSpent = true
        if (isRemote(after.provider)) changedProviders.add(after.provider)
      }
      if (away.changed(after) || has(after, 'held') !== (before !== undefined && has(before, 'held')))
        tellQueue()
      if (!isStopped) soon()
    },
  })
  const health = createHealthBoard({
    now,
    uptime: deps.uptime,
    random: deps.random,
    onChange(provider) {
      deps.onProvider(provider)
      if (!isStopped) soon()
    },
  })
  const platformClock = createPlatformClock(deps.uptime)
  const timed = timedConnections(connections, platformClock.answered)

  const onKeyRefused = (provider: RemoteProviderId, print: string) => {
    connections.refused(print)
    deps.onProvider(provider)
    soon()
  }
  const take = createTakeReading({
    book,
    log: deps.submitLog,
    health,
    onKeyRefused,
    onProgress: (job, fraction) => {
      if (fraction !== null) live(job.id, { progress: fraction })
    },
    logError: deps.logError,
    isHere: (job) => job.library === library.id,
    hasClip: (job) => job.library === library.id && deps.clips.get(job.id) !== undefined,
    now,
  })
  const ahead = (provider: ProviderId): number => {
    const at = isRemote(provider) ? platformClock.now(provider) : null
    return at === null ? 0 : at - now()
  }
  const lookUp = createLookUp({ book, table, remote, log: deps.submitLog, take, ahead, now })
  const { paths } = library
  const files = createLibraryFiles({ ...deps, paths, isLibraryThere: libraryWatch.look })
  const bucket = createBucketStore({ ...deps, table })
  const known: Known = {
    still: deps.stills.get,
    clip: deps.clips.get,
    get hasBucket() {
      return bucket.isConnected()
    },
  }
  const handOver = createHandOver({ ...deps, files, bucket })
  const submitter = createSubmitter({
    book,
    table,
    ledger,
    log: deps.submitLog,
    handOver,
    health,
    onKeyRefused,
    onKeyAccepted: connections.accepted,
    platformNow: platformClock.now,
    now,
    after: deps.after,
    logError: deps.logError,
    isPaused: () => pauses.state() !== 'no',
    isCurrent: (id, print) => connections.current(id)?.print === print,
    known,
    // Draining, too: what is still being handed over goes back to the queue at the next start.
    isStopped: () => isStopped || isDraining,
  })

  const pollers = createPollers({
    ...deps,
    book,
    table,
    connections: timed,
    health,
    lookUp,
    take,
    onKeyRefused,
    submitter,
    platformNow: platformClock.now,
    ahead,
    isPaused: () => pauses.state() !== 'no',
  })

  const deliverer = createDeliverer({
    ...deps,
    ledger,
    isLibraryThere: libraryWatch.look,
    book,
    table,
    log: deps.submitLog,
    onLowDisk(free) {
      if (free === lowDiskBytes) return
      lowDiskBytes = free
      tellQueue()
      soon()
    },
    onProgress: (job, done, total) =>
      live(job.id, {
        download: { done, total: total ?? 0 },
        progress: total ? Math.min(1, done / total) : 0,
      }),
    askAgain: (job) => (isRemote(job.provider) ? pollers[job.provider].now(job.id) : Promise.resolve()),
  })
  const localRunner = createLocalRunner({
    ...deps,
    book,
    table,
    provider: deps.local,
    // What a session that did not end in order left is paid work; local work is free.
    mayRun: (job) => pauses.state() !== 'user' && !has(job, 'paused'),
    onProgress: (job, progress) => live(job.id, { progress }),
  })
  const dispatcher = createDispatcher({
    ...deps,
    bucket,
    isLibraryThere: libraryWatch.isThere,
    table,
    ledger,
    limits,
    connections: timed,
    health,
    paused: pauses.state,
    isDiskLow: () => lowDiskBytes !== null,
    onWait: (job, wait) => live(job.id, { wait }),
    submit: (job: JobRow, provider: RemoteProvider, connection: Connection) =>
      submitter.submit(job, provider, connection),
  })

  /** After the present change is through: one look for many changes. */
  let isSoon = false
  let hasSpent = false
  const changedProviders = new Set<RemoteProviderId>()
  function soon(): void {
    if (isSoon) return
    isSoon = true
    queueMicrotask(() => {
      isSoon = false
      if (isStopped) return
      if (hasSpent) deps.onSpend(ledger.spend())
      for (const provider of changedProviders) deps.onProvider(provider)
      hasSpent = false
      changedProviders.clear()
      wake()
    })
  }

  function wake(): void {
    for (const part of [dispatcher, localRunner, deliverer, ...Object.values(pollers)]) part.wake()
  }

  return {
    book,
    table,
    ledger,
    limits,
    timeline,
    health,
    lookUp,
    bucket,
    known,
    localRunner,
    pollers,
    view,
    queue,
    setPaused(paused) {
      pauses.set(paused)
      tellQueue()
      for (const row of table.unfinished()) if (row.state === 'waiting') deps.onJob(view(row))
      wake()
    },
    awayRead() {
      away.read()
      tellQueue()
    },
    start() {
      away.begin()
      const hasUnsent = table
        .unfinished()
        .some(({ provider, state }) => isRemote(provider) && unsentStates.includes(state))
      pauses.begin({ isRestored: deps.isRestored, hasUnsent })
      const { intents, orphans, isRestored } = deps
      // What platforms and the bucket had then may be gone: a dead link must not go out with a paid request.
      if (isRestored) db.exec('delete from handed_over')
      recover({ book, table, ledger, intents, orphans, isRestored, now })
      void bucket.sweep()
      wake()
    },
    wake() {
      tellQueue()
      wake()
    },
    // A clip that waits for its library is as safe as it can be.
    isBusy: () =>
      table
        .unfinished()
        .some(
          (job) =>
            job.intent !== null &&
            isPaidInFlight(job.state) &&
            !(job.result?.fetched && job.library !== library.id),
        ),
    parts: () =>
      new Set(
        table
          .unfinished()
          .filter((job) => job.library === library.id)
          .map(({ id }) => `${id}.part`),
      ),
    drain() {
      isDraining = true
      return dispatcher.drain()
    },
    stop() {
      isStopped = true
      libraryWatch.stop()
      dispatcher.stop()
      localRunner.stop()
      deliverer.stop()
      for (const poller of Object.values(pollers)) poller.stop()
      pauses.end()
      away.end()
    },
  }
}

/** Before the answer to a submit: what an unclean end must not let go on unwatched. */
const unsentStates: readonly JobState[] = ['waiting', 'handing-over', 'submitting']
