import { expect, test } from 'vitest'
import { readProblem } from '../../../electron/providers/problem'
import { answerOf } from '../../support/answers'

const noon = Date.UTC(2026, 10, 21, 12)

test.each([
  ['12', 12_000],
  ['0', 0],
  ['1.5', 1500],
  ['999999999', 24 * 3_600_000],
  ['Sat, 21 Nov 2026 12:01:00 GMT', 60_000],
  ['Sat, 21 Nov 2026 11:00:00 GMT', 0],
  ['-5', undefined],
  ['soon', undefined],
])('Retry-After %s', (text, ms) => {
  const answer = { ...answerOf(429, { error: 'x' }, { 'retry-after': text }), date: noon }
  expect(readProblem(answer).retryAfterMs).toBe(ms)
})

test('a Retry-After date without a clock to read it by says nothing', () => {
  const headers = { 'retry-after': 'Sat, 21 Nov 2026 12:01:00 GMT' }
  expect(readProblem(answerOf(503, { error: 'x' }, headers))).toEqual({ kind: 'upstream', message: 'x' })
})

test.each([
  ['a text', { error: 'no' }, 'no'],
  ['an object', { error: { code: 'c', message: 'no' } }, 'no'],
  ['a list', { detail: [{ msg: 'no' }, { msg: 'never' }] }, 'no; never'],
  ['a bare text', 'no', 'no'],
  ['lines', { error: 'no\n  way' }, 'no way'],
  ['nothing', {}, 'error 400 without a readable reason'],
  ['a novel', { error: 'x'.repeat(9000) }, 'x'.repeat(500)],
])('words from %s', (_what, json, words) => {
  expect(readProblem(answerOf(400, json)).message).toBe(words)
})

test('details about no field of ours are told in the words', () => {
  const details = { 'veoParams.duration': ['Too long', 'No'], webhook: ['Unknown key'], '': ['Odd'] }
  const problem = readProblem(answerOf(400, { error: 'Bad', details }), { duration: 'durationS' })
  expect(problem).toEqual({
    kind: 'invalid',
    message: 'Bad (webhook: Unknown key; Odd)',
    fields: { durationS: 'Too long; No' },
  })
})

test('451 and words of a filter are a refusal', () => {
  expect(readProblem(answerOf(451, {})).kind).toBe('blocked')
  expect(readProblem(answerOf(400, { error: 'Blocked by content filter' })).kind).toBe('blocked')
})
