import { app, dialog, session } from 'electron'
import { join } from 'node:path'
import { toErrorShape } from '../shared/error'
import { createPageRoute, createWaitingRoute } from './protocol/routes'
import { serveCalls } from './shell/calls'
import { createLog } from './shell/log'
import { setMenu } from './shell/menu'
import { registerScheme, serveScheme } from './shell/scheme'
import { guardPages, guardSession } from './shell/security'
import { openSettings } from './shell/settings'
import type { Presence } from './shell/presence'
import { createMainWindow } from './shell/window'
import type { Studio } from './studio'

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
  let presence: Presence | undefined
  // Not `window-all-closed`: the hidden media window is one of "all". macOS programs stay in the dock.
  const window = createMainWindow(
    settings,
    log,
    () => {
      if (process.platform !== 'darwin') app.quit()
    },
    {
      keepsOpen: (shown) => presence?.keepsOpen(shown) ?? false,
      onVisible: () => presence?.update(),
    },
  )
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
  // Before the rest of the program is even loaded: the page's process starts meanwhile, and its calls wait.
  window.show()

  const { openProgram } = await import('./program')
  const program = await openProgram({ log, settings, window, pages, pagesFolder })
  if (!program) return app.quit()
  presence = program.presence
  await program.start()
  opened.resolve(program.studio)
}
