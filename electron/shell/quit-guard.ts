import { app, BrowserWindow, powerMonitor, type Event } from 'electron'
import { createQuitRules, type QuitRulesDeps } from '../attention/quit-rules'
import { words } from '../attention/words'
import { notify } from './notify'

/** What the operating system ends a program with; Ctrl-C in a terminal among them. */
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/** Stands between the user and the end of the program. */
export interface QuitGuard {
  /** Whether the window stays: hidden while work goes on, or until a question is answered. For its `close` event. */
  readonly keepsOpen: (window: BrowserWindow) => boolean
  readonly stop: () => void
}

/** Watches every way to end the program. Call it when the app is ready. */
export function createQuitGuard(deps: Omit<QuitRulesDeps, 'quit'>): QuitGuard {
  const rules = createQuitRules({ ...deps, quit: () => app.quit() })
  let isExplained = false

  function beforeQuit(event: Event): void {
    if (!rules.mayQuit()) event.preventDefault()
  }
  function endNow(): void {
    rules.end()
    app.quit()
  }
  // Typed without an event; with it Linux and macOS wait a little for an orderly end.
  function shutdown(event?: Pick<Event, 'preventDefault'>): void {
    event?.preventDefault()
    endNow()
  }
  // On Windows the end of the session is told to windows alone.
  function watchSession(window: BrowserWindow): void {
    window.on('session-end', endNow)
  }
  function windowCreated(_event: Event, window: BrowserWindow): void {
    watchSession(window)
  }

  app.on('before-quit', beforeQuit)
  app.on('browser-window-created', windowCreated)
  BrowserWindow.getAllWindows().forEach(watchSession)
  powerMonitor.on('shutdown', shutdown)
  for (const signal of signals) process.on(signal, endNow)

  function explain(window: BrowserWindow): void {
    if (isExplained) return
    isExplained = true
    const { title, body } = words.closed
    notify({ title, body: body(process.platform), onClick: () => window.isDestroyed() || window.show() })
  }

  return {
    keepsOpen(window) {
      const what = rules.closing()
      if (what === 'close') return false
      if (what === 'quit') app.quit()
      else {
        hide(window)
        explain(window)
      }
      return true
    },
    stop() {
      app.off('before-quit', beforeQuit)
      app.off('browser-window-created', windowCreated)
      powerMonitor.off('shutdown', shutdown)
      for (const signal of signals) process.off(signal, endNow)
    },
  }
}

/** Hides a window; on macOS one in full screen would leave a black screen behind. */
function hide(window: BrowserWindow): void {
  if (process.platform !== 'darwin' || !window.isFullScreen()) return window.hide()
  window.once('leave-full-screen', () => window.hide())
  window.setFullScreen(false)
}
