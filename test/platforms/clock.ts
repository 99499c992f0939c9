/** 21 November 2026, noon UTC, ms: where a clock that nobody moved stands; the day of the platform documents. */
const documentsNoonMs = Date.UTC(2026, 10, 21, 12)

/** The platform's time. Jobs, links, uploads and idempotency keys age by it and by nothing else. */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Moves the time forward (or back, with a negative number) and lets everything due happen, at once. */
  readonly advance: (ms: number) => void
  readonly onAdvance: (listener: () => void) => void
}

/** A clock that stands still until it is advanced; `base` (for practice: `Date.now`) makes it tick by itself. */
export function createClock(base: () => number = () => documentsNoonMs): Clock {
  const listeners: (() => void)[] = []
  let offsetMs = 0
  return {
    now: () => base() + offsetMs,
    advance: (ms) => {
      offsetMs += ms
      for (const listener of listeners) listener()
    },
    onAdvance: (listener) => void listeners.push(listener),
  }
}
