/** A clock that runs many times as fast as the real one, so that hours of waiting are measured in minutes. */
export interface FastClock {
  /** Simulated milliseconds since 1970; it stands still until it begins. */
  readonly now: () => number
  /** The real time at which it starts to run, milliseconds since 1970: several processes keep one time by it. */
  readonly begin: (at: number) => void
  readonly after: (ms: number, run: () => void) => () => void
}

/** 21 November 2026, noon UTC, milliseconds: any other day would do. */
const noonMs = Date.UTC(2026, 10, 21, 12)

/** Makes a clock `speed` times as fast as the real one. */
export function createFastClock(speed: number): FastClock {
  let beganAt = Number.POSITIVE_INFINITY
  return {
    now: () => noonMs + Math.round(Math.max(0, Date.now() - beganAt) * speed),
    begin: (at) => (beganAt = at),
    after(ms, run) {
      const timer = setTimeout(run, ms / speed)
      return () => clearTimeout(timer)
    },
  }
}
