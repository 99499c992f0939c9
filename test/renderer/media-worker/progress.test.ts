import { expect, test } from 'vitest'
import { createProgress } from '../../../renderer/media-worker/progress'

function recorded() {
  const sent: number[] = []
  const clock = { ms: 0 }
  const report = createProgress(
    (fraction) => sent.push(fraction),
    () => clock.ms,
  )
  return { sent, clock, report }
}

test('the first report goes out at once, the next ones ten times a second', () => {
  const { sent, clock, report } = recorded()
  for (let frame = 1; frame <= 48; frame += 1) {
    report(frame / 96)
    clock.ms += 10
  }
  expect(sent).toHaveLength(5)
  expect(sent[0]).toBeCloseTo(1 / 96)
})

test('the end goes out whatever the time, and once', () => {
  const { sent, report } = recorded()
  report(0.5)
  report(1)
  report(1)
  expect(sent).toEqual([0.5, 1])
})

test('nothing goes backwards or beyond the end', () => {
  const { sent, clock, report } = recorded()
  for (const fraction of [0, 0.4, 0.2, 0.4, 1.2]) {
    report(fraction)
    clock.ms += 200
  }
  expect(sent).toEqual([0.4, 1])
})
