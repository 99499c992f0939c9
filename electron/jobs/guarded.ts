/** When something that failed is tried again, milliseconds. */
const againMs = 5_000

/** `run` as something that never throws and never ends for good: a failure is logged, and it comes again. */
export function guarded(
  what: string,
  run: () => void,
  deps: {
    readonly after: (ms: number, run: () => void) => () => void
    readonly logError: (what: string, error: unknown) => void
  },
): () => void {
  const attempt = () => {
    try {
      run()
    } catch (error) {
      deps.logError(what, error)
      deps.after(againMs, attempt)
    }
  }
  return attempt
}
