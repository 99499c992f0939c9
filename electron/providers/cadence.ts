/**
 * A wait that grows with the job: `fromMs` at first, then a twelfth of the job's age (so that an answer is late by 8 %
 * at most), never more than `toMs`. All in milliseconds.
 */
export function growingInterval(ageMs: number, fromMs: number, toMs: number): number {
  return Math.min(toMs, Math.max(fromMs, ageMs / 12))
}
