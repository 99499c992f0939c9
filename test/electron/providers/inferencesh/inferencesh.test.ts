import { describe, expect, test } from 'vitest'
import { createInferencesh } from '../../../../electron/providers/inferencesh/inferencesh'
import { Unreachable, type ApiRequest, type Send } from '../../../../electron/providers/provider'
import { usd } from '../../../../shared/money'
import { answerOf } from '../../../support/answers'
import { sampleRecipe } from '../../../support/samples'

const provider = createInferencesh()
const problemJson = (status: number, code: string, detail?: string) => ({
  type: `https://api.inference.sh/errors/${code}`,
  title: 'Title',
  status,
  detail,
})

test('requests', () => {
  expect(provider.pollRequest('a/../b')).toEqual({ method: 'GET', path: '/tasks/a%2F..%2Fb' })
  expect(provider.cancelRequest?.('id')).toEqual({ method: 'POST', path: '/tasks/id/cancel' })
  expect([provider.find, provider.idempotentMs('{}'), provider.origin, provider.dialect]).toEqual([
    null,
    null,
    'https://api.inference.sh',
    'apps-run',
  ])
})

test('asks every 3 s at first, then up to 10 s, and keeps half of the known limit', () => {
  const ages = [0, 36_000, 60_000, 120_000, 86_400_000]
  expect(ages.map((age) => provider.cadence.intervalMs(age, sampleRecipe()))).toEqual([
    3000, 3000, 5000, 10_000, 10_000,
  ])
  expect(provider.cadence.requestsPerMinute).toBe(500)
})

const at = Date.parse('2026-11-21T12:00:00Z')
test.each<readonly [string, Readonly<Record<string, string>>, number | null, number | undefined]>([
  ['the usual header', { 'retry-after': '7', 'x-ratelimit-reset': '99' }, at, 7000],
  ['seconds from now', { 'x-ratelimit-reset': '42' }, at, 42_000],
  ['seconds since 1970', { 'x-ratelimit-reset': String(at / 1000 + 30) }, at, 30_000],
  ['a time that is over', { 'x-ratelimit-reset': String(at / 1000 - 30) }, at, 0],
  ['seconds since 1970 and no clock', { 'x-ratelimit-reset': String(at / 1000 + 30) }, null, undefined],
  ['no number', { 'x-ratelimit-reset': 'soon' }, at, undefined],
  ['no header', {}, at, undefined],
])('told to slow down, with %s', (_what, headers, date, retryAfterMs) => {
  for (const text of ['{"detail":"slow"}', '<html>']) {
    const reading = provider.readPoll({ status: 429, headers, text, date })
    const problem = reading.kind === 'problem' ? reading.problem : undefined
    expect([problem?.kind, problem?.retryAfterMs]).toEqual(['rate-limited', retryAfterMs])
  }
})

describe('the list', () => {
  const { list } = provider
  if (!list) throw new Error('no list')

  test('is asked for with a cursor and a limit, nothing else', () => {
    const body = (cursor: string | null, limit: number) => {
      const { method, path, json } = list.request(cursor, limit)
      expect(`${method} ${path}`).toBe('POST /tasks/list')
      return JSON.parse(json ?? '')
    }
    expect(body(null, 500)).toEqual({ limit: 50 })
    expect(body('abc', 20.5)).toEqual({ cursor: 'abc', limit: 20 })
    expect(body(null, 0)).toEqual({ limit: 1 })
    expect(list.page).toBe(50)
  })

  test('shows tasks with what was asked of them', () => {
    const items = [
      { id: 'a', status: 7, created_at: '2026-11-21T12:00:00Z', input: { prompt: 'a fox' } },
      { id: 'b', status: 9, output: { videos: ['https://a/b.mp4'] }, updated_at: '2026-11-21T11:00:00Z' },
      { status: 7 },
      { id: 'c' },
    ]
    const answer = answerOf(200, { data: { items, next_cursor: 'n', has_next: true }, messages: [] })
    expect(list.read({ ...answer, date: at })).toEqual({
      kind: 'page',
      isEnd: false,
      next: 'n',
      jobs: [
        {
          remoteId: 'a',
          createdAt: at,
          reading: { kind: 'running', word: 'running', progress: null },
          input: { app: undefined, input: { prompt: 'a fox' } },
          prompt: 'a fox',
        },
        expect.objectContaining({
          remoteId: 'b',
          createdAt: null,
          reading: expect.objectContaining({ kind: 'completed', url: 'https://a/b.mp4' }),
          input: undefined,
          prompt: '',
        }),
      ],
    })
  })

  test.each<readonly [unknown, string | null, boolean]>([
    [{ items: [], next_cursor: 'n', has_next: false }, null, true],
    [{ items: [], next_cursor: 'n' }, 'n', false],
    // More, and no way to it.
    [{ items: [], next_cursor: '', has_next: true }, null, false],
    [{ items: [], next_cursor: null }, null, true],
  ])('%j goes on at %s, the end: %s', (data, next, isEnd) => {
    expect(list.read(answerOf(200, { data }))).toEqual({ kind: 'page', jobs: [], next, isEnd })
  })

  test('problems are told', () => {
    expect(list.read(answerOf(401, {}))).toMatchObject({ problem: { kind: 'key-refused' } })
    expect(list.read(answerOf(200, { data: {} }))).toMatchObject({ problem: { kind: 'unreadable' } })
    const old = { success: false, error: { code: 'rate_limited', message: 'slow' } }
    expect(list.read(answerOf(200, old))).toMatchObject({ problem: { kind: 'rate-limited' } })
  })
})

describe('testing a key', () => {
  const usage = answerOf(200, { data: { concurrency: { usage: 0, limit: 5 } }, messages: [] })
  const answering = (balance: () => ReturnType<Send>, first = usage) => {
    const asked: ApiRequest[] = []
    const send: Send = (request) => {
      asked.push(request)
      return request.path === '/entitlements/usage' ? Promise.resolve(first) : balance()
    }
    return { send, asked }
  }
  const balance = (value: unknown) => async () => answerOf(200, { data: { balance: value } })

  test('asks for limits, then for the balance', async () => {
    const { send, asked } = answering(balance(1_234_567_890))
    expect(await provider.testKey(send)).toEqual({ kind: 'ok', balance: usd(12.345679) })
    expect(asked).toEqual([
      { method: 'GET', path: '/entitlements/usage' },
      { method: 'GET', path: '/billing/balance' },
    ])
  })

  test.each<readonly [string, () => ReturnType<Send>, object | null]>([
    ['a large one', balance(100_000_000_000_000), usd(1_000_000)],
    ['nothing left', balance(0), usd(0)],
    ['no scope', async () => answerOf(403, problemJson(403, 'forbidden', 'billing:read')), null],
    ['another shape', balance('12'), null],
    ['no answer', () => Promise.reject(new Unreachable('cut', false)), null],
    ['a fault', async () => answerOf(500, {}), null],
  ])('the balance is %s: the key is good', async (_what, told, amount) => {
    expect(await provider.testKey(answering(told).send)).toEqual({ kind: 'ok', balance: amount })
  })

  test.each<readonly [number, unknown, string]>([
    [401, problemJson(401, 'unauthorized', 'no'), 'key-refused'],
    [200, { success: false, error: { code: 'unauthorized', message: 'no' } }, 'key-refused'],
    [403, problemJson(403, 'forbidden', 'otp_required'), 'forbidden'],
    [200, 'hello', 'unreadable'],
  ])('%i %j: %s', async (status, json, kind) => {
    const { send, asked } = answering(balance(1), answerOf(status, json))
    expect(await provider.testKey(send)).toMatchObject({ kind: 'problem', problem: { kind } })
    expect(asked).toHaveLength(1)
  })
})
