import { expect, test } from 'vitest'
import { chooseBanner } from '../../../renderer/banner/banner'
import type { QueueState } from '../../../shared/queue-schema'
import { noon } from '../../support/samples'

const calm: QueueState = { paused: 'no', offline: false, lowDiskBytes: null, held: 0, away: null }
const away = { since: noon, done: 2, problems: 1, stillRunning: 0 }

test('all is well, or the user paused it: nothing to say', () => {
  expect(chooseBanner(calm, 3)).toBeNull()
  expect(chooseBanner({ ...calm, paused: 'user' }, 3)).toBeNull()
})

test('one at a time, the most pressing first', () => {
  const all: QueueState = { paused: 'unclean', offline: true, lowDiskBytes: 1.25e9, held: 2, away }
  const order = [
    all,
    { ...all, paused: 'no' },
    { ...all, paused: 'no', offline: false },
    { ...all, paused: 'no', offline: false, lowDiskBytes: null },
    { ...calm, away },
  ] as const
  expect(order.map((queue) => chooseBanner(queue, 3)?.text)).toEqual([
    'The queue is paused because the last session ended unexpectedly. Nothing was lost.',
    'Offline. Your library works; 3 jobs wait.',
    '1.2 GB left on this disk. Downloads wait until there is room; platforms keep finished clips only for a while.',
    '2 jobs are held after a restore. None is sent without your word.',
    'While you were away: 2 clips arrived, 1 needs you.',
  ])
})

test('a restored queue can be resumed, and its held jobs looked at first', () => {
  expect(chooseBanner({ ...calm, paused: 'restored', held: 2 }, 2)?.actions).toEqual(['resume', 'show-held'])
})

test('offline without jobs speaks of none', () => {
  expect(chooseBanner({ ...calm, offline: true }, 0)?.text).toBe('Offline. Your library works.')
  expect(chooseBanner({ ...calm, offline: true }, 1)?.text).toContain('1 job waits')
})

test('nothing happened while away: nothing is said', () => {
  expect(
    chooseBanner({ ...calm, away: { since: noon, done: 0, problems: 0, stillRunning: 0 } }, 0),
  ).toBeNull()
})
