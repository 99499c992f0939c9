import { expect, test } from 'vitest'
import type { JobRow } from '../../../../electron/jobs/job-row'
import { createPollSchedule, isLost } from '../../../../electron/jobs/asking/poll-schedule'
import { jobStates } from '../../../../shared/job'
import { idOf, noon, sampleJob } from '../../../support/samples'

const minute = 60_000

function scene({ random = 0.5, isRefused = false } = {}) {
  const time = { wall: noon, up: 1000 }
  const rows = new Map<string, JobRow>()
  const told = { news: 0 }
  const schedule = createPollSchedule({
    // A negative age would be a job of the future.
    intervalMs: (age, { durationS }) => (age < 0 ? 9e9 : age < minute ? 1000 : 5000) * durationS,
    isRefused: () => isRefused,
    onNew: () => void (told.news += 1),
    get: (id) => rows.get(id),
    now: () => time.wall,
    uptime: () => time.up,
    random: () => random,
  })
  const job = (change: Partial<JobRow> = {}) => {
    const row = sampleJob({ state: 'running', submittedAt: time.wall, ...change })
    rows.set(row.id, row)
    return row
  }
  return { ...schedule, time, job, told, rows }
}

test('a new job is due at once, and then by the provider’s cadence, spread by a tenth', () => {
  for (const [random, expected] of [
    [0, 3600],
    [0.5, 4000],
    [0.999999, 4400],
  ] as const) {
    const { job, dueOf, later, time } = scene({ random })
    const row = job()
    expect(dueOf(row).at).toBe(time.up)
    later(row)
    expect(dueOf(row).at - time.up).toBeCloseTo(expected, 0)
  }
})

test('the age is that since the submit; a clock set back makes no job older or younger than new', () => {
  const { job, interval, time } = scene()
  const row = job()
  time.wall += 2 * minute
  expect(interval(row)).toBe(20_000)
  time.wall -= 24 * 60 * minute
  expect(interval(row)).toBe(4000)
  expect(interval(job({ submittedAt: null, createdAt: time.wall - 2 * minute }))).toBe(20_000)
})

test('with a refused key it is asked every five minutes', () => {
  const { job, interval } = scene({ isRefused: true })
  expect(interval(job())).toBe(5 * minute)
})

test('a lost job: three searches within ten minutes, then once an hour', () => {
  const { job, interval } = scene()
  const waits = [0, 1, 2, 3, 4, 99].map((lookUps) => interval(job({ state: 'unknown', lookUps })))
  expect(waits).toEqual([1500, 30_000, 120_000, 480_000, 60 * minute, 60 * minute])
  const [first = 0, second = 0, third = 0] = waits
  expect(first + second + third).toBeLessThan(10 * minute)
})

test('searches in vain count for the waits, too', () => {
  const { job, interval, dueOf } = scene()
  const row = job({ state: 'unknown', lookUps: 1 })
  dueOf(row).vain = 2
  expect(interval(row)).toBe(480_000)
})

test('one that was looked for before this start is due at once, a new one after a moment', () => {
  const { job, dueOf, time } = scene()
  expect(dueOf(job({ state: 'unknown' })).at).toBe(time.up + 1500)
  expect(dueOf(job({ id: idOf(8), state: 'unknown', lookUps: 2 })).at).toBe(time.up)
})

test('an undelivered clip is asked for ten minutes after it was last told of, whatever the clock says', () => {
  const { job, dueOf, interval, time } = scene()
  const at = (n: number, age: number) =>
    dueOf(job({ id: idOf(n), state: 'undelivered', updatedAt: time.wall - age })).at - time.up
  expect(at(1, 0)).toBe(10 * minute)
  expect(at(2, 4 * minute)).toBe(6 * minute)
  expect(at(3, 60 * minute)).toBe(0)
  expect(at(4, -60 * minute)).toBe(10 * minute)
  expect(interval(job({ state: 'undelivered' }))).toBe(10 * minute)
})

test('found again it is asked for at once; what was remembered of searching is forgotten', () => {
  const { job, dueOf, later, time, told } = scene()
  const lost = job({ state: 'unknown', lookUps: 3 })
  dueOf(lost).vain = 7
  later(lost)
  expect(dueOf(lost).at).toBeGreaterThan(time.up)
  expect(dueOf(job())).toMatchObject({ at: time.up, vain: 0, isLost: false })
  expect(told.news).toBe(2)
})

test('later goes by the row as it is now; what is no longer there is left alone', () => {
  const { job, dueOf, later, time, rows } = scene()
  const row = job()
  job({ state: 'undelivered' })
  later(row)
  expect(dueOf(row).at - time.up).toBe(10 * minute)
  rows.clear()
  time.up += 5
  later(row)
  expect(dueOf(row).at - time.up).toBe(10 * minute - 5)
})

test('what is no longer asked for is forgotten', () => {
  const { job, dueOf, keepOnly, told } = scene()
  const [one, two] = [job(), job({ id: idOf(8) })]
  dueOf(one).missingSince = 5
  dueOf(two).missingSince = 6
  keepOnly([two])
  expect([dueOf(one).missingSince, dueOf(two).missingSince, told.news]).toEqual([null, 6, 3])
})

test('lost is what was sent and has no id of the platform', () => {
  expect(jobStates.filter((state) => isLost(sampleJob({ state })))).toEqual(
    jobStates.filter((state) => state === 'unknown' || state === 'given-up'),
  )
})
