/** Time between two looks, milliseconds: no system tells the main process of a change, and asking costs nothing. */
const everyMs = 5000

/** A look that comes this much late, milliseconds, means that the computer slept, also where no system says so. */
const sleptMs = 30_000

/** What watching the connection needs. */
export interface OnlineWatchDeps {
  readonly isOnline: () => boolean
  /** The connection came or went, or the computer woke: timers slept with it. */
  readonly onChange: () => void
  readonly after: (ms: number, run: () => void) => () => void
  /** Milliseconds of the wall clock, which goes on during sleep. */
  readonly now: () => number
}

/** Whether there is a connection, as the system last said. */
export interface OnlineWatch {
  readonly isOffline: () => boolean
  /** The computer woke: looks and tells, also when nothing changed. */
  readonly woke: () => void
  readonly stop: () => void
}

/** Looks at once, and from then on again and again. */
export function createOnlineWatch({ isOnline, onChange, after, now }: OnlineWatchDeps): OnlineWatch {
  let isOffline = !isOnline()
  let lookedAt = now()
  let stopTimer = after(everyMs, look)

  function look(): void {
    // First: a failing listener must not end the watch.
    stopTimer = after(everyMs, look)
    const wasOffline = isOffline
    const passed = now() - lookedAt
    refresh()
    if (isOffline !== wasOffline || passed > everyMs + sleptMs) onChange()
  }

  function refresh(): void {
    isOffline = !isOnline()
    lookedAt = now()
  }

  return {
    isOffline: () => isOffline,
    woke() {
      refresh()
      onChange()
    },
    stop: () => stopTimer(),
  }
}
