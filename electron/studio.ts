import type { DatabaseSync } from 'node:sqlite'
import type { Clip } from '../shared/clip-schema'
import type { AppContract } from '../shared/contract'
import type { Handlers } from '../shared/ipc'
import { appHandlers, type AppHandlerDeps } from './ipc/app-handlers'
import { jobHandlers } from './ipc/job-handlers'
import { libraryHandlers } from './ipc/library-handlers'
import type { Emit } from './ipc/serve'
import { createDrafts } from './jobs/drafts'
import { createRunner } from './jobs/runner'
import { createJobTable } from './jobs/table'
import { createClips } from './library/clips'
import { firstDraft } from './library/first-draft'
import { createImporter } from './library/import'
import { sweepPartial, type Library } from './library/open'
import { createPreviews } from './library/previews'
import { reindex } from './library/reindex'
import { reindexStills } from './library/reindex-stills'
import { createStills } from './library/stills'
import type { MediaQueue } from './media/queue'
import { createLibraryRoute, type Route } from './protocol/routes'
import { createAnimatic } from './providers/animatic'

/** What an open library and its engine need of the outside: the shell, the media window, the clock. */
export interface StudioDeps extends AppHandlerDeps {
  readonly library: Library
  /** engine.db: the jobs and drafts of this computer; closed with the studio. */
  readonly engine: DatabaseSync
  readonly samplesFolder: string
  readonly media: MediaQueue
  readonly pages: Route
  readonly emit: Emit<AppContract>
  readonly pickFiles: () => Promise<readonly string[]>
  readonly revealFile: (path: string) => void
  readonly now: () => number
  readonly log: {
    readonly info: (what: string) => void
    readonly error: (what: string, error: unknown) => void
  }
}

/** An open library with everything that works on it. */
export interface Studio {
  readonly handlers: Handlers<AppContract>
  readonly route: Route
  /** Takes up what the last session left; settles when calls may be answered. Call once. */
  readonly start: () => Promise<void>
  /** Leaves every row as it is: the next start goes on from there. */
  readonly close: () => void
}

/** Puts the main process together, all but the shell: nothing here knows Electron. */
export function createStudio(deps: StudioDeps): Studio {
  const { library, engine, media, emit, now, log } = deps
  const { paths } = library
  const clips = createClips(library.db)
  const stills = createStills(library.db)
  const drafts = createDrafts(engine)

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
  const runner = createRunner({
    table: createJobTable(engine),
    library,
    clips,
    providers: { animatic: createAnimatic({ paths, stills, media }) },
    now,
    onJob: (job) => emit('job.changed', job),
    onClip,
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
        revealFile: deps.revealFile,
      }),
      ...jobHandlers({
        runner,
        onDismissed: (id) => emit('job.dismissed', { id }),
        getDraft: async () => drafts.get(library.id) ?? (await firstDraft(importer, deps.samplesFolder)),
        setDraft: (draft) => drafts.set(library.id, draft),
      }),
    },
    route: createLibraryRoute(
      { paths, clips, stills, onPreviewGone: (id) => previews.remake(id), importBytes: importer.bytes },
      deps.pages,
    ),
    async start() {
      await sweepPartial(paths, runner.parts())
      runner.start()
      previews.wake()
      if (!library.mayLackRows) return
      // Beside the work: it may take a while in a large library.
      findLost().catch((error: unknown) => log.error('reindexing', error))
    },
    close() {
      runner.stop()
      previews.stop()
      media.close()
      engine.close()
      library.close(isIndexed && !importer.isBusy())
    },
  }
}
