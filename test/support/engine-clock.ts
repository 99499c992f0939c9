import { stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { noon } from './samples'

interface Timer {
  readonly at: number
  readonly run: () => void
}

/** A clock that stands still until the test moves it, with timers that run only then. Times in milliseconds. */
export function createTestClock(start = noon) {
  let wall = start
  let up = 0
  const timers = new Set<Timer>()
  const due = (until: number) =>
    [...timers].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0]
  const go = (to: number) => {
    wall += to - up
    up = to
  }
  return {
    now: () => Math.floor(wall),
    uptime: () => up,
    /** The user sets the computer's clock; timers do not care. */
    set: (time: number) => void (wall = time),
    after: (ms: number, run: () => void) => {
      const timer = { at: up + ms, run }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    /** Runs what is due in that time, in order, letting everything settle between. */
    advance: async (ms: number) => {
      const until = up + ms
      await turns()
      for (let timer = due(until); timer; timer = due(until)) {
        timers.delete(timer)
        go(Math.max(up, timer.at))
        timer.run()
        await turns()
      }
      go(until)
      await turns()
    },
    /** The computer was off: nothing runs of what was to run. */
    dropTimers: () => timers.clear(),
    /** Waits of the pending timers, shortest first. */
    waits: () => [...timers].map(({ at }) => at - up).toSorted((a, b) => a - b),
  }
}

export type TestClock = ReturnType<typeof createTestClock>

/** Lets everything go on that needs no time: promises, what Node has ready, and a file or two. */
export async function turns(count = 6): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    await new Promise((done) => setImmediate(done))
    await stat(tmpdir())
  }
}
