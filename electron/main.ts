import { app, dialog, session, shell } from 'electron'
import { join } from 'node:path'
import type { Clip } from '../shared/clip-schema'
import type { AppContract } from '../shared/contract'
import { toErrorShape } from '../shared/error'
import type { Handlers } from '../shared/ipc'
import { openDatabase } from './database/open'
import { appHandlers } from './ipc/app-handlers'
import { jobHandlers } from './ipc/job-handlers'
import { libraryHandlers } from './ipc/library-handlers'
import { createDrafts } from './jobs/drafts'
import { createRunner } from './jobs/runner'
import { engineMigrations } from './jobs/schema'
import { createJobTable } from './jobs/table'
import { createClips } from './library/clips'
import { firstDraft } from './library/first-draft'
import { createImporter } from './library/import'
import { sweepPartial } from './library/open'
import { createPreviews } from './library/previews'
import { reindex } from './library/reindex'
import { createStills } from './library/stills'
import { createMediaQueue } from './media/queue'
import { createTransfers } from './media/transfers'
import { createLibraryRoute, createPageRoute, createTaskRoute } from './protocol/routes'
import { createAnimatic } from './providers/animatic'
import { serveCalls } from './shell/calls'
import { chooseLibrary } from './shell/choose-library'
import { pickFiles } from './shell/dialogs'
import { createLog } from './shell/log'
import { createMediaWindowOpener } from './shell/media-window'
import { setMenu } from './shell/menu'
import { isTrustedRuntime } from './shell/runtime'
import { registerScheme, serveScheme } from './shell/scheme'
import { guardPages, guardSession, openExternal } from './shell/security'
import { openSettings } from './shell/settings'
import { createMainWindow } from './shell/window'

const pagesFolder = join(import.meta.dirname, '../renderer')

// SECURITY: forcing the sandbox together with --no-sandbox (needed as root) makes every page crash in a loop.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
registerScheme()
guardPages()
setMenu()

if (!app.requestSingleInstanceLock()) app.quit()
else
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      const { message, details } = toErrorShape(error)
      dialog.showErrorBox('Inbetween cannot start', `${message}\n\n${details ?? ''}`)
      app.exit(1)
    })

function startTimer(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

async function start(): Promise<void> {
  const log = createLog()
  const settings = openSettings(Date.now)
  const library = await chooseLibrary(settings)
  if (!library) return app.quit()
  const { paths } = library
  const engine = openDatabase(join(app.getPath('userData'), 'engine.db'), engineMigrations)

  const clips = createClips(library.db)
  const stills = createStills(library.db)
  const table = createJobTable(engine)
  const drafts = createDrafts(engine)
  // Not `window-all-closed`: the hidden media window is one of "all". macOS programs stay in the dock.
  const window = createMainWindow(settings, () => {
    if (process.platform !== 'darwin') app.quit()
  })

  const transfers = createTransfers()
  const pages = createPageRoute(pagesFolder)
  const openWorker = createMediaWindowOpener({
    handlers: () => media.handlers,
    route: createTaskRoute(transfers.handle, pages),
    log,
  })
  const media = createMediaQueue({ openWorker, transfers, after: startTimer, log: log.info })

  const previews = createPreviews({
    paths,
    clips,
    media,
    onClip: (clip) => window.emit('clip.changed', clip),
    log: log.info,
  })
  const onClip = (clip: Clip) => {
    window.emit('clip.changed', clip)
    previews.wake()
  }
  const importer = createImporter({
    paths,
    clips,
    stills,
    media,
    now: Date.now,
    onClip,
    onProgress: (progress) => window.emit('import.progress', progress),
    logError: log.error,
  })
  const runner = createRunner({
    table,
    library,
    clips,
    providers: { animatic: createAnimatic({ paths, stills, media }) },
    now: Date.now,
    onJob: (job) => window.emit('job.changed', job),
    onClip,
    logError: log.error,
  })

  const handlers: Handlers<AppContract> = {
    ...appHandlers({
      info: () => ({
        version: app.getVersion(),
        platform: process.platform,
        electron: process.versions.electron,
        trustedRuntime: isTrustedRuntime(),
        libraryName: library.name,
        libraryFolder: paths.root,
        notices: settings.notice === undefined ? [] : [settings.notice],
      }),
      openExternal,
      revealFolder: () => void shell.openPath(paths.root),
    }),
    ...libraryHandlers({
      paths,
      clips,
      stills,
      importer,
      media,
      now: Date.now,
      pickFiles: () => pickFiles(window.current()),
      revealFile: (path) => shell.showItemInFolder(path),
    }),
    ...jobHandlers({
      runner,
      onDismissed: (id) => window.emit('job.dismissed', { id }),
      getDraft: async () =>
        drafts.get(library.id) ?? (await firstDraft(importer, join(pagesFolder, 'samples'))),
      setDraft: (draft) => drafts.set(library.id, draft),
    }),
  }
  serveCalls(handlers, log)

  serveScheme(
    session.defaultSession,
    createLibraryRoute({ paths, clips, stills, importBytes: importer.bytes }, pages),
  )
  guardSession(session.defaultSession)

  app.on('second-instance', () => window.show())
  app.on('activate', () => window.show())
  app.on('will-quit', () => {
    runner.stop()
    previews.stop()
    media.close()
    engine.close()
    library.close()
  })

  await sweepPartial(paths, runner.parts())
  window.show()
  runner.start()
  previews.wake()
  if (library.mayLackRows) await reindex({ paths, clips, onClip, log: log.info })
}
