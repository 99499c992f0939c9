import { net, powerMonitor } from 'electron'
import { createOnlineWatch } from '../attention/online-watch'
import { startTimer } from './timer'

/** Whether this computer has a connection. */
export interface Network {
  readonly isOffline: () => boolean
  readonly stop: () => void
}

/** Watches the connection and the computer's sleep. Call it when the app is ready. */
export function createNetwork(deps: {
  /** The connection came or went, or the computer woke, maybe with the same connection: timers slept. */
  readonly onChange: () => void
}): Network {
  const watch = createOnlineWatch({
    isOnline: () => net.isOnline(),
    onChange: deps.onChange,
    after: startTimer,
    now: Date.now,
  })
  powerMonitor.on('resume', watch.woke)
  powerMonitor.on('unlock-screen', watch.woke)
  return {
    isOffline: watch.isOffline,
    stop() {
      powerMonitor.off('resume', watch.woke)
      powerMonitor.off('unlock-screen', watch.woke)
      watch.stop()
    },
  }
}
