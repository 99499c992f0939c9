import { expect, test } from 'vitest'
import { createMinuteBudget, createMinuteBudgets } from '../../../../electron/jobs/asking/minute-budget'

function scene(perMinute: number, at = 0) {
  const time = { now: at }
  const budget = createMinuteBudget(perMinute, () => time.now)
  const spend = (times: number) => {
    for (let n = 0; n < times; n += 1) budget.spend()
  }
  return { ...budget, spend, time }
}

test('a minute has room for so many questions, wherever it begins', () => {
  const { spend, hasRoom, freeAt, time } = scene(3, 500)
  spend(1)
  expect([hasRoom(), freeAt()]).toEqual([true, 0])
  time.now = 30_000
  spend(1)
  expect([hasRoom(), freeAt()]).toEqual([false, 60_500])
  time.now = 60_499
  expect(hasRoom()).toBe(false)
  time.now = 60_500
  expect([freeAt(), hasRoom()]).toEqual([0, true])
  spend(1)
  expect([hasRoom(), freeAt()]).toEqual([false, 90_000])
})

test.each([
  [1, 1],
  [2, 1],
  [10, 9],
  [120, 108],
  [500, 450],
])('of %i a minute %i are for questions; the rest is for what cannot wait', (perMinute, questions) => {
  const { spend, hasRoom } = scene(perMinute)
  spend(questions - 1)
  expect(hasRoom()).toBe(true)
  spend(1)
  expect(hasRoom()).toBe(false)
})

test('more than the number: questions wait until all that is too much is out of the minute', () => {
  const { spend, freeAt, hasRoom, time } = scene(10)
  for (let second = 0; second < 20; second += 1) {
    time.now = second * 1000
    spend(1)
  }
  // Nine may be in the minute with the next question: eleven of the twenty, and it, have to be out.
  expect(freeAt()).toBe(11_000 + 60_000)
  time.now = 70_999
  expect(hasRoom()).toBe(false)
  time.now = 71_000
  expect(hasRoom()).toBe(true)
})

test('each platform has its own', () => {
  const budgetOf = createMinuteBudgets(
    (id) => (id === 'krea' ? 2 : 100),
    () => 0,
  )
  budgetOf('krea').spend()
  budgetOf('apiframe').spend()
  expect([budgetOf('krea').hasRoom(), budgetOf('apiframe').hasRoom()]).toEqual([false, true])
})
