import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Flag, JobRow } from '../../../electron/jobs/job-row'
import { transition, type JobEvent } from '../../../electron/jobs/machine'
import { isTerminal, jobStates, type JobState } from '../../../shared/job'
import { eventKinds, events, otherIntent } from '../../support/job-events'
import { sampleJob } from '../../support/samples'
import { seed } from '../../support/seed'

const flags: readonly Flag[] = ['cancel', 'held', 'paused', 'allowed', 'priced']

/** Every event, submits with one of several intents, every end of a platform, every flag; and a restart. */
const anything: readonly (JobEvent | 'restart')[] = [
  ...eventKinds.filter((kind) => kind !== 'started').map((kind) => events[kind]),
  ...[0, 1, 2].map((n) => ({ kind: 'submitting', intent: { ...otherIntent, id: `i${n}` } }) as const),
  ...(['refused', 'cancelled'] as const).map((state) => ({ ...events.ended, state })),
  { ...events.rejected, error: { code: 'refused', message: 'no' } },
  ...flags.flatMap((flag) => [true, false].map((on) => ({ kind: 'flag', flag, on }) as const)),
  'restart',
]

/** What brings a job on: flags and wishes come often enough by themselves. */
const forward = anything
  .filter((event) => event !== 'restart')
  .filter(
    ({ kind }) =>
      !['flag', 'moved', 'cancelled', 'looked', 'result', 'handed-back', 'quoted', 'agreed'].includes(kind),
  )

/** Steps: mostly an event that fits, so that every state is reached; sometimes any. */
const runs = fc.array(fc.noBias(fc.record({ pick: fc.nat(), fits: fc.integer({ min: 0, max: 9 }) })), {
  maxLength: 60,
})
type Steps = readonly { readonly pick: number; readonly fits: number }[]

/** What electron/jobs/recovery.ts does to a row of which submits.log knows no more. */
const restart = (job: JobRow): JobRow => {
  const event =
    job.state === 'submitting'
      ? events.unclear
      : job.state === 'handing-over'
        ? events['handed-back']
        : job.state === 'running' && !job.intent
          ? events.interrupted
          : undefined
  return (event && transition(job, event, 0)) ?? job
}

function play(steps: Steps, look: (before: JobRow, event: JobEvent, after: JobRow) => void) {
  let job = sampleJob({ provider: 'krea' })
  for (const [time, { pick, fits }] of steps.entries()) {
    const fitting = forward.filter((event) => transition(job, event, time))
    const choice = fits > 1 && fitting.length > 0 ? fitting : anything
    const event = choice[pick % choice.length] ?? 'restart'
    if (event === 'restart') job = restart(job)
    else {
      const after = transition(job, event, time)
      if (after) look(job, event, after)
      job = after ?? job
    }
  }
}

test('never a second submit without proof that the one before was not accepted', () => {
  fc.assert(
    fc.property(runs, (steps) => {
      let open: string | undefined
      play(steps, (_before, event) => {
        if (event.kind === 'submitting') {
          if (open !== undefined) expect(event.intent.id).toBe(open)
          open = event.intent.id
        }
        if (event.kind === 'not-accepted') open = undefined
      })
    }),
    { seed, numRuns: 3000 },
  )
})

test('what was accepted once is never submitted again, not even the same request', () => {
  fc.assert(
    fc.property(runs, (steps) => {
      let isAccepted = false
      play(steps, (_before, event, after) => {
        if (event.kind === 'accepted') isAccepted = true
        if (isAccepted) {
          expect(event.kind).not.toBe('submitting')
          expect(after.remoteId).not.toBeNull()
        }
      })
    }),
    { seed, numRuns: 3000 },
  )
})

test('ends are ends; what was given up only ever appears after all', () => {
  fc.assert(
    fc.property(runs, (steps) => {
      play(steps, (before, event, after) => {
        if (!isTerminal(before.state)) return
        expect(before.state).toBe('given-up')
        expect(['accepted', 'looked']).toContain(event.kind)
        expect(['given-up', 'running']).toContain(after.state)
      })
    }),
    { seed, numRuns: 3000 },
  )
})

test('what was accepted ends as failed, refused or cancelled by the platform’s own word only', () => {
  fc.assert(
    fc.property(runs, (steps) => {
      let isSent = false
      play(steps, (before, event, after) => {
        const wasSent = isSent
        if (event.kind === 'submitting') isSent = true
        if (event.kind === 'not-accepted') isSent = false
        if (!wasSent || !['failed', 'refused', 'cancelled'].includes(after.state)) return
        expect(['ended', 'rejected', 'not-accepted']).toContain(event.kind)
        if (event.kind !== 'ended') expect(before.state).toBe('submitting')
      })
    }),
    { seed, numRuns: 3000 },
  )
})

test('the properties reach every state', () => {
  const seen = new Set<JobState>()
  for (const steps of fc.sample(runs, { seed, numRuns: 3000 }))
    play(steps, (_before, _event, after) => void seen.add(after.state))
  expect([...seen].toSorted()).toEqual([...jobStates].toSorted())
})
