import { expect, test } from 'vitest'
import { createHealthBoard } from '../../../../electron/jobs/platforms/health'

function board({ random = 0.5 } = {}) {
  const clock = { time: 1_000_000 }
  const changes: string[] = []
  const health = createHealthBoard({
    now: () => clock.time,
    uptime: () => clock.time,
    random: () => random,
    onChange: (id) => changes.push(id),
  })
  const fail = (times: number) => {
    for (let n = 0; n < times; n += 1) health.failed('krea')
  }
  return { health, clock, changes, fail, pause: () => health.askAgainInMs('krea') }
}

test('three failures are nothing, four are an outage, of that platform alone', () => {
  const { health, fail, changes, clock } = board()
  fail(3)
  expect([health.of('krea').kind, health.askAgainInMs('krea'), changes]).toEqual(['ok', 0, []])
  clock.time += 1
  fail(1)
  expect(health.of('krea')).toEqual({ kind: 'down', since: 1_000_000, until: clock.time + 5000 })
  expect(health.of('apiframe')).toEqual({ kind: 'ok' })
  expect(changes).toEqual(['krea'])
})

test('one answer ends the outage and the count', () => {
  const { health, fail } = board()
  fail(9)
  health.answered('krea')
  expect([health.of('krea'), health.askAgainInMs('krea')]).toEqual([{ kind: 'ok' }, 0])
  fail(3)
  expect(health.of('krea').kind).toBe('ok')
})

test('pauses double up to five minutes, and it stays down until it has answered', () => {
  const { health, fail, pause, clock } = board()
  fail(3)
  const pauses: number[] = []
  for (let n = 0; n < 9; n += 1) {
    fail(1)
    pauses.push(pause())
    clock.time += pause()
  }
  expect(pauses).toEqual([5000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000])
  expect([health.of('krea').kind, health.askAgainInMs('krea')]).toEqual(['down', 0])
})

test.each([
  [0, 3750],
  [0.999, 6248],
])('pauses are spread: random %s', (random, ms) => {
  const { fail, pause } = board({ random })
  fail(4)
  expect(pause()).toBe(ms)
})

test.each([
  [undefined, 10_000],
  [0, 1000],
  [12_000, 12_000],
  [99_999_999, 3_600_000],
])('asked to wait %s ms: %s', (asked, ms) => {
  const { health, pause, clock } = board()
  health.limited('krea', asked)
  expect([health.of('krea'), pause()]).toEqual([{ kind: 'limited', until: clock.time + ms }, ms])
  clock.time += ms
  expect([health.of('krea').kind, health.askAgainInMs('krea')]).toEqual(['ok', 0])
})

test('out of credit is left alone for ten minutes, may be asked about running jobs, and the user ends it', () => {
  const { health, clock } = board()
  health.outOfCredit('krea')
  expect([health.of('krea').kind, health.askAgainInMs('krea')]).toEqual(['out-of-credit', 0])
  clock.time += 599_999
  expect(health.of('krea').kind).toBe('out-of-credit')
  clock.time += 1
  expect(health.of('krea').kind).toBe('ok')
  health.outOfCredit('krea')
  health.reset('krea')
  expect(health.of('krea').kind).toBe('ok')
})
