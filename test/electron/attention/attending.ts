import type { Job } from '../../../shared/job-schema'
import { usd } from '../../../shared/money'
import { idOf, noon, sampleRecipe } from '../../support/samples'

/** A job at Krea for 84 cents by its price list. */
export function kreaJob(number: number, change: Partial<Job> = {}): Job {
  return {
    id: idOf(number),
    provider: 'krea',
    recipe: sampleRecipe(),
    state: 'running',
    wait: null,
    word: null,
    progress: 0,
    download: null,
    quote: { certainty: 'listed', amount: usd(0.84) },
    charged: null,
    billing: 'reserved',
    error: null,
    clipId: null,
    remoteId: null,
    cancelRequested: false,
    held: false,
    paused: false,
    lookUps: 0,
    canLookUp: true,
    replacedBy: null,
    replaces: null,
    position: number,
    submittedAt: noon,
    createdAt: noon,
    updatedAt: noon,
    ...change,
  }
}

/** Timers that the test lets pass. */
export function createTimers() {
  let time = 0
  let timers: readonly { readonly at: number; readonly run: () => void }[] = []
  return {
    after: (ms: number, run: () => void): (() => void) => {
      const timer = { at: time + ms, run }
      timers = [...timers, timer]
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    pass: (ms: number): void => {
      const end = time + ms
      for (;;) {
        const due = timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0]
        if (!due) break
        timers = timers.filter((other) => other !== due)
        time = due.at
        due.run()
      }
      time = end
    },
    now: () => time,
    count: () => timers.length,
  }
}
