import { expect, test } from 'vitest'
import { words } from '../../../electron/attention/words'

test('the tray says what goes on', () => {
  const { tip } = words.tray
  expect(tip({ atWork: 0, waiting: 0 }, false)).toBe('Inbetween')
  expect(tip({ atWork: 2, waiting: 0 }, false)).toBe('Inbetween · 2 at work')
  expect(tip({ atWork: 2, waiting: 3 }, true)).toBe('Inbetween · 2 at work, 3 waiting, queue paused')
})

test('the question before quitting says what happens to clips and money', () => {
  expect(words.quit.message(1)).toBe('A clip is still being made. Quit anyway?')
  expect(words.quit.message(2)).toBe('2 clips are still being made. Quit anyway?')
  expect(words.quit.detail(1, 0)).toBe(
    'It goes on at the platform, is paid for there, and is fetched when Inbetween starts again. Nothing is lost.',
  )
  expect(words.quit.detail(2, 1)).toBe(
    'They go on at the platforms, are paid for there, and are fetched when Inbetween starts again. 1 more waits and is not sent before that. Nothing is lost.',
  )
  expect(words.quit.detail(2, 3)).toContain('3 more wait and are not sent before that.')
})

test('the ledger is exported under the local month', () => {
  expect(words.csv.name(new Date(2026, 10, 30, 23, 59))).toBe('inbetween-ledger-2026-11.csv')
  expect(words.csv.name(new Date(2027, 0, 1))).toBe('inbetween-ledger-2027-01.csv')
})
