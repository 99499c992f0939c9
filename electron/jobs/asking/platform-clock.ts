import type { RemoteProviderId } from '../../../shared/provider'

/** The clocks of the platforms, by the `Date` of their answers. */
export interface PlatformClock {
  readonly answered: (provider: RemoteProviderId, date: number | null) => void
  /** Milliseconds since 1970; null before its first answer. */
  readonly now: (provider: RemoteProviderId) => number | null
}

/** Makes the clocks, from `uptime` in milliseconds: a clock of ours that nobody can set. */
export function createPlatformClock(uptime: () => number): PlatformClock {
  const offsets = new Map<RemoteProviderId, number>()
  return {
    answered: (provider, date) => void (date !== null && offsets.set(provider, date - uptime())),
    now(provider) {
      const offset = offsets.get(provider)
      return offset === undefined ? null : Math.round(uptime() + offset)
    },
  }
}
