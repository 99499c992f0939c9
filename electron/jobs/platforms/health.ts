import type { RemoteProviderId } from '../../../shared/provider'
import type { Health } from '../../../shared/provider-status-schema'

/** How each platform answers, for everything that asks it. */
export interface HealthBoard {
  readonly of: (provider: RemoteProviderId) => Health
  /** Milliseconds until it may be asked again; 0 when now. */
  readonly askAgainInMs: (provider: RemoteProviderId) => number
  readonly answered: (provider: RemoteProviderId) => void
  readonly failed: (provider: RemoteProviderId) => void
  readonly limited: (provider: RemoteProviderId, retryAfterMs: number | undefined) => void
  readonly outOfCredit: (provider: RemoteProviderId) => void
  /** The user has done something about it: it may be tried again at once. */
  readonly reset: (provider: RemoteProviderId) => void
}

/** A single lost packet is no outage; four failures in a row are. */
const failuresBeforeDown = 4
/** First and longest pause of a platform that does not answer, milliseconds; doubled each time. */
const firstPauseMs = 5_000
const maxPauseMs = 300_000
/** Pause after a 429 that names no time, milliseconds: two of the shortest polls. */
const defaultLimitMs = 10_000
/** A platform's own wish is obeyed up to an hour; a longer one is a mistake in its header. */
const maxLimitMs = 3_600_000
/** How long a platform that said "out of credit" is left alone, milliseconds: asking again costs nothing. */
const creditPauseMs = 600_000

interface State {
  readonly failures: number
  readonly since: number
  readonly pauseUntil: number
  readonly limitedUntil: number
  readonly creditUntil: number
}

const never = Number.NEGATIVE_INFINITY
const well: State = { failures: 0, since: never, pauseUntil: never, limitedUntil: never, creditUntil: never }

/** Makes the board. `random` in [0, 1) spreads the tries of many computers. */
export function createHealthBoard(deps: {
  readonly now: () => number
  /** Milliseconds of a clock that nobody can set: pauses go by it. */
  readonly uptime: () => number
  readonly random: () => number
  readonly onChange: (provider: RemoteProviderId) => void
}): HealthBoard {
  const { now, uptime, random, onChange } = deps
  const states = new Map<RemoteProviderId, State>()
  const stateOf = (provider: RemoteProviderId) => states.get(provider) ?? well

  function change(provider: RemoteProviderId, changed: Partial<State>): void {
    const before = board.of(provider)
    states.set(provider, { ...stateOf(provider), ...changed })
    if (board.of(provider).kind !== before.kind || before.kind !== 'ok') onChange(provider)
  }

  const board: HealthBoard = {
    of(provider) {
      const { failures, since, pauseUntil, limitedUntil, creditUntil } = stateOf(provider)
      // A platform stays down until it has answered, not until the next try.
      const toTime = (at: number) => Math.round(now() + at - uptime())
      if (failures >= failuresBeforeDown)
        return { kind: 'down', since: toTime(since), until: toTime(pauseUntil) }
      if (limitedUntil > uptime()) return { kind: 'limited', until: toTime(limitedUntil) }
      return creditUntil > uptime() ? { kind: 'out-of-credit' } : { kind: 'ok' }
    },
    askAgainInMs(provider) {
      const { pauseUntil, limitedUntil } = stateOf(provider)
      return Math.max(0, Math.max(pauseUntil, limitedUntil) - uptime())
    },
    answered: (provider) => change(provider, { failures: 0, since: never, pauseUntil: never }),
    failed(provider) {
      const before = stateOf(provider)
      const failures = before.failures + 1
      const since = before.failures === 0 ? uptime() : before.since
      if (failures < failuresBeforeDown) return change(provider, { failures, since })
      const pause = Math.min(maxPauseMs, firstPauseMs * 2 ** (failures - failuresBeforeDown))
      change(provider, { failures, since, pauseUntil: uptime() + Math.round(pause * (0.75 + random() / 2)) })
    },
    limited: (provider, retryAfterMs = defaultLimitMs) =>
      change(provider, { limitedUntil: uptime() + Math.min(maxLimitMs, Math.max(1000, retryAfterMs)) }),
    outOfCredit: (provider) => change(provider, { creditUntil: uptime() + creditPauseMs }),
    reset: (provider) => change(provider, well),
  }
  return board
}
