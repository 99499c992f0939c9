import { expect, test } from 'vitest'
import { isPaidInFlight, isTerminal, jobStates } from '../../shared/job'

test('the ends are the ends; nothing else is', () => {
  const ends = ['done', 'failed', 'refused', 'cancelled', 'expired', 'given-up']
  expect(jobStates.filter(isTerminal)).toEqual(ends)
})

test('what is between submit and saved keeps the computer awake; what waits for the user does not', () => {
  expect(jobStates.filter(isPaidInFlight)).toEqual(['submitting', 'running', 'downloading'])
})
