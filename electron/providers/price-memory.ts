/** A price is asked for again after so long, milliseconds: it changes by the month, and a batch quotes at once. */
const goodForMs = 10 * 60_000
/** After a failure: soon, but not once for each recipe of a batch. */
const badForMs = 20_000

/** Remembers what a platform told of its prices, by a name, while it is asked too; failures for a short time. */
export function createPriceMemory<T>(now: () => number) {
  const kept = new Map<string, { readonly value: Promise<T | null>; until: number }>()
  return async (name: string, ask: () => Promise<T | null>): Promise<T | null> => {
    const known = kept.get(name)
    if (known && now() < known.until) return known.value
    // Whatever goes wrong: the question at Generate says how sure a price is.
    const current = { value: ask().catch(() => null), until: now() + goodForMs }
    kept.set(name, current)
    const value = await current.value
    if (value === null) current.until = now() + badForMs
    return value
  }
}
