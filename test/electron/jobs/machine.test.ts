import { expect, test } from 'vitest'
import type { JobRow } from '../../../electron/jobs/job-row'
import { maxAttempts, transition } from '../../../electron/jobs/machine'
import { jobStates, type JobState } from '../../../shared/job'
import { credits, usd } from '../../../shared/money'
import { error, eventKinds, events, intent, otherIntent, type Kind } from '../../support/job-events'
import { dollars, inCredits } from '../../support/money-scene'
import { idOf, sampleClip, sampleJob } from '../../support/samples'

const clip = sampleClip({ id: idOf(7) })
const result = { url: 'https://host.example/a', at: 5, resume: null, fetched: null, tries: 2, doubtful: null }

type Arrows = Readonly<Record<JobState, Partial<Record<Kind, JobState>>>>

// Both machines, written anew from design/reliability.md; what is not here must change nothing.
const toTheEnd = { completed: 'downloading', undelivered: 'undelivered', expired: 'expired' } as const

/** What a job that was submitted does. */
const remote: Arrows = {
  waiting: {
    started: 'running',
    quoted: 'waiting',
    agreed: 'waiting',
    'handing-over': 'handing-over',
    cancelled: 'cancelled',
    flag: 'waiting',
    moved: 'waiting',
  },
  'handing-over': {
    quoted: 'handing-over',
    'handed-back': 'waiting',
    submitting: 'submitting',
    rejected: 'failed',
    cancelled: 'cancelled',
    flag: 'handing-over',
  },
  submitting: {
    'not-accepted': 'waiting',
    accepted: 'running',
    unclear: 'unknown',
    rejected: 'failed',
    cancelled: 'submitting',
    flag: 'submitting',
  },
  unknown: {
    submitting: 'submitting',
    accepted: 'running',
    looked: 'unknown',
    'gave-up': 'given-up',
    cancelled: 'unknown',
    flag: 'unknown',
  },
  running: { ...toTheEnd, polled: 'running', ended: 'failed', cancelled: 'running', flag: 'running' },
  downloading: {
    ...toTheEnd,
    result: 'downloading',
    made: 'downloading',
    planned: 'downloading',
    saved: 'done',
    lost: 'downloading',
    flag: 'downloading',
  },
  undelivered: {
    ...toTheEnd,
    ended: 'failed',
    result: 'undelivered',
    'gave-up': 'given-up',
    flag: 'undelivered',
  },
  done: {},
  failed: {},
  refused: {},
  cancelled: {},
  expired: {},
  'given-up': { accepted: 'running', looked: 'given-up' },
}

/** What a job that no request was ever made for does, where that differs. */
const local: Partial<Arrows> = {
  waiting: { ...remote.waiting, failed: 'failed' },
  'handing-over': { ...remote['handing-over'], failed: 'failed' },
  running: {
    stopped: 'waiting',
    interrupted: 'waiting',
    made: 'downloading',
    failed: 'failed',
    cancelled: 'cancelled',
    flag: 'running',
  },
  downloading: {
    ...toTheEnd,
    result: 'downloading',
    made: 'downloading',
    planned: 'downloading',
    saved: 'done',
    lost: 'waiting',
    failed: 'failed',
    flag: 'downloading',
  },
}

const rowIn = (state: JobState, kind: 'remote' | 'local', change: Partial<JobRow> = {}) =>
  sampleJob({
    state,
    attempts: 1,
    ...(kind === 'remote' && {
      provider: 'krea',
      intent,
      ...(state === 'downloading' || state === 'undelivered' ? { result } : {}),
    }),
    ...change,
  })

const cells = (['remote', 'local'] as const).flatMap((kind) =>
  jobStates
    .filter((state) => kind === 'remote' || local[state])
    .flatMap((state) =>
      eventKinds.map(
        (event) =>
          [
            kind,
            state,
            event,
            (kind === 'local' ? local[state] : undefined)?.[event] ?? only(kind, state, event),
          ] as const,
      ),
    ),
)

function only(kind: string, state: JobState, event: Kind): JobState | undefined {
  return kind === 'local' ? undefined : remote[state][event]
}

test.each(cells)('%s, %s + %s → %s', (kind, state, event, to) => {
  const before = rowIn(state, kind)
  const after = transition(before, events[event], 99)
  expect(after?.state).toBe(to)
  if (after) expect(after.updatedAt).toBe(99)
  expect(before).toEqual(rowIn(state, kind))
})

test('every state and every event has been asked for both kinds', () => {
  expect(cells).toHaveLength(eventKinds.length * (jobStates.length + Object.keys(local).length))
})

test('a submit writes down intent, time and attempt; a new one leaves only from hand-over', () => {
  const handing = rowIn('handing-over', 'local')
  expect(transition(handing, events.submitting, 1)).toMatchObject({
    intent,
    attempts: 2,
    submittedAt: intent.at,
  })
  for (const state of jobStates.filter((name) => name !== 'handing-over')) {
    const other = { kind: 'submitting', intent: otherIntent } as const
    expect([state, transition(rowIn(state, 'remote'), other, 1)]).toEqual([state, undefined])
    const bytes = { kind: 'submitting', intent: { ...intent, body: 'other bytes' } } as const
    expect([state, transition(rowIn(state, 'remote'), bytes, 1)]).toEqual([state, undefined])
  }
})

test('a held job goes nowhere near a platform', () => {
  const held = { flags: ['held'] } as const
  expect(transition(rowIn('waiting', 'remote', held), events['handing-over'], 1)).toBeUndefined()
  expect(transition(rowIn('handing-over', 'remote', held), events.submitting, 1)).toBeUndefined()
  expect(transition(rowIn('unknown', 'remote', held), events.submitting, 1)).toBeUndefined()
})

test('a refusal is told apart from a failure', () => {
  const refusal = { kind: 'rejected', error: { code: 'refused', message: 'no' } } as const
  expect(transition(rowIn('submitting', 'remote'), refusal, 1)?.state).toBe('refused')
  for (const state of ['failed', 'refused', 'cancelled'] as const) {
    const ended = { kind: 'ended', state, error, billed: 'no' } as const
    expect(transition(rowIn('running', 'remote'), ended, 1)).toMatchObject({ state, error })
  }
})

test('cancel after the submit is a wish that is kept once, and decides what happens to what never arrived', () => {
  for (const state of ['submitting', 'unknown', 'running'] as const) {
    const wished = transition(rowIn(state, 'remote'), events.cancelled, 1)
    expect(wished).toMatchObject({ state, flags: ['cancel'] })
    expect(wished && transition(wished, events.cancelled, 2)).toBeUndefined()
  }
  const wishing = rowIn('submitting', 'remote', { flags: ['cancel'] })
  expect(transition(wishing, events['not-accepted'], 1)?.state).toBe('cancelled')
})

test('a clip that completes in spite of the wish is kept', () => {
  const wishing = rowIn('running', 'remote', { flags: ['cancel'] })
  expect(transition(wishing, events.completed, 1)?.state).toBe('downloading')
})

test('flags go on and off, and a flag that is as wished changes nothing', () => {
  const on = { kind: 'flag', flag: 'paused', on: true } as const
  const paused = transition(rowIn('waiting', 'remote'), on, 1)
  expect(paused?.flags).toEqual(['paused'])
  expect(paused && transition(paused, on, 1)).toBeUndefined()
  expect(paused && transition(paused, { ...on, on: false }, 1)?.flags).toEqual([])
})

test('a fresh link keeps the bytes that are here; after a rest the tries count anew', () => {
  const resume = { validator: '"v"', total: 9, type: null }
  const half = { result: { ...result, resume } }
  const again = transition(rowIn('downloading', 'remote', half), events.completed, 1)
  expect(again?.result).toEqual({ ...half.result, url: 'https://host.example/fresh' })
  const rested = transition(rowIn('undelivered', 'remote', half), events.completed, 1)
  expect(rested?.result).toMatchObject({ resume, tries: 0 })
})

test('a lost file is fetched again when it was paid for, and made again when it was free', () => {
  const fetched = { bytes: 1, sha256: 'a'.repeat(64), extension: '.mp4' }
  const paid = rowIn('downloading', 'remote', { clip, result: { ...result, fetched } })
  expect(transition(paid, events.lost, 1)).toMatchObject({
    state: 'downloading',
    clip: null,
    result: { fetched: null },
  })
  expect(transition(rowIn('downloading', 'local', { clip }), events.lost, 1)).toMatchObject({
    state: 'waiting',
    clip: null,
  })
})

test.each(['interrupted', 'lost'] as const)(
  '%s at the last attempt, a local job fails with a sentence',
  (kind) => {
    const state = kind === 'lost' ? 'downloading' : 'running'
    const after = transition(rowIn(state, 'local', { attempts: maxAttempts }), events[kind], 1)
    expect(after).toMatchObject({ state: 'failed', clip: null, error: { code: 'media-failed' } })
    expect(after?.error?.message).toContain(`${maxAttempts} times`)
  },
)

test('quitting is no attempt; what the events carry is kept', () => {
  expect(transition(rowIn('running', 'local'), events.stopped, 1)?.attempts).toBe(0)
  expect(transition(rowIn('waiting', 'local'), events.started, 1)?.attempts).toBe(2)
  expect(transition(rowIn('submitting', 'remote'), events.accepted, 1)).toMatchObject({
    remoteId: 'r1',
    word: 'queued',
    error: null,
  })
  expect(transition(rowIn('unknown', 'remote'), events['gave-up'], 1)?.replacedBy).toBe(idOf(8))
  expect(transition(rowIn('unknown', 'remote'), events.looked, 41)).toMatchObject({
    lookUps: 1,
    lookUpsSince: 41,
  })
  expect(
    transition(rowIn('unknown', 'remote', { lookUps: 1, lookUpsSince: 7 }), events.looked, 41),
  ).toMatchObject({ lookUps: 2, lookUpsSince: 7 })
  expect(transition(rowIn('running', 'remote', { word: 'sampling' }), events.polled, 1)).toBeUndefined()
  expect(transition(rowIn('waiting', 'remote'), events.moved, 1)?.position).toBe(3)
})

test('a price is asked for anew: the one of before was agreed to, and stays so however often that is', () => {
  const { quoted } = events
  const first = transition(sampleJob({ quote: dollars(1) }), quoted, 9)
  expect(first).toMatchObject({ quote: quoted.quote, quoted: quoted.quoted })
  expect(first?.agreed).toEqual({ amount: usd(1), usdMicros: 1e6 })
  const second = first && transition(first, { ...quoted, quote: dollars(5) }, 10)
  expect([second?.quote, second?.agreed]).toEqual([dollars(5), first?.agreed])
  const credit = transition(sampleJob({ quote: inCredits(7) }), quoted, 9)
  expect(credit?.agreed).toEqual({ amount: credits(7), usdMicros: null })
})

test('a yes to a new price is none to passing a cap with it', () => {
  const before = sampleJob({ flags: ['allowed', 'priced'] })
  expect(transition(before, events.agreed, 9)).toMatchObject({
    agreed: events.agreed.agreed,
    flags: ['priced'],
  })
})
