import { expect, test } from 'vitest'
import type { Connection } from '../../../../electron/jobs/platforms/connections'
import { createJobConnections } from '../../../../electron/jobs/asking/job-connections'
import { intent } from '../../../support/job-events'
import { sampleJob } from '../../../support/samples'

const job = sampleJob({ provider: 'krea', state: 'running', intent: { ...intent, keyPrint: 'old' } })

/** A computer with these keys, of which `today` is the one for new jobs. */
function scene(keys: readonly string[], today: string | undefined, refusedKeys: readonly string[] = []) {
  const refused = new Set(refusedKeys)
  const answers: string[] = []
  const never = () => Promise.reject(new Error('nothing is sent'))
  const open = (print: string | undefined): Connection | undefined =>
    print === undefined || !keys.includes(print)
      ? undefined
      : { print, send: never, submit: never, clean: (text) => text }
  const jobConnections = createJobConnections({
    provider: { id: 'krea' },
    connections: {
      current: () => open(today),
      byPrint: (_provider, print) => open(print),
      anonymous: () => never,
      isRefused: (print) => refused.has(print),
      refused: (print) => void refused.add(print),
      accepted: (print) => void refused.delete(print),
    },
    health: { answered: (provider) => void answers.push(provider) },
  })
  return { ...jobConnections, open, refused, answers }
}

test.each([
  ['its own, also after that was replaced', ['old', 'new'], 'new', [], 'old', false],
  ['today’s, when its own is gone', ['new'], 'new', [], 'new', false],
  ['today’s, when its own was refused', ['old', 'new'], 'new', ['old'], 'new', false],
  ['its own, when that is all there is', ['old'], undefined, ['old'], 'old', true],
  ['its own, when both were refused', ['old', 'new'], 'new', ['old', 'new'], 'old', true],
  ['none', [], undefined, [], undefined, false],
] as const)('a job is asked about with %s', (_what, keys, today, refused, print, isRefused) => {
  const parts = scene(keys, today, refused)
  expect([parts.of(job)?.print, parts.isRefused(job)]).toEqual([print, isRefused])
})

test('an answer clears a refusal', () => {
  const { answered, open, refused, answers } = scene(['old'], 'old', ['old'])
  const connection = open('old')
  if (connection) answered(connection)
  expect([[...refused], answers]).toEqual([[], ['krea']])
})
