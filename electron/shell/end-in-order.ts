import { app } from 'electron'
import { startTimer } from './timer'

/** Longest wait for answers to paid requests when the program ends, milliseconds; most platforms answer within two. */
const drainMs = 20_000

/** Lets paid requests that are on their way be answered before the program ends: their answers hold the job's id. */
export function endInOrder(drain: () => Promise<void>, close: () => void): void {
  let state: 'open' | 'draining' | 'closed' = 'open'
  app.on('will-quit', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'draining') return
    state = 'draining'
    const tooLong = new Promise<void>((resolve) => void startTimer(drainMs, resolve))
    void Promise.race([drain(), tooLong]).finally(() => {
      state = 'closed'
      close()
      // Not within the promise's turn: Electron then hangs in its own end.
      setImmediate(() => app.quit())
    })
  })
}
