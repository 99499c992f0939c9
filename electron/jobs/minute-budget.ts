/** Keeps requests under a number a minute. */
export interface MinuteBudget {
  /** Spends one; false when the minute is used up. */
  readonly take: () => boolean
  /** When one is free again, milliseconds since 1970; 0 when now. */
  readonly freeAt: () => number
}

const minuteMs = 60_000

/** A budget over a sliding minute. */
export function createMinuteBudget(perMinute: number, now: () => number): MinuteBudget {
  let taken: number[] = []
  const clear = () => {
    taken = taken.filter((at) => at > now() - minuteMs)
  }
  return {
    take() {
      clear()
      if (taken.length >= perMinute) return false
      taken.push(now())
      return true
    },
    freeAt() {
      clear()
      return taken.length < perMinute ? 0 : (taken[0] ?? 0) + minuteMs
    },
  }
}
