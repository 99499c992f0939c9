import { app, type BrowserWindow } from 'electron'
import type { Job } from '../../shared/job-schema'
import { countWork } from '../attention/work'
import { words } from '../attention/words'
import { createAttention } from './attention'
import { createAwake } from './awake'
import { askToQuit } from './dialogs'
import type { Log } from './log'
import { createQuitGuard } from './quit-guard'
import { createTray, trayIcon } from './tray'
import type { MainWindow } from './window'

/** Inbetween outside its window: tray, notifications, progress, the question before quitting, a computer kept awake. */
export interface Presence {
  /** Takes every change of every job. */
  readonly jobChanged: (job: Job) => void
  /** The window or the queue changed. */
  readonly update: () => void
  /** Whether the window stays although the user closed it. */
  readonly keepsOpen: (window: BrowserWindow) => boolean
  readonly stop: () => void
}

/** Makes it; call it when the engine is there, before it starts. */
export function createPresence(deps: {
  readonly window: MainWindow
  readonly icons: string
  /** The jobs that are not at an end. */
  readonly jobs: () => readonly Job[]
  readonly isBusy: () => boolean
  readonly isPaused: () => boolean
  readonly setPaused: (paused: boolean) => void
  readonly show: (job: Job) => void
  readonly log: Log
}): Presence {
  const { window, isBusy, isPaused } = deps
  const work = () => countWork(deps.jobs())
  const tray = createTray({
    icon: trayIcon(deps.icons),
    words: words.tray,
    onShow: window.show,
    onPauseToggle: () => deps.setPaused(!isPaused()),
    onQuit: () => app.quit(),
  })
  const awake = createAwake({ isBusy, log: deps.log })
  const attention = createAttention({ window: window.current, show: deps.show })
  const guard = createQuitGuard({
    isBusy,
    summary: work,
    hasTray: tray.isThere,
    ask: (question) => askToQuit(window.current(), question),
    onQuit: tray.destroy,
  })
  let isSoon = false

  function update(): void {
    awake.update()
    const { atWork, waiting } = work()
    tray.update({ visible: window.current()?.isVisible() ?? false, paused: isPaused(), atWork, waiting })
  }

  /** Once for many changes. */
  function soon(): void {
    if (isSoon) return
    isSoon = true
    setImmediate(() => {
      isSoon = false
      update()
    })
  }

  return {
    jobChanged(job) {
      attention.jobChanged(job)
      soon()
    },
    update: soon,
    keepsOpen: guard.keepsOpen,
    stop() {
      guard.stop()
      attention.stop()
      awake.stop()
      tray.destroy()
    },
  }
}
