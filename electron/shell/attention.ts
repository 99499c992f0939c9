import { app, type BrowserWindow } from 'electron'
import type { Job } from '../../shared/job-schema'
import { createNews } from '../attention/news'
import { createProgress, type Progress } from '../attention/progress'
import { notify } from './notify'
import { startTimer } from './timer'

/** The id the installer gives to the shortcut (`appId` of electron-builder.yml); Windows notifies for no other. */
const windowsAppId = 'app.inbetween.desktop'

/** What the user's attention is drawn with outside the window. */
export interface Attention {
  /** Takes every change of every job, and once what there is before the engine starts. */
  readonly jobChanged: (job: Job) => void
  readonly stop: () => void
}

/** Tells of ends and problems while the window is not in front, and shows the progress of all on the dock or taskbar. */
export function createAttention(deps: {
  readonly window: () => BrowserWindow | undefined
  /** Brings the window to the front with this job in view. */
  readonly show: (job: Job) => void
}): Attention {
  if (process.platform === 'win32') app.setAppUserModelId(windowsAppId)
  const overall = createProgress()
  const news = createNews({
    isInFront: () => deps.window()?.isFocused() ?? false,
    after: startTimer,
    tell: ({ title, body, job }) => notify({ title, body, onClick: () => deps.show(job) }),
    onProblems: (count) => {
      if (process.platform !== 'win32') app.setBadgeCount(count)
    },
  })
  const seen = () => news.seen()
  app.on('browser-window-focus', seen)

  let shown: Progress = 'none'
  let shownIn: BrowserWindow | undefined

  function showProgress(progress: Progress): void {
    const window = deps.window()
    if (!window || (progress === shown && window === shownIn)) return
    shown = progress
    shownIn = window
    window.setProgressBar(barOf(progress))
  }

  return {
    jobChanged(job) {
      showProgress(overall(job))
      news.changed(job)
    },
    stop() {
      app.off('browser-window-focus', seen)
      news.stop()
    },
  }
}

/** Linux has no bar without a figure and hides an empty one: a sliver says that something is at work. */
const sliver = 0.02

/** As setProgressBar wants it: below 0 is none, above 1 a bar without a figure. */
function barOf(progress: Progress): number {
  if (progress === 'none') return -1
  if (progress === 'unknown') return process.platform === 'linux' ? sliver : 2
  return progress
}
