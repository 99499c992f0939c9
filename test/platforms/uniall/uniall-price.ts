export type UniallTier = '720p' | '1080p' | '4k'

/**
 * Micro-dollars per second without sound. 4K is the page's own figure (§1.6); of 720p and 1080p it says "lower rates"
 * only. Theirs are MADE UP here (a third and a half of 4K): the true ones are unknown, so no client may know them.
 */
const silentRates: Readonly<Record<UniallTier, number>> = { '720p': 68_000, '1080p': 102_000, '4k': 204_000 }

/** Sound, micro-dollars per second: 0.238 less 0.204 at 4K (§1.6). That it is the same below 4K is made up too. */
const soundRate = 34_000

/** What the platform charges, micro-dollars. Standard models are billed like the fast ones: no document has a price. */
export function uniallPrice(asked: {
  readonly tier: UniallTier
  readonly audio: boolean
  readonly seconds: number
}): number {
  return (silentRates[asked.tier] + (asked.audio ? soundRate : 0)) * asked.seconds
}
