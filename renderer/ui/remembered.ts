/** What a window remembers of itself between two starts: `localStorage`, or a map in tests. */
export type Memory = Pick<Storage, 'getItem' | 'setItem'>

/** Reads a remembered number; the fallback when there is none, or none within `min` to `max`. */
export function rememberedNumber(
  memory: Memory,
  key: string,
  limits: { readonly min: number; readonly max: number; readonly fallback: number },
): number {
  const text = memory.getItem(key)
  const value = text === null ? Number.NaN : Number(text)
  return value >= limits.min && value <= limits.max ? value : limits.fallback
}

/** Reads a remembered word; the fallback when it is none of `choices`. */
export function rememberedChoice<Choice extends string>(
  memory: Memory,
  key: string,
  choices: readonly Choice[],
  fallback: Choice,
): Choice {
  const text = memory.getItem(key)
  return choices.find((choice) => choice === text) ?? fallback
}
