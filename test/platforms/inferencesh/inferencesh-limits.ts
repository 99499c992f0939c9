import type { Clock } from '../clock'
import type { InferenceshAnswers } from './inferencesh-answer'
import type { Route } from '../server'

const minuteMs = 60_000

/** Requests a minute for each account (§5.1). */
export interface InferenceshRateLimits {
  readonly run: number
  readonly read: number
  readonly upload: number
}

/** The figures of an older overview copy; the newest was not readable (§5.1). */
export const olderRateLimits: InferenceshRateLimits = { run: 100, read: 1000, upload: 50 }

export interface LimitOptions {
  /** Enforced with 429; null only counts, and then never tells less than 1 left. Default null. */
  readonly rateLimits?: InferenceshRateLimits | null
  /** What `X-RateLimit-Reset` means is undocumented: seconds since the epoch, or from now. Default epoch. */
  readonly rateReset?: 'epoch' | 'seconds'
}

/** Puts X-RateLimit-Remaining and X-RateLimit-Reset on a route's answers, counted in fixed minutes. */
export function createInferenceshLimits(
  clock: Clock,
  { problem }: InferenceshAnswers,
  { rateLimits = null, rateReset = 'epoch' }: LimitOptions,
) {
  const windows = new Map<string, { readonly from: number; count: number }>()
  const limits = rateLimits ?? olderRateLimits
  const take = (kind: keyof InferenceshRateLimits, account: string) => {
    const now = clock.now()
    const slot = `${kind} ${account}`
    const last = windows.get(slot)
    const window = last && now - last.from < minuteMs ? last : { from: now, count: 0 }
    windows.set(slot, window)
    window.count += 1
    const left = limits[kind] - window.count
    const resetMs = window.from + minuteMs - (rateReset === 'epoch' ? 0 : now)
    const headers = {
      'x-ratelimit-remaining': String(Math.max(rateLimits === null ? 1 : 0, left)),
      'x-ratelimit-reset': String(Math.ceil(resetMs / 1000)),
    }
    return { refused: rateLimits !== null && left < 0, headers }
  }
  return (kind: keyof InferenceshRateLimits, route: Route): Route => ({
    ...route,
    answer: async (call) => {
      const { refused, headers } = take(kind, call.account)
      const answer = refused ? problem(429, 'Too many requests') : await route.answer(call)
      return { ...answer, headers: { ...answer.headers, ...headers } }
    },
  })
}
