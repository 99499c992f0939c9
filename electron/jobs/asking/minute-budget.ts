import type { RemoteProviderId } from '../../../shared/provider'

/** Counts the requests to one platform, so that those which can wait keep them under a number a minute. */
export interface MinuteBudget {
  /**
   * Counts one, also above the number: what the user waits for (submits, uploads, cancels, prices) is not held up. There
   * are few of them, and questions make room afterwards.
   */
  readonly spend: () => void
  /** Whether a question, which can wait, may be asked now. */
  readonly hasRoom: () => boolean
  /** When one may be asked again, by the clock it was made with, milliseconds; 0 when now. */
  readonly freeAt: () => number
}

const minuteMs = 60_000

/** Part of the number that questions leave for what cannot wait: enough for a few jobs with their pictures. */
const kept = 0.1

/** A budget over a sliding minute. */
export function createMinuteBudget(perMinute: number, now: () => number): MinuteBudget {
  const forQuestions = Math.max(1, Math.floor(perMinute * (1 - kept)))
  let spent: readonly number[] = []
  const recent = () => spent.filter((at) => at > now() - minuteMs)

  function freeAt(): number {
    // With this one out of the minute fewer than that are left in it.
    const last = recent().at(-forQuestions)
    return last === undefined ? 0 : last + minuteMs
  }

  return {
    spend: () => void (spent = [...recent(), now()]),
    hasRoom: () => freeAt() === 0,
    freeAt,
  }
}

/** One for each platform. */
export function createMinuteBudgets(
  perMinute: (provider: RemoteProviderId) => number,
  now: () => number,
): (provider: RemoteProviderId) => MinuteBudget {
  const budgets = new Map<RemoteProviderId, MinuteBudget>()
  return (provider) => {
    const budget = budgets.get(provider) ?? createMinuteBudget(perMinute(provider), now)
    budgets.set(provider, budget)
    return budget
  }
}
