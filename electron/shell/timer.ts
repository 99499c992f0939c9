/** Longest wait that the system's timers know, milliseconds; a longer one would end at once. */
const maxMs = 2 ** 31 - 1

/** Calls back after the given milliseconds; returns the function that takes it back. */
export function startTimer(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, Math.min(ms, maxMs))
  return () => clearTimeout(timer)
}
