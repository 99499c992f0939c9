import { expect, test } from 'vitest'
import { createBytespike } from '../../../../electron/providers/bytespike/bytespike'
import { usd } from '../../../../shared/money'
import { answerOf } from '../../../support/answers'

const a = createBytespike()
const b = createBytespike({ settings: () => ({ origin: null, dialect: 'B' }) })
const error = (code: string, message = 'Words of theirs') => ({ error: { message, type: 't', code } })

test.each([
  [
    "the page's own",
    { task_id: 'task_1', status: 'queued', estimated_credits: 0.18 },
    { remoteId: 'task_1', word: 'queued', estimate: { unit: 'usd', micros: 180_000 } },
  ],
  [
    'that of the utility reference',
    { task_id: 't', out_task_id: 'i', status: 'pending', estimated_credits: 0.2, estimated_seconds: 30 },
    { remoteId: 't', word: 'pending', estimate: { unit: 'usd', micros: 200_000 } },
  ],
  [
    'one in millionths',
    { task_id: 't', status: 'queued', estimated_credits: 180_000 },
    { remoteId: 't', word: 'queued', estimate: { unit: 'usd', micros: 180_000 } },
  ],
  ['that of the models page', { task_id: 't' }, { remoteId: 't', word: '', estimate: null }],
  [
    'an estimate that is none',
    { task_id: 't', estimated_credits: '1' },
    { remoteId: 't', word: '', estimate: null },
  ],
])('a submit answered like %s is accepted', (_what, json, reading) => {
  expect(a.readSubmit(answerOf(200, json))).toEqual({ kind: 'accepted', ...reading })
})

// reference/providers.md §4.4, every row.
test.each([
  [400, 'invalid_param', 'rejected', 'invalid'],
  [400, 'model_not_found', 'rejected', 'model-unavailable'],
  [401, 'invalid_api_key', 'rejected', 'key-refused'],
  [402, 'insufficient_balance', 'rejected', 'out-of-credit'],
  [402, 'quota_exceeded', 'rejected', 'out-of-credit'],
  [403, 'permission_denied', 'rejected', 'forbidden'],
  [403, 'model_not_in_group', 'rejected', 'forbidden'],
  [404, 'not_found', 'rejected', 'not-found'],
  [409, 'duplicate_out_task_id', 'unclear', null],
  [400, 'duplicate_out_task_id', 'unclear', null],
  [413, 'body_too_large', 'rejected', 'too-large'],
  [429, 'concurrency_limit', 'rejected', 'rate-limited'],
  [451, 'content_blocked', 'rejected', 'blocked'],
  [500, 'upstream_error', 'unclear', null],
  [502, 'upstream_error', 'unclear', null],
  [503, 'model_not_found', 'unclear', null],
])('a submit answered %i %s is %s %s', (status, code, kind, problem) => {
  const reading = a.readSubmit(answerOf(status, error(code)))
  expect(reading).toMatchObject(
    problem === null
      ? { kind, why: expect.stringContaining(`answer ${status}: Words of theirs`) }
      : { kind, problem: { kind: problem, message: 'Words of theirs' } },
  )
})

test.each([
  [402, 'quota_exceeded', 'Upgrade your plan', 'out-of-credit'],
  [403, 'model_not_in_group', 'The model veo-3.1-fast is not available in your group', 'forbidden'],
])('the code counts, not the words: %i %s %s', (status, code, words, kind) => {
  expect(a.readSubmit(answerOf(status, error(code, words)))).toMatchObject({ problem: { kind } })
})

test('names the fields that were refused', () => {
  const reading = a.readSubmit(answerOf(400, error('invalid_param', 'duration_seconds must be 1 to 5')))
  expect(reading).toMatchObject({ problem: { fields: { durationS: 'duration_seconds must be 1 to 5' } } })
})

test.each([
  ['A', 'params is required', true],
  ['A', 'Invalid params: params must be an object', true],
  ['A', 'Invalid params: prompt is too long', false],
  ['A', 'duration_seconds is required', false],
  ['B', 'Unrecognized keys: "params", "out_task_id"', true],
  ['B', 'unknown field out_task_id', true],
  ['B', 'prompt is required', true],
  ['B', 'Invalid input: expected int, received undefined → at duration_seconds', true],
  ['B', 'params.prompt is required', false],
  ['B', 'duration_seconds must be 1 to 5', false],
])('dialect %s, refused with 400 “%s”: another dialect is wanted %s', (dialect, words, isOther) => {
  const provider = dialect === 'A' ? a : b
  expect(provider.readSubmit(answerOf(400, error('invalid_param', words)))).toMatchObject({
    kind: 'rejected',
    problem: { kind: isOther ? 'wrong-dialect' : 'invalid', message: expect.stringContaining(words) },
  })
})

test('another dialect is named, and that nothing was sent again', () => {
  const answer = answerOf(400, { error: { message: 'Missing', code: 'invalid_param', param: 'params' } })
  expect(a.readSubmit(answer)).toMatchObject({
    problem: {
      message:
        'Missing (sent in the dialect “A (model page)”; the other is “B (utility reference)”; nothing was sent again)',
    },
  })
})

const url = 'https://cdn.bytespike.ai/vid/x'
const page = {
  task_id: 'task_1',
  status: 'completed',
  result: { video_url: url, duration_seconds: 4, resolution: '720p' },
  credits: 0.18,
}
const charged = { unit: 'usd', micros: 180_000 }
const done = { kind: 'completed', word: 'completed', url, expired: false, charged }
const failed = { kind: 'failed', word: 'failed', message: 'Sorry', blocked: false, billed: 'no' }

test.each<readonly [string, object, object]>([
  ...['queued', 'pending', 'running', 'processing', 'reticulating'].map(
    (status) =>
      [status, { task_id: 't', status }, { kind: 'running', word: status, progress: null }] as const,
  ),
  ["the page's own", page, done],
  ['with its time', { ...page, completed_at: '2026-11-21T12:00:00Z' }, done],
  [
    'dialect B',
    {
      status: 'completed',
      output: [
        { type: 'image', url: 'https://cdn/still' },
        { type: 'video', url, duration_seconds: 4 },
      ],
      credits_used: 0.18,
    },
    done,
  ],
  ['dialect C', { status: 'completed', result_url: url }, { ...done, charged: null }],
  ['no address', { status: 'completed', result: {}, credits: 0.18 }, { ...done, url: null }],
  [
    'a still alone',
    { status: 'completed', output: [{ type: 'image', url }] },
    { ...done, url: null, charged: null },
  ],
  ['error_message', { status: 'failed', error_message: 'Sorry', error_code: 'e', error: 'other' }, failed],
  ['error.message', { status: 'failed', error: { code: 'e', message: 'Sorry' } }, failed],
  ['error', { status: 'failed', error: 'Sorry' }, failed],
  ['a code alone', { status: 'failed', error_code: 'E1' }, { ...failed, message: 'E1' }],
  [
    'a refusal',
    { status: 'failed', error_message: 'Sorry', error_code: 'content_blocked' },
    { ...failed, blocked: true },
  ],
  [
    'a failure with a price',
    { status: 'failed', error: 'Sorry', credits: 0.18 },
    { ...failed, billed: 'unknown' },
  ],
  [
    'called off',
    { status: 'cancelled' },
    { kind: 'cancelled', word: 'cancelled', billed: 'unknown', charged: null },
  ],
  [
    'called off, free',
    { status: 'cancelled', credits: 0 },
    { kind: 'cancelled', word: 'cancelled', billed: 'no', charged: usd(0) },
  ],
  [
    'called off, billed',
    { status: 'cancelled', credits_used: 0.1 },
    { kind: 'cancelled', word: 'cancelled', billed: 'yes', charged: usd(0.1) },
  ],
  [
    'called off, a little billed',
    { status: 'cancelled', credits_used: 0.05 },
    { kind: 'cancelled', word: 'cancelled', billed: 'yes', charged: usd(0.05) },
  ],
  ['the most that is read as dollars', { ...page, credits: 999 }, { ...done, charged: usd(999) }],
  ['millionths, the fewest', { ...page, credits: 1000 }, { ...done, charged: usd(0.001) }],
  ['millionths', { ...page, credits: 180_000 }, done],
])('a poll: %s', (_what, json, reading) => {
  for (const provider of [a, b]) expect(provider.readPoll(answerOf(200, json))).toEqual(reading)
  expect(a.find?.read(answerOf(200, { ...json, task_id: 'task_1' }))).toEqual({
    kind: 'found',
    remoteId: 'task_1',
    word: 'status' in json ? json.status : '',
    reading,
  })
})

test('an unknown task is missing, in a poll and when looked for', () => {
  const answer = answerOf(404, error('not_found', 'Task not found'))
  expect(a.readPoll(answer)).toEqual({ kind: 'missing' })
  expect(b.find?.read(answer)).toEqual({ kind: 'missing' })
  expect(b.find?.read(answerOf(404, error('not_found', 'Nothing here')))).toEqual({ kind: 'missing' })
})

test.each([
  ['a missing address', answerOf(404, error('not_found', 'No route POST /v1/tasks/query')), 'not-found'],
  ['its own code', answerOf(404, error('route_not_found', 'Nope')), 'not-found'],
  ['text', { ...answerOf(404, {}), text: '404 page not found' }, 'not-found'],
  ['405', answerOf(405, error('x', 'Task')), 'invalid'],
  ['a failure', answerOf(502, error('upstream_error')), 'upstream'],
  ['a bad key', answerOf(401, error('invalid_api_key')), 'key-refused'],
  ['no id', answerOf(200, { status: 'queued' }), 'unreadable'],
  ['no status', answerOf(200, { task_id: 't' }), 'unreadable'],
])('looking for a job, %s does not say that there is none', (_what, answer, kind) => {
  expect(b.find?.read(answer)).toMatchObject({ kind: 'problem', problem: { kind } })
})
