/** A price is asked for again after so long, milliseconds: it changes by the month, and a batch quotes at once. */
const goodForMs = 10 * 60_000
/**
 * At Generate, and before a job is sent, one that is older is asked for anew, milliseconds: a price may have risen since
 * it was shown. Not at each Generate: a batch makes one request.
 */
export const freshPriceMs = 60_000
/** After a failure: soon, as the window asks again when a platform is back, but not once for each recipe of a batch. */
const badForMs = 5_000

/** What is remembered under one name; times in milliseconds. */
interface Memory<T> {
  /** The last price that was told, and when it was asked for. */
  readonly told?: { readonly value: T; readonly at: number }
  /** The question that is on its way, or that failed until a while ago. */
  readonly asked?: { readonly answer: Promise<T | null>; readonly until: number }
}

/**
 * Remembers what a platform told of its prices, by a name, while it is asked too; failures for a short time, for which
 * they are thrown again. Who wants none older than `maxAgeMs` gets an older one only when the platform tells none.
 */
export function createPriceMemory<T>(now: () => number) {
  const kept = new Map<string, Memory<T>>()

  function ask(name: string, question: () => Promise<T | null>): Promise<T | null> {
    const at = now()
    const change = (more: Memory<T>) => kept.set(name, { ...kept.get(name), ...more })
    const answer = question().then(
      (value) => {
        if (value === null) change({ asked: { answer, until: now() + badForMs } })
        else kept.set(name, { told: { value, at } })
        return value
      },
      (error: unknown) => {
        change({ asked: { answer, until: now() + badForMs } })
        throw error
      },
    )
    change({ asked: { answer, until: at + goodForMs } })
    return answer
  }

  return async (
    name: string,
    question: () => Promise<T | null>,
    maxAgeMs: number = goodForMs,
  ): Promise<T | null> => {
    const told = (ageMs: number) => {
      const known = kept.get(name)?.told
      return known && now() - known.at < ageMs ? known : undefined
    }
    const young = told(maxAgeMs)
    if (young) return young.value
    const asked = kept.get(name)?.asked
    const answer = asked && now() < asked.until ? asked.answer : ask(name, question)
    try {
      return (await answer) ?? told(goodForMs)?.value ?? null
    } catch (error) {
      const old = told(goodForMs)
      if (old) return old.value
      throw error
    }
  }
}
