import { expect, test } from 'vitest'
import { guarded } from '../../../electron/jobs/guarded'
import { createTestClock } from '../../support/engine-clock'

test('work that fails is logged, and comes again until it succeeds', async () => {
  const clock = createTestClock()
  const logged: unknown[] = []
  let runs = 0
  const work = guarded(
    'polling',
    () => {
      runs += 1
      if (runs < 3) throw new Error(`locked ${runs}`)
    },
    { after: clock.after, logError: (what, error) => logged.push(`${what}: ${String(error)}`) },
  )
  work()
  expect(runs).toBe(1)
  await clock.advance(60_000)
  expect(runs).toBe(3)
  expect(logged).toEqual(['polling: Error: locked 1', 'polling: Error: locked 2'])
})
