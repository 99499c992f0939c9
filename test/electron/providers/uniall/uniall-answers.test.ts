import { describe, expect, test } from 'vitest'
import { createUniall } from '../../../../electron/providers/uniall/uniall'
import { answerOf } from '../../../support/answers'

const uniall = createUniall()
const error = (message: string, code = 'x') => ({ error: { message, type: 't', code } })

describe('a submit', () => {
  test.each([
    ['both ids', { id: 'b', task_id: 'a', status: 'queued' }, 'a', 'queued'],
    ['task_id', { task_id: 'a', status: 'in_progress' }, 'a', 'in_progress'],
    ['id, no status', { id: 'b' }, 'b', 'queued'],
    ['data.task_id', { data: { task_id: 'c', id: 'd', status: 'running' } }, 'c', 'running'],
    ['data.id', { code: 'success', data: { id: 'd' } }, 'd', 'queued'],
    ['an id that is none beside one', { task_id: 7, id: 'b' }, 'b', 'queued'],
    [
      'its own poll address',
      { id: 'b', status_url: 'https://api.uniall.ai/v1/tasks/b?x=1' },
      'b@/v1/tasks/b?x=1',
      'queued',
    ],
    ['poll_url', { id: 'b', poll_url: '/v1/jobs/b' }, 'b@/v1/jobs/b', 'queued'],
    ['urls.get', { id: 'b', urls: { get: 'https://api.uniall.ai/v1/x' } }, 'b@/v1/x', 'queued'],
    ['the usual address', { id: 'b', status_url: 'https://api.uniall.ai/v1/videos/b' }, 'b', 'queued'],
    ['an address elsewhere', { id: 'b', status_url: 'https://evil.example/v1/x' }, 'b', 'queued'],
    ['an address without TLS', { id: 'b', status_url: 'http://api.uniall.ai/v1/x' }, 'b', 'queued'],
    [
      'an address that leads away',
      { id: 'b', status_url: 'https://api.uniall.ai//evil.example' },
      'b',
      'queued',
    ],
    ['another scheme', { id: 'b', status_url: 'javascript:1' }, 'b', 'queued'],
    ['a relative that is a host', { id: 'b', status_url: '//evil.example/x' }, 'b', 'queued'],
    [
      'one elsewhere, then its own',
      { id: 'b', status_url: 'https://e.example/', poll_url: '/v1/x' },
      'b@/v1/x',
      'queued',
    ],
  ])('with %s is accepted', (_what, json, remoteId, word) => {
    expect(uniall.readSubmit(answerOf(200, json))).toEqual({
      kind: 'accepted',
      remoteId,
      word,
      estimate: null,
    })
  })

  test.each([{}, { id: '' }, { id: 'a@/b' }, { id: 'a/b' }, { data: 'x' }, { data: [{ id: 'x' }] }])(
    'answered 200 with %j is unclear',
    (json) => {
      expect(uniall.readSubmit(answerOf(200, json))).toMatchObject({ kind: 'unclear' })
    },
  )

  test.each([408, 409, 500, 502, 503, 504, 302])('answered %i is unclear', (status) => {
    expect(uniall.readSubmit(answerOf(status, error('no')))).toMatchObject({ kind: 'unclear' })
  })

  test.each([
    [400, error('duration must be 4, 6 or 8'), 'invalid'],
    [400, error('Refused', 'content_policy_violation'), 'blocked'],
    [401, error('Bad key'), 'key-refused'],
    [402, error('Insufficient balance'), 'out-of-credit'],
    [403, error('Not yours'), 'forbidden'],
    [404, error('The model veo3.1-fast-video-4k is no longer available'), 'model-unavailable'],
    [404, error('Nope', 'model_not_found'), 'model-unavailable'],
    [405, error('Nope', 'model_not_found'), 'model-unavailable'],
    [413, error('Large'), 'too-large'],
    [429, error('Slow down'), 'rate-limited'],
    [429, error('Quota', 'insufficient_quota'), 'out-of-credit'],
    [451, error('No'), 'blocked'],
    [404, error('Not Found', 'not_found'), 'wrong-dialect'],
    [404, error('Invalid URL (POST /v1/videos/generations)'), 'wrong-dialect'],
    [405, error('Method not allowed'), 'wrong-dialect'],
  ])('refused with %i %j', (status, json, kind) => {
    expect(uniall.readSubmit(answerOf(status, json))).toMatchObject({ kind: 'rejected', problem: { kind } })
  })

  test('names the field that was refused', () => {
    const reading = uniall.readSubmit(answerOf(400, error('video_url must be a URL')))
    expect(reading).toMatchObject({ problem: { fields: { source: 'video_url must be a URL' } } })
  })

  test.each([
    [null, '“Generation mode”; the other is “Docs”'],
    ['docs', '“Docs”; the other is “Generation mode”'],
  ])('to a gateway of the other dialect says so (%s)', (dialect, words) => {
    const provider = createUniall({ settings: () => ({ origin: null, dialect }) })
    expect(provider.readSubmit(answerOf(404, error('Not Found')))).toEqual({
      kind: 'rejected',
      problem: {
        kind: 'wrong-dialect',
        message: `Not Found (sent in the dialect ${words}; nothing was sent again)`,
      },
    })
  })
})

const url = 'https://cdn/x'
const done = { kind: 'completed', word: 'completed', url, expired: false, charged: null }
const job = { id: 't', task_id: 't', status: 'completed' }

test.each<readonly [string, object, object]>([
  ['queued', { status: 'queued', progress: 0 }, { kind: 'running', word: 'queued', progress: 0 }],
  [
    'in progress',
    { status: 'in_progress', progress: 40 },
    { kind: 'running', word: 'in_progress', progress: 0.4 },
  ],
  [
    'no progress',
    { status: 'in_progress', progress: null },
    { kind: 'running', word: 'in_progress', progress: null },
  ],
  [
    'odd progress',
    { status: 'in_progress', progress: 140 },
    { kind: 'running', word: 'in_progress', progress: null },
  ],
  ['an unknown word', { status: 'reticulating' }, { kind: 'running', word: 'reticulating', progress: null }],
  ['video_url', { ...job, video_url: url, thumbnail_url: 'https://cdn/t' }, done],
  [
    'video_url first',
    { ...job, video_url: url, result: { video_url: 'https://cdn/y', outputs: ['https://cdn/z'] } },
    done,
  ],
  [
    'result.video_url',
    { ...job, video_url: null, result: { video_url: url, outputs: ['https://cdn/z'] } },
    done,
  ],
  ['result.outputs', { ...job, result: { outputs: [url] } }, done],
  ['a wrapped job', { data: { ...job, video_url: url } }, done],
  ['no address', { ...job, video_url: null, result: { outputs: [] } }, { ...done, url: null }],
  ['a thumbnail alone', { ...job, thumbnail_url: 'https://cdn/t.png' }, { ...done, url: null }],
  ['an address that is none', { ...job, video_url: 'file:///etc/passwd' }, { ...done, url: null }],
  [
    'a failure',
    { status: 'failed', error: { code: 'e', message: 'Sorry' } },
    { kind: 'failed', word: 'failed', message: 'Sorry', blocked: false, billed: 'unknown' },
  ],
  [
    'a failure in a word',
    { status: 'failed', error: 'Sorry' },
    { kind: 'failed', word: 'failed', message: 'Sorry', blocked: false, billed: 'unknown' },
  ],
  [
    'a refusal',
    { status: 'failed', error: { code: 'content_blocked', message: 'No' } },
    { kind: 'failed', word: 'failed', message: 'No', blocked: true, billed: 'unknown' },
  ],
])('a poll: %s', (_what, json, reading) => {
  expect(uniall.readPoll(answerOf(200, json))).toEqual(reading)
})

test.each([
  [200, { id: 't' }, 'unreadable'],
  [401, error('No'), 'key-refused'],
  [429, error('No'), 'rate-limited'],
  [500, error('No'), 'upstream'],
  [404, error('The model is no longer available'), 'model-unavailable'],
])('a poll answered %i %j is a problem', (status, json, kind) => {
  expect(uniall.readPoll(answerOf(status, json))).toMatchObject({ kind: 'problem', problem: { kind } })
})

test('its own poll address is asked for that job alone', () => {
  expect(uniall.pollRequest('b@/v1/x?y=1')).toEqual({ method: 'GET', path: '/v1/x?y=1' })
  expect(uniall.pollRequest('b').path).toBe('/v1/videos/b')
  // Typed by a user who was asked which job it is.
  expect(uniall.pollRequest('me@//evil.example').path).toBe('/v1/videos/me%40%2F%2Fevil.example')
  expect(uniall.pollRequest('me@example.com').path).toBe('/v1/videos/me%40example.com')
})
