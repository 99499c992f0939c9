import { expect, test } from 'vitest'
import { isTerminal, jobStates } from '../../shared/job'

test('done, failed and cancelled are the ends; nothing else is', () => {
  expect(jobStates.filter(isTerminal)).toEqual(['done', 'failed', 'cancelled'])
})
