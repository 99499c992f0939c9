import { isPaidInFlight } from '../../shared/job'
import type { Job } from '../../shared/job-schema'
import { isRemote, type ProviderId, type RemoteProviderId } from '../../shared/provider'
import type { Limits } from '../../shared/provider-status-schema'
import type { QueueState } from '../../shared/queue-schema'
import type { Known } from '../../shared/validate/objection'
import { transaction } from '../database/open'
import { createBook, type Book } from './book'
import { createDeliverer } from './delivery/deliverer'
import { createBucketStore, isDelivered, type BucketStore } from './sending/bucket-store'
import type { EngineDeps } from './engine-deps'
import { createHandOver } from './sending/hand-over'
import { createLibraryFiles } from './sending/library-files'
import { createLibraryWatch } from './delivery/library-watch'
import { createLedger, type Ledger } from './money/ledger'
import { createLimitStore, type LimitStore } from './money/limits'
import { createLiveView } from './live-view'
import { createLocalRunner, type LocalRunner } from './local-runner'
import { has, type JobRow } from './job-row'
import { createMeta } from './store/meta'
import { createPartFiles } from './delivery/part-files'
import { createPlatformWork, type PlatformWork } from './platform-work'
import { createQueueDesk } from './queue-desk'
import { filesOf } from './sending/recipe-files'
import { recover } from './recovery'
import { createSoon } from './soon'
import { createJobTable, type JobTable } from './store/table'
import { createTimeline, type Timeline } from './store/timeline'

/** The jobs of this computer: nothing paid is lost, nothing is paid twice. */
export interface Engine extends Omit<PlatformWork, 'dispatcher'> {
  readonly book: Book
  readonly table: JobTable
  readonly ledger: Ledger
  readonly limits: LimitStore
  readonly timeline: Timeline
  readonly bucket: BucketStore
  /** What validating a recipe needs to know. */
  readonly known: Known
  readonly localRunner: LocalRunner
  readonly view: (row: JobRow) => Job
  readonly queue: () => QueueState
  readonly setPaused: (paused: boolean) => void
  /** What a credit is said to be worth counts for what was paid in credits before, where that had no worth yet. */
  readonly setLimits: (provider: RemoteProviderId, limits: Limits) => void
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
  const { db, library, now } = deps
  const table = createJobTable(db, now)
  const limits = createLimitStore(db)
  const ledger = createLedger(db, limits, now)
  const timeline = createTimeline(db)
  const queue = createQueueDesk({ ...deps, table, meta: createMeta(db) })
  const live = createLiveView({ ...deps, table, ledger })
  const isHere = (job: JobRow) => job.library === library.id
  /** Whose money is to be told anew. */
  const spentAt = new Set<ProviderId>()
  let isStopped = false
  let isDraining = false

  const soon = createSoon(() => {
    if (isStopped) return
    if (spentAt.size > 0) deps.onSpend(ledger.spend())
    for (const provider of spentAt) if (isRemote(provider)) deps.onProvider(provider)
    spentAt.clear()
    wake()
  })
  const libraryWatch = createLibraryWatch({
    folder: library.paths.inner,
    after: deps.after,
    onChange: soon,
  })

  const book = createBook({
    db,
    table,
    ledger,
    timeline,
    now,
    onChange(after, before) {
      const isOther = after.state !== before?.state
      if (isOther) live.forget(after.id)
      // Maybe for a picture: a link that the platform could not use must not fail the next try, too.
      if (after.state === 'failed') handOver.forget(filesOf(after.recipe), after.provider)
      if (isOther && isDelivered(after.state)) void bucket.sweep()
      deps.onJob(live.of(after))
      if (after.intent && isOther) spentAt.add(after.provider)
      queue.changed(after, before)
      soon()
    },
  })

  const files = createLibraryFiles({ ...deps, paths: library.paths, isLibraryThere: libraryWatch.look })
  const bucket = createBucketStore({ ...deps, table })
  const handOver = createHandOver({ ...deps, files, bucket })
  const known: Known = {
    still: deps.stills.get,
    clip: deps.clips.get,
    get hasBucket() {
      return bucket.isConnected()
    },
  }
  const platforms = createPlatformWork({
    ...deps,
    book,
    table,
    ledger,
    limits,
    queue,
    handOver,
    bucket,
    known,
    isLibraryThere: libraryWatch.isThere,
    isStopped: () => isStopped,
    isDraining: () => isDraining,
    onProgress: (job, progress) => live.change(job.id, { progress }),
    onWait: (job, wait) => live.change(job.id, { wait }),
    onProvider(provider) {
      deps.onProvider(provider)
      soon()
    },
  })
  const { dispatcher, pollers } = platforms
  const deliverer = createDeliverer({
    ...deps,
    book,
    table,
    ledger,
    parts: createPartFiles({ ...deps, book, table }),
    log: deps.submitLog,
    isLibraryThere: libraryWatch.look,
    onLowDisk(free) {
      if (queue.setLowDisk(free)) soon()
    },
    onProgress: (job, done, total) =>
      live.change(job.id, {
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
    mayRun: (job) => queue.paused() !== 'user' && !has(job, 'paused'),
    onProgress: (job, progress) => live.change(job.id, { progress }),
  })

  const parts = [dispatcher, localRunner, deliverer, ...Object.values(pollers)]
  function wake(): void {
    for (const part of parts) part.wake()
    void bucket.tidy()
  }

  return {
    ...platforms,
    book,
    table,
    ledger,
    limits,
    timeline,
    bucket,
    known,
    localRunner,
    view: live.of,
    queue: queue.state,
    setPaused(paused) {
      queue.setPaused(paused)
      for (const row of table.unfinished()) if (row.state === 'waiting') deps.onJob(live.of(row))
      wake()
    },
    setLimits(provider, own) {
      transaction(db, () => {
        limits.set(provider, own)
        ledger.valueCredits(provider)
      })
      deps.onSpend(ledger.spend())
    },
    awayRead: queue.awayRead,
    start() {
      const { intents, orphans, isRestored } = deps
      queue.begin(isRestored)
      // What platforms and the bucket had then may be gone: a dead link must not go out with a paid request.
      if (isRestored) db.exec('delete from handed_over')
      recover({ book, table, ledger, intents, orphans, isRestored, now })
      void bucket.sweep()
      wake()
    },
    wake() {
      queue.tell()
      wake()
    },
    // A clip that waits for its library is as safe as it can be.
    isBusy: () =>
      table
        .unfinished()
        .some(
          (job) => job.intent !== null && isPaidInFlight(job.state) && !(job.result?.fetched && !isHere(job)),
        ),
    parts: () =>
      new Set(
        table
          .unfinished()
          .filter(isHere)
          .map(({ id }) => `${id}.part`),
      ),
    drain() {
      isDraining = true
      return dispatcher.drain()
    },
    stop() {
      isStopped = true
      libraryWatch.stop()
      for (const part of parts) part.stop()
      queue.end()
    },
  }
}
