import { powerSaveBlocker } from 'electron'
import type { Log } from './log'

/** Keeps the computer from falling asleep by itself; the screen may go dark. */
export interface Awake {
  /** Looks again whether there is a reason. Call it after every change of a job. */
  readonly update: () => void
  readonly stop: () => void
}

/** Makes it; nothing is kept awake before the first `update`. */
export function createAwake(deps: {
  /** Whether something is between submitting and saved. */
  readonly isBusy: () => boolean
  readonly log: Pick<Log, 'info'>
}): Awake {
  let blocker: number | undefined

  function stop(): void {
    if (blocker === undefined) return
    powerSaveBlocker.stop(blocker)
    blocker = undefined
    deps.log.info('the computer may sleep again')
  }

  return {
    update() {
      if (!deps.isBusy()) return stop()
      if (blocker !== undefined) return
      blocker = powerSaveBlocker.start('prevent-app-suspension')
      deps.log.info('the computer is kept awake: something is between submitting and saved')
    },
    stop,
  }
}
