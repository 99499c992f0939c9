import type { Clip } from '../shared/clip-schema'
import type { AppContract } from '../shared/contract'
import type { Handlers } from '../shared/ipc'
import type { Job } from '../shared/job-schema'
import { isRemote } from '../shared/provider'
import { createBucketDesk } from './bucket/bucket-desk'
import { appHandlers, type AppHandlerDeps } from './ipc/app-handlers'
import { jobHandlers } from './ipc/job-handlers'
import { libraryHandlers } from './ipc/library-handlers'
import { moneyHandlers } from './ipc/money-handlers'
import { networkHandlers } from './ipc/network-handlers'
import { providerHandlers } from './ipc/provider-handlers'
import type { Emit } from './ipc/serve'
import { createCommands } from './jobs/commands'
import type { Connections } from './jobs/platforms/connections'
import { createDrafts } from './jobs/store/drafts'
import { createEngine, type Engine } from './jobs/engine'
import type { EngineDeps } from './jobs/engine-deps'
import type { EngineFiles } from './jobs/store/open-files'
import type { SettingsTable } from './jobs/platforms/platform-settings'
import { createProviderDesk, type ProviderDesk } from './jobs/platforms/provider-desk'
import type { Vault } from './keys/vault'
import { createClips } from './library/clips'
import { createFetchLink } from './library/fetch-link'
import { firstDraft } from './library/first-draft'
import { createImporter } from './library/import'
import { sweepPartial, type Library } from './library/open'
import { createPreviews } from './library/previews'
import { reindex } from './library/reindex'
import { reindexStills } from './library/reindex-stills'
import { createStills } from './library/stills'
import { createCopies } from './media/copies'
import type { MediaQueue } from './media/queue'
import { createLibraryRoute, type Route } from './protocol/routes'
import type { NetworkDesk } from './network/network-desk'
import { createAnimatic } from './providers/animatic'

/** What an open library and its engine need of the outside: the shell, the media window, the network, the clock. */
export interface StudioDeps
  extends
    AppHandlerDeps,
    Pick<
      EngineDeps,
      | 'remote'
      | 'downloader'
      | 'elsewhere'
      | 'freeBytes'
      | 'isOffline'
      | 'now'
      | 'uptime'
      | 'after'
      | 'random'
    > {
  readonly library: Library
  /** What this computer knows of jobs; closed with the studio. */
  readonly files: EngineFiles
  readonly vault: Vault
  readonly connections: Connections
  readonly settings: SettingsTable
  readonly network: NetworkDesk
  /** Hosts of the user's own, whose addresses may be private. */
  readonly ownHosts: Set<string>
  /** Lets platforms and the bucket be on this computer: practice and tests. */
  readonly allowLoopback: boolean
  /** Writes what a public address answers with, of at most so many bytes. */
  readonly fetchFile: (url: string, path: string, maxBytes: number, signal: AbortSignal) => Promise<void>
  readonly samplesFolder: string
  readonly media: MediaQueue
  readonly pages: Route
  readonly emit: Emit<AppContract>
  /** Beside the window: what shows jobs elsewhere. */
  readonly onJob: (job: Job) => void
  readonly pickFiles: () => Promise<readonly string[]>
  readonly pickCsv: () => Promise<string | undefined>
  readonly revealFile: (path: string) => void
  readonly log: {
    readonly info: (what: string) => void
    readonly error: (what: string, error: unknown) => void
  }
}

/** An open library with everything that works on it. */
export interface Studio {
  readonly handlers: Handlers<AppContract>
  readonly route: Route
  readonly engine: Engine
  /** The jobs that are not at an end, of every library. */
  readonly jobs: () => readonly Job[]
  /** Takes up what the last session left; settles when calls may be answered. Call once. */
  readonly start: () => Promise<void>
  /** Leaves every row as it is: the next start goes on from there. */
  readonly close: () => void
}

/** Puts the main process together, all but the shell: nothing here knows Electron. */
export function createStudio(deps: StudioDeps): Studio {
  const { library, files, media, emit, now, log } = deps
  const { paths } = library
  const clips = createClips(library.db)
  const stills = createStills(library.db)
  const drafts = createDrafts(files.db)

  const previews = createPreviews({
    paths,
    clips,
    media,
    onClip: (clip) => emit('clip.changed', clip),
    log: log.info,
  })
  const onClip = (clip: Clip) => {
    emit('clip.changed', clip)
    previews.wake()
  }
  const importer = createImporter({
    paths,
    clips,
    stills,
    media,
    now,
    onClip,
    onProgress: (progress) => emit('import.progress', progress),
    logError: log.error,
  })
  // The desk is made with the engine, whose news it words.
  let desk: ProviderDesk | undefined = undefined as ProviderDesk | undefined
  const bucket = createBucketDesk({
    ...deps,
    send: deps.elsewhere,
    isStillNeeded: (print) => engine.bucket.keyPrints().has(print),
    onStatus: (status) => emit('bucket.changed', status),
  })
  const animatic = createAnimatic({ paths, stills, media })
  const engine: Engine = createEngine({
    ...deps,
    db: files.db,
    submitLog: files.submitLog,
    intents: files.intents,
    orphans: files.orphans,
    isRestored: files.isRestored,
    parked: files.parked,
    clips,
    stills,
    local: animatic,
    buckets: bucket,
    withCopy: createCopies({ folder: paths.partial, media }),
    inspect: async (part) =>
      (await media.run({ kind: 'clip' }, { inputs: { clip: part }, outputs: {} })).media,
    onJob(job) {
      emit('job.changed', job)
      deps.onJob(job)
    },
    onClip,
    onQueue: (queue) => emit('queue.changed', queue),
    onSpend: (spend) => emit('money.changed', spend),
    onProvider: (provider) => {
      if (desk) emit('provider.changed', desk.status(provider))
    },
    logError: log.error,
  })
  desk = createProviderDesk({ ...deps, engine, onStatus: (status) => emit('provider.changed', status) })
  const commands = createCommands({
    engine,
    library: library.id,
    submitLog: files.submitLog,
    quote: desk.quote,
    provider: (id) => (isRemote(id) ? deps.remote[id] : animatic),
    allowHttpLinks: deps.allowLoopback,
    now,
    logError: log.error,
  })

  /** False while files may lie in the library without a row. */
  let isIndexed = !library.mayLackRows

  async function findLost(): Promise<void> {
    const found = await reindex({ paths, clips, onClip, log: log.info })
    if (found > 0) log.info(`${found} clips found again by their sidecars`)
    await reindexStills({ paths, stills, media, now, log: log.info })
    isIndexed = true
  }

  function pruneKeys(): void {
    try {
      deps.vault.prune((owner, print) =>
        (owner === 'bucket' ? engine.bucket.keyPrints() : engine.table.keyPrints(owner)).has(print),
      )
    } catch (error) {
      log.error('pruning keys', error)
    }
  }

  return {
    handlers: {
      ...appHandlers(deps),
      ...libraryHandlers({
        paths,
        clips,
        stills,
        importer,
        media,
        now,
        pickFiles: deps.pickFiles,
        fetchLink: createFetchLink({ ...deps, importer }),
        revealFile: deps.revealFile,
      }),
      ...providerHandlers(desk, bucket),
      ...networkHandlers(deps.network),
      ...moneyHandlers({
        engine,
        pickCsv: deps.pickCsv,
        onSpend: (spend) => emit('money.changed', spend),
      }),
      ...jobHandlers({
        commands,
        onDismissed: (id) => emit('job.dismissed', { id }),
        getDraft: async () => drafts.get(library.id) ?? (await firstDraft(importer, deps.samplesFolder)),
        setDraft: (draft) => drafts.set(library.id, draft),
      }),
    },
    route: createLibraryRoute(
      { paths, clips, stills, onPreviewGone: (id) => previews.remake(id), importBytes: importer.bytes },
      deps.pages,
    ),
    engine,
    jobs: () => engine.table.unfinished().map(engine.view),
    async start() {
      // Before anything changes: only what differs from this is news.
      for (const job of engine.table.unfinished()) deps.onJob(engine.view(job))
      engine.start()
      files.settle()
      // Keys that were replaced are kept only as long as a job needs them.
      pruneKeys()
      // After recovering: a row that was made again from submits.log may need its part.
      await sweepPartial(paths, engine.parts())
      previews.wake()
      if (!library.mayLackRows) return
      // Beside the work: it may take a while in a large library.
      findLost().catch((error: unknown) => log.error('reindexing', error))
    },
    close() {
      engine.stop()
      previews.stop()
      media.close()
      files.close()
      library.close(isIndexed && !importer.isBusy())
    },
  }
}
