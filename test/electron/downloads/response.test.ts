import { expect, test } from 'vitest'
import { planAnswer, type AnswerHead, type Resume } from '../../../electron/downloads/response'

const whole = (headers: AnswerHead['headers']) =>
  planAnswer({ status: 200, headers: { 'content-type': 'video/mp4', ...headers } }, 0, null)

test.each<[AnswerHead['headers'], string | null]>([
  [{ etag: '"a"', 'last-modified': 'then' }, '"a"'],
  [{ etag: 'W/"a"', 'last-modified': 'then' }, 'then'],
  [{ etag: 'W/"a"' }, null],
  [{ etag: 'bare' }, null],
  [{ etag: ['"a"', '"b"'] }, '"a"'],
  [{}, null],
])('of %j the validator is %s', (headers, validator) => {
  expect(whole(headers)).toMatchObject({ resume: { validator } })
})

test.each<[string | undefined, number | null]>([
  ['0', 0],
  ['4294967296', 4_294_967_296],
  ['x', null],
  ['-1', null],
  [undefined, null],
])('content length %s', (length, total) => {
  expect(whole({ 'content-length': length })).toMatchObject({ resume: { total } })
})

const resume: Resume = { validator: '"a"', total: 1000, type: 'video/mp4' }

test.each<[AnswerHead['headers'], Partial<Resume>, object]>([
  [{ 'content-range': 'bytes 100-999/1000', etag: '"a"' }, {}, { kind: 'continue', total: 1000 }],
  [{ 'content-range': 'bytes 100-199/1000' }, {}, { kind: 'continue', total: 1000 }],
  [{ 'content-range': 'bytes 100-999/*' }, {}, { kind: 'continue', total: 1000 }],
  [{ 'content-range': 'bytes 100-999/*' }, { total: null }, { kind: 'continue', total: null }],
  [{ 'content-range': 'bytes 100-999/1000' }, { total: null }, { kind: 'continue', total: 1000 }],
  [
    { 'content-range': 'bytes 100-999/1000', etag: '"b"' },
    { validator: 'then' },
    { kind: 'continue', total: 1000 },
  ],
  [{ 'content-range': 'bytes 100-999/1000', etag: '"b"' }, {}, { kind: 'start-over' }],
  [{ 'content-range': 'bytes 101-999/1000' }, {}, { kind: 'start-over' }],
  [{ 'content-range': 'bytes 0-999/1000' }, {}, { kind: 'start-over' }],
  [{ 'content-range': 'bytes 100-1000/1001' }, {}, { kind: 'start-over' }],
  [{ 'content-range': 'items 100-999/1000' }, {}, { kind: 'start-over' }],
  [{ 'content-type': 'multipart/byteranges; boundary=x' }, {}, { kind: 'start-over' }],
])('a part with %j', (headers, change, plan) => {
  expect(planAnswer({ status: 206, headers }, 100, { ...resume, ...change })).toEqual(plan)
})

test.each<[AnswerHead['headers'], number | null]>([
  [{ 'retry-after': '120' }, 120_000],
  [{ 'retry-after': 'Sat, 21 Nov 2026 12:00:30 GMT', date: 'Sat, 21 Nov 2026 12:00:00 GMT' }, 30_000],
  [{ 'retry-after': 'Sat, 21 Nov 2026 11:00:00 GMT', date: 'Sat, 21 Nov 2026 12:00:00 GMT' }, 0],
  [{ 'retry-after': 'Sat, 21 Nov 2026 12:00:30 GMT' }, null],
  [{ 'retry-after': 'soon' }, null],
  [{}, null],
])('%j means a wait of %s ms', (headers, retryAfterMs) => {
  expect(() => planAnswer({ status: 503, headers }, 0, null)).toThrow(
    expect.objectContaining({ kind: 'network', httpStatus: 503, retryAfterMs }),
  )
})

test('a part of more than any clip can be', () => {
  const answer = { status: 206, headers: { 'content-range': 'bytes 100-5000000000/5000000001' } }
  expect(() => planAnswer(answer, 100, { ...resume, total: null })).toThrow(
    expect.objectContaining({ kind: 'too-large' }),
  )
})
