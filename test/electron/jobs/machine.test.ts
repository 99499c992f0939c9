import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { maxAttempts, toJob, transition, type JobEvent, type JobRow } from '../../../electron/jobs/machine'
import { isTerminal, jobStates, type JobState } from '../../../shared/job'
import { jobSchema } from '../../../shared/job-schema'
import { idOf, sampleClip, sampleJob } from '../../support/samples'
import { seed } from '../../support/seed'

const clip = sampleClip({ id: idOf(7) })
const moved = { ...clip, file: 'clips/2026/11/other.mp4' }
const error = { code: 'disk-full', message: 'Full.' } as const

const events = {
  started: { kind: 'started' },
  made: { kind: 'made', clip },
  planned: { kind: 'planned', clip: moved },
  saved: { kind: 'saved' },
  failed: { kind: 'failed', error },
  cancelled: { kind: 'cancelled' },
  interrupted: { kind: 'interrupted' },
  lost: { kind: 'lost' },
  stopped: { kind: 'stopped' },
} as const satisfies { [K in JobEvent['kind']]: Extract<JobEvent, { kind: K }> }

type Kind = keyof typeof events
const kinds = Object.keys(events) as Kind[]

// The whole machine, written anew from design/reliability.md; what is not here must change nothing.
const arrows: Readonly<Record<JobState, Partial<Record<Kind, JobState>>>> = {
  waiting: { started: 'running', failed: 'failed', cancelled: 'cancelled' },
  running: {
    made: 'downloading',
    failed: 'failed',
    cancelled: 'cancelled',
    interrupted: 'waiting',
    stopped: 'waiting',
  },
  downloading: { planned: 'downloading', saved: 'done', failed: 'failed', lost: 'waiting' },
  done: {},
  failed: {},
  cancelled: {},
}

const rowIn = (state: JobState, change: Partial<JobRow> = {}) =>
  sampleJob({
    state,
    attempts: 1,
    clip: state === 'downloading' || state === 'done' ? clip : null,
    ...change,
  })

const cells = jobStates.flatMap((state) => kinds.map((kind) => [state, kind, arrows[state][kind]] as const))

test.each(cells)('%s + %s → %s', (state, kind, to) => {
  const before = rowIn(state)
  const after = transition(before, events[kind], 99)
  expect(after?.state).toBe(to)
  if (after) expect(after.updatedAt).toBe(99)
  expect(before).toEqual(rowIn(state))
})

test('what the events carry is kept', () => {
  expect(transition(rowIn('running'), events.made, 1)?.clip).toEqual(clip)
  expect(transition(rowIn('downloading'), events.planned, 1)?.clip).toEqual(moved)
  expect(transition(rowIn('downloading'), events.saved, 1)?.clip).toEqual(clip)
  expect(transition(rowIn('downloading'), events.failed, 1)).toMatchObject({ error, clip: null })
  expect(transition(rowIn('downloading'), events.lost, 1)?.clip).toBeNull()
})

test.each(['interrupted', 'lost'] as const)('%s at the last attempt fails with a sentence', (kind) => {
  const state = kind === 'lost' ? 'downloading' : 'running'
  const after = transition(rowIn(state, { attempts: maxAttempts }), events[kind], 1)
  expect(after).toMatchObject({ state: 'failed', clip: null, error: { code: 'media-failed' } })
  expect(after?.error?.message).toContain(`${maxAttempts} times`)
})

const anyEvents = fc.array(fc.constantFrom(...kinds), { maxLength: 60 })

test('any events, in any order, keep the job one that can be shown and told', () => {
  fc.assert(
    fc.property(anyEvents, (order) => {
      let job = sampleJob()
      let ended: JobRow | undefined
      for (const [time, kind] of order.entries()) {
        job = transition(job, events[kind], time) ?? job
        expect(jobStates).toContain(job.state)
        expect(job.attempts).toBeLessThanOrEqual(maxAttempts)
        expect(job.error !== null).toBe(job.state === 'failed')
        expect(job.clip !== null).toBe(job.state === 'downloading' || job.state === 'done')
        expect(jobSchema.parse(toJob(job, 0)).clipId).toBe(job.state === 'done' ? clip.id : null)
        if (ended) expect(job).toBe(ended)
        if (isTerminal(job.state)) ended = job
      }
    }),
    { seed, numRuns: 500 },
  )
})

test('a job that only ever crashes ends', () => {
  let job = sampleJob()
  for (let starts = 0; starts < 100; starts += 1) {
    job = transition(job, events.started, starts) ?? job
    job = transition(job, events.interrupted, starts) ?? job
  }
  expect(job).toMatchObject({ state: 'failed', attempts: maxAttempts })
})

test('the window gets nothing of library, attempts and planned places', () => {
  const shown = toJob(rowIn('downloading'), 0.25)
  expect(shown).toMatchObject({ progress: 0.25, clipId: null })
  expect(Object.keys(shown).toSorted()).toEqual(Object.keys(jobSchema.shape).toSorted())
})
