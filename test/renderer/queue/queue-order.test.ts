import { expect, test } from 'vitest'
import { cookingJobs, jobForStage, queueCards } from '../../../renderer/queue/queue-order'
import { jobFraction, jobSentence } from '../../../renderer/queue/job-words'
import { jobStates, type JobState } from '../../../shared/job'
import { idOf, noon } from '../../support/samples'
import { jobOf } from '../support/pieces'

const jobIn = (state: JobState, minute: number) =>
  jobOf({ id: idOf(minute), state, createdAt: noon + minute })

test('problems come first, then what moves, then what waits; a finished job has no card', () => {
  const jobs = [
    jobIn('cancelled', 1),
    jobIn('waiting', 2),
    jobIn('done', 3),
    jobIn('running', 4),
    jobIn('waiting', 5),
    jobIn('failed', 6),
    jobIn('downloading', 7),
  ]
  expect(queueCards(jobs).map(({ state }) => state)).toEqual([
    'failed',
    'running',
    'downloading',
    'waiting',
    'waiting',
    'cancelled',
  ])
})

test('the gallery shows the newest job first, as it will show the clips', () => {
  const jobs = [jobIn('running', 1), jobIn('failed', 2), jobIn('waiting', 3), jobIn('done', 4)]
  expect(cookingJobs(jobs).map(({ createdAt }) => createdAt - noon)).toEqual([3, 1])
})

test('the stage shows the job at work, else the first that waits', () => {
  expect(jobForStage([jobIn('waiting', 1), jobIn('running', 2)])?.state).toBe('running')
  expect(jobForStage([jobIn('waiting', 4), jobIn('waiting', 2)])?.createdAt).toBe(noon + 2)
  expect(jobForStage([jobIn('failed', 1), jobIn('done', 2)])).toBeUndefined()
})

test('every state with a card has one sentence', () => {
  const said = Object.fromEntries(
    jobStates.map((state) => [state, jobSentence(jobOf({ state, progress: 0.628 }))]),
  )
  expect(said).toEqual({
    waiting: 'Waiting',
    running: 'Animatic · 62 %',
    downloading: 'Saving',
    failed: 'Failed',
    cancelled: 'Stopped. The recipe is kept.',
    done: '',
  })
  const error = { code: 'media-failed', message: 'The encoder stopped.' } as const
  expect(jobSentence(jobOf({ state: 'failed', error }))).toBe('The encoder stopped.')
})

test('a clip that is being saved is made', () => {
  expect(jobFraction(jobOf({ state: 'running', progress: 0.4 }))).toBe(0.4)
  expect(jobFraction(jobOf({ state: 'downloading', progress: 0 }))).toBe(1)
})
