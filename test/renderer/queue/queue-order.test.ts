import { expect, test } from 'vitest'
import { neighbourOf, dropBefore } from '../../../renderer/queue/job-moves'
import {
  cookingJobs,
  jobForStage,
  jobsInLine,
  jobsNeedingUser,
  newsOf,
  queueCards,
} from '../../../renderer/queue/queue-order'
import { jobStates, type JobState, type WaitKind } from '../../../shared/job'
import type { Job } from '../../../shared/job-schema'
import { idOf, noon } from '../../support/samples'
import { jobOf, paidJobOf } from '../support/pieces'

const jobIn = (state: JobState, minute: number, change: Partial<Job> = {}) =>
  jobOf({ id: idOf(minute), state, createdAt: noon + minute, ...change })

const waitingFor = (kind: WaitKind, number: number) =>
  paidJobOf({ id: idOf(number), wait: { kind, until: null, overMicros: null, cap: null }, position: number })

test('paid work that needs the user comes first, then problems, what moves, what waits, what ended', () => {
  const shuffled = jobStates.map((state, index) => jobIn(state, index + 1)).toReversed()
  expect(
    queueCards([...shuffled, waitingFor('budget', 40), waitingFor('held', 41)]).map(({ state, wait }) =>
      state === 'waiting' && wait?.kind !== 'turn' ? wait?.kind : state,
    ),
  ).toEqual([
    'unknown',
    'undelivered',
    'expired',
    'budget',
    'held',
    'failed',
    'refused',
    'handing-over',
    'submitting',
    'running',
    'downloading',
    'waiting',
    'cancelled',
    'given-up',
  ])
})

test('a finished job has a card only for a moment', () => {
  const done = jobIn('done', 1)
  expect(queueCards([done])).toEqual([])
  expect(queueCards([done], new Set([done.id]))).toEqual([done])
})

test('what was given up and appears after all is a problem again', () => {
  const cards = queueCards([jobIn('running', 1), jobIn('given-up', 2, { remoteId: 'a' })])
  expect(cards.map(({ state }) => state)).toEqual(['given-up', 'running'])
})

test('the line is what waits by itself, in the order the user gave it', () => {
  const jobs = [waitingFor('turn', 3), waitingFor('no-key', 1), waitingFor('paused', 2), jobIn('running', 9)]
  expect(jobsInLine(jobs).map(({ id }) => id)).toEqual([idOf(2), idOf(3)])
})

test('a card moves by one place, and not past the ends', () => {
  const line = [1, 2, 3].map((number) => ({ id: idOf(number) }))
  const moves = line.map(({ id }) => [neighbourOf(line, id, 'earlier'), neighbourOf(line, id, 'later')])
  expect(moves).toEqual([
    [undefined, idOf(3)],
    [idOf(1), null],
    [idOf(2), undefined],
  ])
})

test('a dragged card lands beside the one it is dropped on', () => {
  const line = [1, 2, 3].map((number) => ({ id: idOf(number) }))
  const drop = (moved: number, on: number, edge: 'before' | 'after') =>
    dropBefore(line, idOf(moved), { id: idOf(on), edge })
  expect(drop(3, 1, 'before')).toBe(idOf(1))
  expect(drop(1, 2, 'after')).toBe(idOf(3))
  expect(drop(1, 3, 'after')).toBeNull()
  // There it stands already.
  expect(drop(1, 2, 'before')).toBeUndefined()
  expect(drop(2, 1, 'after')).toBeUndefined()
})

test('the gallery shows the newest job first, as it will show the clips', () => {
  const jobs = [jobIn('running', 1), jobIn('failed', 2), jobIn('waiting', 3), jobIn('done', 4)]
  expect(cookingJobs(jobs).map(({ createdAt }) => createdAt - noon)).toEqual([3, 1])
})

test('the stage shows the job at work, else the first that waits', () => {
  expect(jobForStage([jobIn('waiting', 1), jobIn('running', 2)])?.state).toBe('running')
  expect(jobForStage([jobIn('waiting', 4), jobIn('waiting', 2)])?.createdAt).toBe(noon + 2)
  expect(jobForStage([jobIn('failed', 1), jobIn('done', 2), jobIn('unknown', 3)])).toBeUndefined()
})

test('after a while what needs the user is looked at first, else the newest clip', () => {
  const done = [1, 3, 2].map((minute) => jobIn('done', minute, { updatedAt: noon + minute }))
  expect(newsOf([...done, jobIn('running', 4)])?.id).toBe(idOf(3))
  expect(newsOf([...done, jobIn('refused', 5)])?.id).toBe(idOf(5))
  expect(newsOf([jobIn('running', 4)])).toBeUndefined()
})

test('what needs the user is counted in the order of the strip; what waits by itself is not', () => {
  const jobs = [jobIn('running', 1), waitingFor('turn', 2), waitingFor('dearer', 3), jobIn('unknown', 4)]
  const all = [...jobs, jobIn('done', 5), jobIn('cancelled', 6), jobIn('given-up', 7), jobIn('refused', 8)]
  expect(jobsNeedingUser(all).map(({ id }) => id)).toEqual([idOf(4), idOf(3), idOf(8)])
})
