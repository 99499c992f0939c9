import { BrowserWindow, dialog, screen, type Rectangle } from 'electron'
import { join } from 'node:path'
import { contract, type AppContract } from '../../shared/contract'
import { eventChannel } from '../../shared/ipc'
import { appOrigin } from '../ipc/sender'
import type { Emit } from '../ipc/serve'
import type { Log } from './log'
import type { SettingsStore } from './settings'

/** Design size and smallest size, pixels: design/interface.md. */
const designSize = { width: 1440, height: 900 }
const smallestSize = { minWidth: 1100, minHeight: 700 }
/** `--bg-1` of the tokens, so that nothing flashes before the page is there. */
const background = '#181818'

/** Most times a dead page is loaded again: one that dies at once would otherwise do so for ever. */
const mostReloads = 3

/** The web preferences every window of ours has. */
export const safePreferences = {
  preload: join(import.meta.dirname, '../preload/preload.cjs'),
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: false,
} as const

/** The main window, which may be closed and opened again. */
export interface MainWindow {
  /** Opens it, or brings it to the front. */
  readonly show: () => void
  readonly current: () => BrowserWindow | undefined
  /** Sends an event to its page; without a window nobody needs it. */
  readonly emit: Emit<AppContract>
}

/** What the program does about the main window. */
export interface WindowHooks {
  /** Whether the window stays although the user closed it; it may be hidden then. */
  readonly keepsOpen?: (window: BrowserWindow) => boolean
  /** It came into view, or went out of it. */
  readonly onVisible?: (isVisible: boolean) => void
}

/** Makes the main window's owner; nothing opens before `show`. */
export function createMainWindow(
  settings: SettingsStore,
  log: Log,
  onClosed: () => void,
  hooks: WindowHooks = {},
): MainWindow {
  let window: BrowserWindow | undefined

  function open(): BrowserWindow {
    const opened = new BrowserWindow({
      ...designSize,
      ...smallestSize,
      ...visibleBounds(settings.get().window),
      title: 'Inbetween',
      backgroundColor: background,
      autoHideMenuBar: true,
      webPreferences: safePreferences,
    })
    opened.on('close', (event) => {
      settings.set({ window: opened.getNormalBounds() })
      if (hooks.keepsOpen?.(opened)) event.preventDefault()
    })
    opened.on('closed', () => {
      window = undefined
      hooks.onVisible?.(false)
      onClosed()
    })
    opened.on('show', () => hooks.onVisible?.(true))
    opened.on('hide', () => hooks.onVisible?.(false))
    let reloadsLeft = mostReloads
    opened.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit') return
      log.error('the window died', reason)
      reloadsLeft -= 1
      // A dead page would be a blank window; what was typed is in the draft. Not within this event: the process is still
      // being taken down.
      if (reloadsLeft >= 0) return void setImmediate(() => load(opened))
      dialog.showErrorBox(
        'The window keeps ending',
        'Start Inbetween again. Jobs and clips are safe, and nothing was lost.',
      )
    })
    load(opened)
    return opened
  }

  function load(opened: BrowserWindow): void {
    if (opened.isDestroyed()) return
    opened
      .loadURL(`${appOrigin}/index.html`)
      .catch((error: unknown) => log.error('loading the window', error))
  }

  return {
    show() {
      window ??= open()
      if (window.isMinimized()) window.restore()
      if (!window.isVisible()) window.show()
      window.focus()
    },
    current: () => window,
    emit(event, data) {
      if (!window || window.webContents.isDestroyed()) return
      window.webContents.send(eventChannel, event, contract.events[event].parse(data))
    },
  }
}

/** The remembered place, unless the screen it was on is gone. */
function visibleBounds(bounds: Rectangle | undefined): Rectangle | undefined {
  if (!bounds) return undefined
  const area = screen.getDisplayMatching(bounds).workArea
  const isSeen =
    bounds.x < area.x + area.width &&
    bounds.x + bounds.width > area.x &&
    bounds.y >= area.y &&
    bounds.y < area.y + area.height
  return isSeen ? bounds : undefined
}
