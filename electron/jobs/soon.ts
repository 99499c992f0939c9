/** Runs the work once after the present change is through, however many changes ask for it. */
export function createSoon(run: () => void): () => void {
  let isSoon = false
  return () => {
    if (isSoon) return
    isSoon = true
    queueMicrotask(() => {
      isSoon = false
      run()
    })
  }
}
