/** The speeds J and L step through, forwards and backwards; 0 stands still. */
export const shuttleRates = [1, 2, 4, 8] as const

/** The speed after a press of J (backwards), K (stop) or L (forwards); the same key again goes faster. */
export function nextRate(rate: number, key: 'j' | 'k' | 'l'): number {
  if (key === 'k') return 0
  const direction = key === 'l' ? 1 : -1
  const speed = rate * direction
  if (speed <= 0) return direction
  const faster = shuttleRates.find((known) => known > speed) ?? shuttleRates[shuttleRates.length - 1] ?? 1
  return faster * direction
}
