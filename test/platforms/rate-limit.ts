import type { Clock } from './clock'

const minuteMs = 60_000

export interface RateLimit {
  /** Counts a request of the account; when it is one too many, the whole seconds to wait, else null. */
  readonly take: (account: string) => number | null
}

/** So many requests a minute for each account, in fixed minutes from its first request; null never refuses. */
export function createRateLimit(clock: Clock, perMinute: number | null): RateLimit {
  const windows = new Map<string, { readonly from: number; count: number }>()
  return {
    take: (account) => {
      const now = clock.now()
      const last = windows.get(account)
      const window = last && now - last.from < minuteMs ? last : { from: now, count: 0 }
      windows.set(account, window)
      window.count += 1
      if (window.count <= (perMinute ?? Infinity)) return null
      return Math.ceil((window.from + minuteMs - now) / 1000)
    },
  }
}
