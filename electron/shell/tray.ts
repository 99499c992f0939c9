import { Menu, nativeImage, Tray, type NativeImage } from 'electron'
import { join } from 'node:path'
import { hasTrayHost } from '../attention/tray-host'
import type { words } from '../attention/words'

/** What the tray shows. */
export interface TrayState {
  /** Whether the window is. */
  readonly visible: boolean
  /** Whether the queue is. */
  readonly paused: boolean
  readonly atWork: number
  readonly waiting: number
}

/** The icon in the tray, on macOS in the menu bar. */
export interface AppTray {
  /** Shows it while there is work or the window is hidden, and takes it away after. */
  readonly update: (state: TrayState) => void
  /** Whether the user has it before their eyes: only then may the window hide. */
  readonly isThere: () => boolean
  readonly destroy: () => void
}

/** The icon in `folder` (scripts/make-tray-icons.mjs): macOS colours a template itself, elsewhere it brings its colour. */
export function trayIcon(folder: string): NativeImage {
  const name = process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'
  return nativeImage.createFromPath(join(folder, name))
}

/** Makes the tray's owner; nothing is shown before `update`. A desktop without a tray is no failure. */
export function createTray(deps: {
  readonly icon: NativeImage
  readonly words: typeof words.tray
  readonly onShow: () => void
  readonly onPauseToggle: () => void
  readonly onQuit: () => void
}): AppTray {
  const { icon, words: says } = deps
  let hasHost = process.platform !== 'linux'
  let tray: Tray | undefined
  let state: TrayState | undefined
  let shown = ''
  let isDestroyed = false

  /** Asked whenever the icon begins to be wanted: panels come and go. */
  async function lookForHost(): Promise<void> {
    if (process.platform !== 'linux') return
    hasHost = await hasTrayHost()
    apply()
  }

  function apply(): void {
    if (isDestroyed || !state || !hasHost || icon.isEmpty() || !isWanted(state)) return remove()
    tray ??= open()
    const tip = says.tip(state, state.paused)
    if (tip === shown) return
    shown = tip
    tray.setToolTip(tip)
    // On Linux a menu does not change after it was given.
    tray.setContextMenu(menuOf(state))
  }

  function open(): Tray {
    const opened = new Tray(icon)
    // On macOS a click opens the menu.
    if (process.platform !== 'darwin') opened.on('click', deps.onShow)
    return opened
  }

  function menuOf({ paused }: TrayState): Menu {
    return Menu.buildFromTemplate([
      { label: says.show, click: deps.onShow },
      { label: paused ? says.resume : says.pause, click: deps.onPauseToggle },
      { type: 'separator' },
      { label: says.quit, click: deps.onQuit },
    ])
  }

  function remove(): void {
    tray?.destroy()
    tray = undefined
    shown = ''
  }

  return {
    update(next) {
      const wasWanted = state !== undefined && isWanted(state)
      state = next
      if (isWanted(next) && !wasWanted) void lookForHost()
      apply()
    },
    isThere: () => tray !== undefined,
    destroy() {
      // Windows still close and tell of it: nothing comes back.
      isDestroyed = true
      remove()
    },
  }
}

function isWanted({ visible, atWork, waiting }: TrayState): boolean {
  return !visible || atWork + waiting > 0
}
