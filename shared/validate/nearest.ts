/** The allowed value nearest to the wanted one, the longer of two: a clip can be cut, not stretched. */
export function nearestOf(allowed: readonly number[], wanted: number): number | undefined {
  return allowed.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || b - a)[0]
}
