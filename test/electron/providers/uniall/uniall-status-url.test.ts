import { expect, test } from 'vitest'
import { createUniall } from '../../../../electron/providers/uniall/uniall'
import { answerOf } from '../../../support/answers'

const named = 'b@/v1/x?y=1'
const error = (status: number, message: string, code: string) =>
  answerOf(status, { error: { message, type: 't', code } })
const noTask = error(404, 'Task b not found', 'task_not_found')
const upstream = { kind: 'problem', problem: { kind: 'upstream' } }

test.each([
  ['not found', error(404, 'Not Found', 'not_found')],
  ['another method', error(405, 'Method not allowed', 'x')],
  ['no task', noTask],
  ['a page', { ...answerOf(404, {}), text: '<html>Not found</html>' }],
])('an address that it named itself and answers with %s is left for the documented ones', (_what, answer) => {
  const { pollRequest, readPoll } = createUniall()
  expect(pollRequest(named).path).toBe('/v1/x?y=1')
  expect(readPoll(answer, named)).toMatchObject(upstream)
  expect([pollRequest(named).path, pollRequest(named).path]).toEqual(['/v1/videos/b', '/v1/videos/b'])
})

test('of other jobs their own addresses are asked as before', () => {
  const { pollRequest, readPoll } = createUniall()
  readPoll(noTask, named)
  expect(pollRequest('c@/v1/x').path).toBe('/v1/x')
  expect(readPoll(answerOf(200, { id: 'c', status: 'queued' }), 'c@/v1/x')).toMatchObject({ kind: 'running' })
})

test('the documented addresses say of it what they say of any job', () => {
  const { pollRequest, readPoll } = createUniall()
  readPoll(noTask, named)
  pollRequest(named)
  expect(readPoll(answerOf(200, { id: 'b', status: 'queued' }), named)).toMatchObject({ kind: 'running' })
  pollRequest(named)
  expect(readPoll(noTask, named)).toEqual({ kind: 'missing' })
})

test('any other failure of the address is no reason to leave it', () => {
  const { pollRequest, readPoll } = createUniall()
  for (const status of [400, 401, 429, 500, 503]) {
    expect(readPoll(error(status, 'No', 'x'), named)).toMatchObject({ kind: 'problem' })
    expect(pollRequest(named).path).toBe('/v1/x?y=1')
  }
})
