import { describe, expect, test } from 'vitest'
import { createInferencesh } from '../../../../electron/providers/inferencesh/inferencesh'
import type { PollReading } from '../../../../electron/providers/provider'
import { answerOf } from '../../../support/answers'

const at = Date.parse('2026-11-21T12:00:00Z')
const { readPoll } = createInferencesh({ now: () => at })
const iso = (agoMs: number) => new Date(at - agoMs).toISOString()
const url = 'https://cloud.inference.sh/t/clip.mp4'
const video = { output: { videos: [url] } }
const error = { error: 'Video generation failed: internal error' }

const read = (task: object, date: number | null = at): PollReading =>
  readPoll({ ...answerOf(200, { data: { id: 't', ...task }, messages: [] }), date })
const completed = (word: string, its: string | null = url) => ({
  kind: 'completed',
  word,
  url: its,
  expired: false,
  charged: null,
})
const running = (word: string) => ({ kind: 'running', word, progress: null })
const failed = (word: string, message = error.error) => ({
  kind: 'failed',
  word,
  message,
  blocked: false,
  billed: 'unknown',
})
const cancelled = (word: string) => ({ kind: 'cancelled', word, billed: 'unknown' })

// reference/providers.md §5.5, the SDK's table.
const sdk: readonly (readonly [number, string, object, object])[] = [
  [0, 'unknown', {}, running('unknown')],
  [1, 'received', {}, running('received')],
  [2, 'queued', {}, running('queued')],
  [3, 'dispatched', {}, running('dispatched')],
  [4, 'preparing', {}, running('preparing')],
  [5, 'serving', {}, running('serving')],
  [6, 'setting_up', {}, running('setting_up')],
  [7, 'running', {}, running('running')],
  [8, 'cancelling', {}, running('cancelling')],
  [9, 'uploading', {}, running('uploading')],
  [10, 'completed', video, completed('completed')],
  [11, 'failed', error, failed('failed')],
  [12, 'cancelled', {}, cancelled('cancelled')],
]

describe.each(sdk)('%i, %s', (status, word, rest, reading) => {
  const task = { output: null, ...rest, updated_at: iso(1000) }
  test.each([
    ['as an integer', { status }],
    ['as an integer with its word', { status, status_text: word }],
    ['as a word', { status: word }],
    ['as digits', { status: String(status) }],
  ])('%s', (_form, said) => {
    expect(read({ ...task, ...said })).toEqual(reading)
  })
  test('as a word in other letters', () => {
    expect(read({ ...task, status: word.toUpperCase() })).toEqual({ ...reading, word: word.toUpperCase() })
  })
})

const uploading = { ...video, updated_at: iso(60_000) }
test.each<readonly [string, object, object]>([
  // The older table: 9 completed, 10 failed, 11 cancelled.
  ['9, as it was: completed', { status: 9, ...uploading }, completed('uploading')],
  ['9 that has just changed', { status: 9, ...video, updated_at: iso(59_999) }, running('uploading')],
  ['9 without a video', { status: 9, output: null, updated_at: iso(3_600_000) }, running('uploading')],
  [
    '9 with an empty output',
    { status: 9, output: { videos: [] }, updated_at: iso(90_000) },
    running('uploading'),
  ],
  ['9 without a time of change', { status: 9, ...video, created_at: iso(60_000) }, completed('uploading')],
  ['9 that began just now', { status: 9, ...video, created_at: iso(5000) }, running('uploading')],
  ['9 without any time', { status: 9, ...video }, completed('uploading')],
  [
    'the word for 9, standing still',
    { status_text: 'uploading', status: 9, ...uploading },
    completed('uploading'),
  ],
  ['10, as it was: failed', { status: 10, output: null, ...error }, failed('completed')],
  ['10 with an error and an empty output', { status: 10, output: {}, ...error }, failed('completed')],
  ['10 with an error beside its video', { status: 10, ...video, ...error }, completed('completed')],
  ['10 with nothing at all', { status: 10, output: null }, completed('completed', null)],
  ['"completed" with an error and no output', { status_text: 'completed', ...error }, failed('completed')],
  ['"completed" without a video', { status: 'completed', output: {} }, completed('completed', null)],
  ['11, as it was: cancelled', { status: 11, output: null }, cancelled('failed')],
  ['11 with a video and no error', { status: 11, ...video }, completed('failed')],
  ['11 with an error and a video', { status: 11, ...video, ...error }, failed('failed')],
  ['"failed" without a reason', { status_text: 'failed', status: 11 }, failed('failed', '')],
  ['"failed" with a video', { status: 'failed', ...video }, failed('failed', '')],
  ['12 with a video', { status: 12, ...video }, completed('cancelled')],
  ['12 with an error', { status: 12, ...error }, cancelled('cancelled')],
  ['"cancelled" with a video', { status: 'cancelled', ...video }, cancelled('cancelled')],
  ['"canceled"', { status: 'Canceled' }, cancelled('Canceled')],
  [
    'the word, whatever the integer',
    { status: 9, status_text: 'completed', ...video },
    completed('completed'),
  ],
  ['an empty word', { status: 7, status_text: '' }, running('running')],
  ['an integer nobody documented', { status: 13, ...video }, running('status 13')],
  ['a word nobody documented', { status: 'Reticulating', ...video }, running('Reticulating')],
  ['an error while it runs', { status: 7, ...error }, running('running')],
])('%s', (_what, task, reading) => {
  expect(read(task)).toEqual(reading)
})

test('how long it has stood still goes by the clock of the platform, else by ours', () => {
  const task = { status: 9, ...video, updated_at: iso(0) }
  expect(read(task, at + 60_000)).toMatchObject({ kind: 'completed' })
  expect(read({ ...task, updated_at: iso(60_000) }, at - 1).kind).toBe('running')
  expect(read(task, null).kind).toBe('running')
  expect(read({ ...task, updated_at: iso(60_000) }, null).kind).toBe('completed')
})

test.each([
  ['output.videos as texts', { videos: [url, 'https://cloud.inference.sh/t/second.mp4'] }],
  ['output.videos as {uri}', { videos: [{ uri: url }] }],
  ['output.videos as {url}', { videos: [{ url }] }],
  ['output.videos as {path}', { videos: [{ path: url }] }],
  ['output.video as a text', { video: url }],
  ['output.video as {uri}', { video: { uri: url, content_type: 'video/mp4' } }],
  ['output.video as {url}', { video: { url } }],
  ['output.video as {path}', { video: { path: url } }],
  ['output.url as a text', { url }],
  ['output.url as {uri}', { url: { uri: url } }],
  ['output.url as {path}', { url: { path: url } }],
  ['beside a picture', { image: { uri: 'https://cloud.inference.sh/t/poster.png' }, videos: [url] }],
  [
    'beside output_meta',
    { output_meta: { outputs: [{ type: 'video', width: 1280, seconds: 8 }] }, videos: [url] },
  ],
])('finds the clip in %s', (_shape, output) => {
  expect(read({ status: 10, output })).toEqual(completed('completed'))
})

test('a link without an ending is one too', () => {
  const plain = 'https://cloud.inference.sh/t/5f2c'
  expect(read({ status: 10, output: { url: plain } })).toEqual(completed('completed', plain))
})

test.each([
  ['no output', null],
  ['an empty list', { videos: [] }],
  ['a place inside the worker', { videos: [{ path: '/tmp/clip.mp4' }] }],
  ['a picture only', { image: { uri: 'https://cloud.inference.sh/t/a.png' } }],
])('completed with %s has no link', (_shape, output) => {
  expect(read({ status: 10, output })).toEqual(completed('completed', null))
})

test.each([
  ['Video generation failed: Video was blocked by content filtering (1 filtered): Sorry.', true],
  ['task expired while waiting for available capacity, please retry', false],
  ['no active workers with matching resources', false],
])('failed: %s', (message, blocked) => {
  expect(read({ status: 11, output: null, error: message })).toEqual({
    ...failed('failed', message),
    blocked,
  })
})

test.each([
  ['today', { data: { id: 't', status: 7 }, messages: [] }],
  ['v1', { success: true, status: 200, data: { id: 't', status: 7 } }],
  ['v2, bare', { id: 't', status: 7 }],
])('in the envelope of %s', (_form, json) => {
  expect(readPoll(answerOf(200, json))).toEqual(running('running'))
})

const oldError = (status: number, code: string) => ({
  success: false,
  status,
  error: { code, message: 'No' },
})
test.each<readonly [string, number, unknown, object]>([
  ['a task that is not there', 404, { title: 'Not Found', status: 404, detail: 'x' }, { kind: 'missing' }],
  ['the same in v1', 404, oldError(404, 'not_found'), { kind: 'missing' }],
  ['the same in v1 with 200', 200, oldError(404, 'not_found'), { kind: 'missing' }],
  ['by its code alone', 200, { success: false, error: { code: 'not_found' } }, { kind: 'missing' }],
  [
    'v1 with a bad key',
    200,
    oldError(401, 'unauthorized'),
    { problem: { kind: 'key-refused', message: 'No' } },
  ],
  ['v1 without a reason', 200, { success: false }, { problem: { kind: 'upstream' } }],
  ['no status', 200, { data: { id: 't' } }, { problem: { kind: 'unreadable' } }],
  ['a fraction', 200, { data: { status: 7.5 } }, { problem: { kind: 'unreadable' } }],
  ['an empty envelope', 200, { data: null, messages: [] }, { problem: { kind: 'unreadable' } }],
  ['a fault of the platform', 502, { detail: 'bad gateway' }, { problem: { kind: 'upstream' } }],
])('%s', (_what, status, json, reading) => {
  expect(readPoll(answerOf(status, json))).toMatchObject(reading)
})
