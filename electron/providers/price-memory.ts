/** A price is asked for again after so long, milliseconds: it changes by the month, and a batch quotes at once. */
const goodForMs = 10 * 60_000
/** After a failure: soon, as the window asks again when a platform is back, but not once for each recipe of a batch. */
const badForMs = 5_000

/**
 * Remembers what a platform told of its prices, by a name, while it is asked too; failures for a short time, for which
 * they are thrown again.
 */
export function createPriceMemory<T>(now: () => number) {
  const kept = new Map<string, { readonly value: Promise<T | null>; until: number }>()
  return async (name: string, ask: () => Promise<T | null>): Promise<T | null> => {
    const known = kept.get(name)
    if (known && now() < known.until) return known.value
    const current = { value: ask(), until: now() + goodForMs }
    kept.set(name, current)
    let isKnown = false
    try {
      const value = await current.value
      isKnown = value !== null
      return value
    } finally {
      if (!isKnown) current.until = now() + badForMs
    }
  }
}
