import { expect, test } from 'vitest'
import type { JobRow } from '../../../../electron/jobs/job-row'
import { jobsToAsk } from '../../../../electron/jobs/asking/jobs-to-ask'
import { isTerminal, jobStates } from '../../../../shared/job'
import { intent } from '../../../support/job-events'
import { idOf, noon, sampleJob } from '../../../support/samples'

const sent = (change: Partial<JobRow>) => sampleJob({ provider: 'krea', intent, ...change })
const result = { url: null, at: 1, resume: null, fetched: null, tries: 0, doubtful: null }

function asked(...jobs: readonly JobRow[]) {
  const table = {
    unfinished: () => jobs.filter(({ state }) => !isTerminal(state)),
    watched: (since: number) =>
      jobs.filter(({ state, submittedAt }) => state === 'given-up' && (submittedAt ?? 0) >= since),
  }
  return jobsToAsk(table, 'krea', noon).map(({ id }) => id)
}

test('asked about is what runs, is not delivered or in doubt; what is on its way in this very process is not', () => {
  const askedIn = jobStates.filter((state) => asked(sent({ state })).length > 0)
  expect(askedIn.toSorted()).toEqual(['running', 'undelivered', 'unknown'])
})

test('neither what was never sent, nor what is another provider’s', () => {
  expect(
    asked(sent({ state: 'running', intent: null }), sent({ state: 'running', provider: 'uniall' })),
  ).toEqual([])
})

test('a file that came damaged again and again is fetched by the user’s word only', () => {
  expect(asked(sent({ state: 'undelivered', result: { ...result, doubtful: 'ab' } }))).toEqual([])
  expect(asked(sent({ state: 'undelivered', result }))).toHaveLength(1)
})

test('a given-up job is watched for two days, unless the platform’s id is known', () => {
  const hours = (count: number) => noon - count * 3_600_000
  expect(
    asked(
      sent({ id: idOf(1), state: 'given-up', submittedAt: hours(47) }),
      sent({ id: idOf(2), state: 'given-up', submittedAt: hours(49) }),
      sent({ id: idOf(3), state: 'given-up', submittedAt: hours(1), remoteId: 'r1' }),
    ),
  ).toEqual([idOf(1)])
})
