import { app, dialog, session, shell } from 'electron'
import { join } from 'node:path'
import { toErrorShape } from '../shared/error'
import { openOrSetAside } from './database/open-or-set-aside'
import { engineMigrations } from './jobs/schema'
import { createMediaQueue } from './media/queue'
import { createTransfers } from './media/transfers'
import { createPageRoute, createTaskRoute, createWaitingRoute } from './protocol/routes'
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
import { startTimer } from './shell/timer'
import { createMainWindow } from './shell/window'
import { createStudio, type Studio } from './studio'

const engineDamaged = (aside: string) =>
  `The list of jobs was damaged and starts anew; every clip is in the library. The damaged one is kept as ${aside}.`

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

async function start(): Promise<void> {
  const log = createLog()
  const settings = openSettings(Date.now)
  const opened = Promise.withResolvers<Studio>()
  // Not `window-all-closed`: the hidden media window is one of "all". macOS programs stay in the dock.
  const window = createMainWindow(settings, log, () => {
    if (process.platform !== 'darwin') app.quit()
  })
  const pages = createPageRoute(pagesFolder)
  serveScheme(
    session.defaultSession,
    createWaitingRoute(
      pages,
      opened.promise.then(({ route }) => route),
    ),
  )
  guardSession(session.defaultSession)
  serveCalls(
    opened.promise.then(({ handlers }) => handlers),
    log,
  )
  app.on('second-instance', () => window.show())
  app.on('activate', () => window.show())
  // Before the library is opened: the page's process starts meanwhile, and its calls wait.
  window.show()

  const library = await chooseLibrary(settings)
  if (!library) return app.quit()
  const engine = await openOrSetAside(join(app.getPath('userData'), 'engine.db'), engineMigrations)
  const transfers = createTransfers()
  const media = createMediaQueue({
    openWorker: createMediaWindowOpener({
      handlers: () => media.handlers,
      route: createTaskRoute(transfers.handle, pages),
      log,
    }),
    transfers,
    after: startTimer,
    log: log.info,
  })
  const studio = createStudio({
    library,
    engine: engine.db,
    samplesFolder: join(pagesFolder, 'samples'),
    media,
    pages,
    emit: window.emit,
    info: () => ({
      version: app.getVersion(),
      platform: process.platform,
      electron: process.versions.electron,
      trustedRuntime: isTrustedRuntime(),
      libraryName: library.name,
      libraryFolder: library.paths.root,
      notices: [settings.notice, library.notice, engine.aside && engineDamaged(engine.aside)].filter(
        (notice) => notice !== undefined,
      ),
    }),
    openExternal,
    revealFolder: () => void shell.openPath(library.paths.root),
    pickFiles: () => pickFiles(window.current()),
    revealFile: (path) => shell.showItemInFolder(path),
    now: Date.now,
    log,
  })
  app.on('will-quit', () => studio.close())
  await studio.start()
  opened.resolve(studio)
}
