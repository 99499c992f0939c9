import { expect, test } from 'vitest'
import {
  countsLine,
  isGreen,
  judgeRunner,
  playwrightCounts,
  sumCounts,
  vitestCounts,
} from '../../scripts/tasks/counts.mjs'

test('the reports of both runners are counted', () => {
  const vitest = {
    numPassedTests: 5,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    numTotalTests: 9,
  }
  expect(vitestCounts(JSON.stringify(vitest))).toEqual({ passed: 5, failed: 1, skipped: 3 })
  const playwright = { stats: { expected: 4, unexpected: 1, flaky: 2, skipped: 3 } }
  expect(playwrightCounts(JSON.stringify(playwright))).toEqual({ passed: 4, failed: 3, skipped: 3 })
})

test.each([
  ['all passed', { passed: 3, failed: 0, skipped: 0 }, 0, { passed: 3, failed: 0, skipped: 0 }, null],
  ['some failed', { passed: 3, failed: 2, skipped: 0 }, 1, { passed: 3, failed: 2, skipped: 0 }, null],
  [
    'nothing ran',
    { passed: 0, failed: 0, skipped: 0 },
    0,
    { passed: 0, failed: 1, skipped: 0 },
    'no test passed',
  ],
  [
    'an error outside a test',
    { passed: 3, failed: 0, skipped: 0 },
    1,
    { passed: 3, failed: 1, skipped: 0 },
    /ended with 1/,
  ],
  ['no report', null, 0, { passed: 0, failed: 1, skipped: 0 }, 'it wrote no report'],
])('%s', (_, counts, code, expected, complaint) => {
  const verdict = judgeRunner(counts, code)
  expect(verdict.counts).toEqual(expected)
  if (complaint === null) expect(verdict.complaint).toBeNull()
  else expect(verdict.complaint).toMatch(complaint)
})

test('the last line is the sum, and green means that all of it ran', () => {
  const total = sumCounts([
    { passed: 1, failed: 0, skipped: 0 },
    { passed: 40, failed: 2, skipped: 1 },
  ])
  expect(countsLine(total)).toBe('41 passed, 2 failed, 1 skipped')
  expect(isGreen({ passed: 41, failed: 0, skipped: 0 })).toBe(true)
  expect(isGreen({ passed: 41, failed: 0, skipped: 1 })).toBe(false)
  expect(isGreen({ passed: 0, failed: 0, skipped: 0 })).toBe(false)
})
